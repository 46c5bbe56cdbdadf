"""Pages that wait to be written, each with what it is made from: the writer knows which of them stay as they are.

fastbuild's writer makes the others by as many hands as the machine lends; any other one writes all, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from pelican.writers import Writer

from . import show
from .pieces import Piece
from .wanted import Wanted

Sheet = tuple[str, str, Callable[[], str], Sequence[Piece] | None]
"""A path below the output folder, what stands for all that its text is made from, what makes it, and the pieces whose
words it shows, where somebody said so."""
FEW = 100
"""Pages that cost less than to compile their templates, which then is not done by several hands."""


class Sheets:
    """Takes what is to be written; `done` has it written, and what comes later is written at once."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.wanted = writer, Wanted.by(writer)
        self._turns: list[list[Sheet]] = [[]]
        self._works: list[Callable[[], None]] = []
        self._taken: set[str] = set()
        self._over = False

    def turn(self) -> None:
        """What is taken from now on has other templates than what was before."""
        self._turns.append([])

    def take(self, path: str, inputs: str, make: Callable[[], str], shows: Sequence[Piece] | None = None) -> None:
        """Raises RuntimeError where the path stands twice."""
        if path in self._taken:
            raise RuntimeError(f"two pages want to be {path}")
        self._taken.add(path)
        if self._over:
            self._write(path, inputs, make, shows)
        else:
            self._turns[-1].append((path, inputs, make, shows))

    def keep(self, work: Callable[[], None]) -> None:
        """Work that writes artifacts: they are made together with the pages."""
        if self._over:
            work()
        else:
            self._works.append(work)

    def done(self) -> None:
        """When this returns, all that was taken is written, and all that was kept is done."""
        turns, works = self._turns, self._works
        self._turns, self._works, self._over = [[]], [], True
        writer: Any = self.writer
        few = sum(map(len, turns)) < FEW
        with writer.together() if hasattr(writer, "together") else nullcontext():
            for work in works:
                work()
            for sheets in turns:
                with show.by_one(writer) if few else nullcontext():
                    for sheet in sheets:
                        self._write(*sheet)

    def _write(self, path: str, inputs: str, make: Callable[[], str], shows: Sequence[Piece] | None) -> None:
        if hasattr(self.writer, "artifact"):
            show.artifact(self.writer, path, [inputs], make, shows)
        else:
            show.text(self.writer, path, make())
