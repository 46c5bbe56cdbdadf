"""What is remembered of a source, and how it is spared when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis import files
from parvis.intake import memory
from parvis.intake.memory import FAILURES, FIRST_WAIT, LONGEST_WAIT, Absence, Memory, Page

PAGES = {"https://x.example/": Page('"tag"', "yesterday", "00")}
KNOWN = Memory("key", PAGES, ("forum-1",), 12.5, 2, 3.0, True, {"forum-2": Absence(1, 4.0, "asked")})


def test_what_was_saved_is_remembered(tmp_path: Path) -> None:
    files.put_all(dict(memory.changed(tmp_path, "forum", KNOWN)))

    assert memory.load(tmp_path, "forum") == KNOWN
    assert memory.load(tmp_path, "other") == Memory()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"key": 1}',
        '{"key": "", "pages": [], "ids": [], "later": 0, "failures": 0}',
        "\x00" * 99,
    ],
)
def test_a_broken_memory_is_none(tmp_path: Path, text: str) -> None:
    files.put_all(dict(memory.changed(tmp_path, "forum", KNOWN)))
    (tmp_path / ".cache/http/forum.json").write_text(text)

    assert memory.load(tmp_path, "forum") == Memory()


def test_a_source_that_asks_for_a_pause_gets_it() -> None:
    assert Memory().failed(1000.0, 60).later == 1060.0
    assert Memory().failed(1000.0, None).later == 0.0


def test_a_source_that_never_works_is_asked_less_and_less() -> None:
    waits, known = [], Memory()
    for _ in range(20):
        known = known.failed(0.0, None)
        waits.append(known.later)

    assert waits[: FAILURES - 1] == [0.0] * (FAILURES - 1)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_a_busy_server_is_asked_less_and_less_from_the_first_time(status: int) -> None:
    waits, known = [], Memory()
    for _ in range(20):
        known = known.failed(0.0, status=status)
        waits.append(known.later)

    assert waits[:7] == [FIRST_WAIT * 2**n for n in range(7)]
    assert waits[7:] == [LONGEST_WAIT] * 13


@pytest.mark.parametrize("status", [0, 400, 401, 403, 404, 418])
def test_a_source_that_is_not_there_is_asked_again_at_once_a_few_times(status: int) -> None:
    assert Memory().failed(9.0, status=status).later == 0.0


def test_hubs_that_failed_together_come_back_apart_and_never_after_a_day() -> None:
    waits = {Memory(failures=3).failed(0.0, status=503, spread=spread / 10).later for spread in range(11)}

    assert len(waits) == 11
    assert FIRST_WAIT * 8 == min(waits) < max(waits) == FIRST_WAIT * 10
    assert Memory(failures=30).failed(0.0, status=503, spread=1.0).later == LONGEST_WAIT


def test_a_pause_that_was_asked_for_is_kept_even_if_it_is_long() -> None:
    assert Memory().failed(0.0, 3 * 24 * 3600, status=503).later == 3 * 24 * 3600


def test_what_is_gone_for_good_is_not_asked_again() -> None:
    assert Memory().failed(0.0, status=410).stopped
    assert not Memory().failed(0.0, status=404).stopped
