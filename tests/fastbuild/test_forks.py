"""Work is shared with copies of the process: nothing is lost, nothing done twice, and kin stay together."""

from __future__ import annotations

import os

import pytest

from fastbuild import forks


def process(_: int) -> bytes:
    return str(os.getpid()).encode()


@pytest.mark.parametrize("count", [0, 1, 47, 96, 1000])
def test_each_item_is_done_once(count: int) -> None:
    done = list(forks.shared(range(count), lambda item: str(item).encode(), 4))

    assert sorted(done) == [(place, str(place).encode()) for place in range(count)]


def test_neighbours_of_one_kin_are_done_by_one_process() -> None:
    kins = [0] * 100 + [1] * 70 + [2] * 70 + [0] * 100

    done = dict(forks.shared(range(len(kins)), process, 2, kins.__getitem__))

    assert len(done) == len(kins)
    assert len({done[place] for place in range(100, 170)}) == len({done[place] for place in range(170, 240)}) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
def test_a_few_that_are_costly_in_two_ways_are_worth_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    copied = forks._copied
    monkeypatch.setattr(forks, "_copied", lambda *given: begun.append(1) or copied(*given))
    monkeypatch.setattr(forks, "processors", lambda: 2)

    for kins in ([1, 1, 2, 2], [1, 1, 1], [0, 0, 0], [-1, -1, -2]):
        assert len(list(forks.shared(range(len(kins)), process, 2, kins.__getitem__))) == len(kins)
        begun.append(0)

    assert begun == [1, 0, 0, 0, 0]


def test_what_a_copy_fails_on_is_left_to_the_caller() -> None:
    first = os.getpid()

    def work(item: int) -> bytes | None:
        if os.getpid() != first:
            raise ValueError(item)
        return b"done"

    done = dict(forks.shared(range(200), work, 2))

    assert set(done.values()) <= {b"done"} and len(done) <= 200
