"""Pages are written by as many hands as the machine lends: the process copies itself, and each copy takes its share.

Only Linux copies a process cheaply and safely; elsewhere, and for few pages, one hand writes all. A copy does nothing
but write. It says nothing, since the console may be held by a thread that was not copied; it tells no other plugin; and
what it leaves undone, for whatever reason, the first process does itself, so that a fault shows as it always did.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from pelican import signals
from pelican.writers import Writer

from . import show

FEWEST = 150
"""Pages that a copy is worth its cost for."""
MOST = 4
Sheet = tuple[str, Callable[[], str]]
"""A path below the output folder, and what makes its text."""


class Hands:
    """Takes what is to be written; `done` writes it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._sheets: list[Sheet] = []
        self._taken: set[str] = set()

    def take(self, path: str, make: Callable[[], str]) -> None:
        """Raises RuntimeError where the path stands twice."""
        if path in self._taken:
            raise RuntimeError(f"two pages want to be {path}")
        self._taken.add(path)
        self._sheets.append((path, make))

    def done(self) -> None:
        """When this returns, all that was taken is written. What stands together is written by one hand."""
        sheets, self._sheets = self._sheets, []
        hands = max(1, min(MOST, processors(), len(sheets) // FEWEST))
        share = max(1, -(-len(sheets) // hands))
        own, *others = [sheets[first : first + share] for first in range(0, len(sheets), share)] or [[]]
        copies: dict[int, Sequence[Sheet]] = {}
        try:
            for part in others:
                copies[copied(self._writer, part)] = part
            _write(self._writer, own)
        except BaseException:
            for process in copies:
                os.kill(process, signal.SIGTERM)
            raise
        finally:
            ended = {process: os.waitpid(process, 0)[1] for process in copies}
        for process, written in copies.items():
            finish = _write if ended[process] else _announce
            finish(self._writer, written)


def processors() -> int:
    """How many processors this process may use; 1 where it should not be copied."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def copied(writer: Writer, sheets: Sequence[Sheet]) -> int:
    """Starts a copy that writes its sheets and ends, with 0 where all are written. Gives its process id."""
    first = os.getpid()
    with warnings.catch_warnings(action="ignore"):  # of threads: a copy touches nothing that they may hold
        process = os.fork()
    if process:
        return process
    status = 1
    try:
        gc.disable()  # it ends before there is much garbage, and looking would take memory of its own
        logging.disable()
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, signals.content_written.muted():
            sys.stdout = sys.stderr = nowhere
            for sheet in sheets:
                if os.getppid() != first:
                    break
                _write(writer, [sheet])
            else:
                status = 0
    finally:
        os._exit(status)


def _write(writer: Writer, sheets: Sequence[Sheet]) -> None:
    for path, make in sheets:
        show.text(writer, path, make())


def _announce(writer: Writer, sheets: Sequence[Sheet]) -> None:
    """Tells other plugins of what a copy wrote, as Pelican's writer would have."""
    for path, _ in sheets:
        show.announce(writer, path)
