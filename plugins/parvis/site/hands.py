"""Pages are written by as many hands as the machine lends: the process copies itself, and copies write beside it.

For few pages one hand writes all. Pages lie in handfuls on a pipe that all hands take from, until none is left. A copy
tells no other plugin; and what it leaves undone, for whatever reason, the first process does itself, so that a fault
shows as it always did.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial

from pelican import signals
from pelican.writers import Writer

from . import show
from .copies import copied, ended, processors

FEWEST = 150
"""Pages that a copy is worth its cost for."""
MOST = 4
HANDFUL, PLACES = 16, 8192
"""Pages in a handful at least, and handfuls at most: what a pipe holds of their numbers."""
WIDTH = 2
"""Bytes of a number; so few are written and read at once or not at all."""
Sheet = tuple[str, str, Callable[[], str]]
"""A path below the output folder, what stands for all that its text is made from, and what makes it."""


class Hands:
    """Takes what is to be written; `done` writes it, and what comes later is written at once."""

    def __init__(self, writer: Writer) -> None:
        self._writer, self._first = writer, os.getpid()
        self._sheets: list[Sheet] = []
        self._own: list[Callable[[], None]] = []
        self._taken: set[str] = set()
        self._over = False

    def take(self, path: str, inputs: str, make: Callable[[], str]) -> None:
        """Raises RuntimeError where the path stands twice. `inputs` stand for all that the text is made from."""
        if path in self._taken:
            raise RuntimeError(f"two pages want to be {path}")
        self._taken.add(path)
        if self._over:
            self._write([(path, inputs, make)])
        else:
            self._sheets.append((path, inputs, make))

    def keep(self, work: Callable[[], None]) -> None:
        """Work that only the first process can do, while copies write."""
        if self._over:
            work()
        else:
            self._own.append(work)

    def done(self) -> None:
        """When this returns, all that was taken is written, and all that was kept is done."""
        sheets, own = self._sheets, self._own
        self._sheets, self._own, self._over = [], [], True
        if kept := getattr(self._writer, "artifact", None):
            with self._writer.together():
                _do(own)
                for path, inputs, make in sheets:
                    kept(path, (inputs,), make)
            return
        hands = min(MOST, processors(), len(sheets) // FEWEST)
        if hands > 1:
            self._share(sheets, own, hands)
            return
        _do(own)
        self._write(sheets)

    def _share(self, sheets: list[Sheet], own: list[Callable[[], None]], hands: int) -> None:
        size = max(HANDFUL, -(-len(sheets) // PLACES))
        handfuls = [sheets[first : first + size] for first in range(0, len(sheets), size)]
        waiting, written = _pipe(range(len(handfuls))), os.pipe()
        copies: list[int] = []
        try:
            for _ in range(hands - 1):
                copies.append(copied(partial(self._help, handfuls, waiting, written[1])))
            _do(own)
            for number in _numbers(waiting):
                self._write(handfuls[number])
                handfuls[number] = []
        except BaseException:
            for process in copies:
                os.kill(process, signal.SIGTERM)
            raise
        finally:
            for process in copies:
                ended(process)
            os.close(written[1])
            there = set(_numbers(written[0]))
            os.close(written[0])
            os.close(waiting)
        for number, handful in enumerate(handfuls):
            (self._announce if number in there else self._write)(handful)

    def _help(self, handfuls: list[list[Sheet]], waiting: int, written: int) -> None:
        """What a copy does: writes handfuls and tells their numbers, until none is waiting or the first is gone."""
        with signals.content_written.muted():
            for number in _numbers(waiting):
                if os.getppid() != self._first:
                    break
                self._write(handfuls[number])
                os.write(written, number.to_bytes(WIDTH))

    def _write(self, sheets: list[Sheet]) -> None:
        for path, _, make in sheets:
            show.text(self._writer, path, make())

    def _announce(self, sheets: list[Sheet]) -> None:
        """Tells other plugins of what a copy wrote, as Pelican's writer would have."""
        for path, _, _ in sheets:
            show.announce(self._writer, path)


def _do(work: list[Callable[[], None]]) -> None:
    for each in work:
        each()


def _pipe(numbers: range) -> int:
    """A pipe to read from, which holds these numbers and no more."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(WIDTH) for number in numbers))
    os.close(writing)
    return reading


def _numbers(pipe: int) -> Iterator[int]:
    """What a pipe still holds; what one process has read, no other one reads."""
    while number := os.read(pipe, WIDTH):
        yield int.from_bytes(number)
