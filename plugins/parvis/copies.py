"""Copies of this process that do a part of its work and end without a word.

Only Linux copies a process cheaply and safely. A copy says nothing, since the console may be held by a thread that was
not copied.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

Thing = TypeVar("Thing")


def processors() -> int:
    """How many processors this process may use; 1 where it should not be copied."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def copied(work: Callable[[], None]) -> int:
    """Starts a copy that does `work`, and ends with 0 where that went well. Gives its process id."""
    with warnings.catch_warnings(action="ignore"):  # of threads: a copy touches nothing that they may hold
        process = os.fork()
    if process:
        return process
    status = 1
    try:
        gc.disable()  # it ends before there is much garbage, and looking would take memory of its own
        logging.disable()
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            sys.stdout = sys.stderr = nowhere
            work()
            status = 0
    finally:
        os._exit(status)


def ended(process: int) -> bool:
    """Waits for a copy; whether it went well."""
    return not os.waitpid(process, 0)[1]


def shared(
    things: Sequence[Thing],
    weigh: Callable[[Thing], int],
    fewest: int,
    make: Callable[[Sequence[Thing]], dict[str, Any]],
) -> dict[str, Any]:
    """What `make` gives, as JSON can hold it: this process does the first half, by weight, and a copy the second.
    Nothing where all weigh less than `fewest`, and less where the copy failed: what is missing is left to whoever asks.
    """
    first, second = halves(things, weigh, fewest)
    if not second or processors() < 2:
        return {}
    with TemporaryFile() as file:
        process = copied(lambda: _write(file, make(second)))
        made = make(first)
        if ended(process):
            file.seek(0)
            made |= json.load(file)
    return made


def halves(
    things: Sequence[Thing], weigh: Callable[[Thing], int], fewest: int
) -> tuple[Sequence[Thing], Sequence[Thing]]:
    """About as much in each; nothing in the second where all weigh less than `fewest`."""
    sums = [*accumulate(map(weigh, things))]
    if not sums or sums[-1] < fewest:
        return things, ()
    place = next(place for place, left in enumerate(sums, 1) if left * 2 >= sums[-1])
    return things[:place], things[place:]


def _write(file: IO[bytes], made: Mapping[str, Any]) -> None:
    file.write(json.dumps(made).encode())
    file.flush()
