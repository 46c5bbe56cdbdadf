"""A sample of what `python -m tests.crash` does hundreds of times."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.crash import __main__ as crash
from tests.crash.trial import Trial

if sys.platform != "linux":
    pytest.skip("all of 127/8 is this machine on Linux only", allow_module_level=True)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with crash.prepared(tmp_path_factory.mktemp("crash"), items=40, sources=10, seed=3) as trial:
        yield trial


def test_killed_or_refused_a_pull_tears_nothing_and_the_next_one_makes_it_good(trial: Trial) -> None:
    told: list[str] = []

    assert crash.run(trial, told.append, kills=3, faults=len(crash.HARMS)) == []
    assert told[1].startswith("kills: 3 tried, 0 faults")
    assert len(told) == 2 + len(crash.HARMS)


def test_who_writes_straight_into_place_is_found_out(trial: Trial) -> None:
    trial.naive = True
    trial.killed("write")

    assert trial.faults != []
