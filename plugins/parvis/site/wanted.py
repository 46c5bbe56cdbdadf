"""Which outputs are worth finding out what they show: all of them, or, after an edit, those that show what changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .pieces import Piece


@dataclass(frozen=True)
class Wanted:
    """`names` are paths below the output folder, in order; None are all that there may be."""

    names: Sequence[str] | None = None

    @classmethod
    def by(cls, writer: Any) -> Wanted:
        """What a writer says; any but fastbuild's wants all."""
        names = getattr(writer, "wanted", None)
        return cls(None if names is None else sorted(names))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.names or ())

    def has(self, name: str) -> bool:
        return self.names is None or name in self._known

    def below(self, start: str) -> bool:
        """Whether there is one whose path begins so."""
        if self.names is None:
            return True
        place = bisect_left(self.names, start)
        return place < len(self.names) and self.names[place].startswith(start)

    def pieces(self, pieces: Sequence[Piece], ends: Iterable[str] = ("",)) -> Sequence[Piece]:
        """Those of which a page is wanted whose path is their own and one of `ends`."""
        if self.names is None:
            return pieces
        files = tuple(f"{end}index.html" for end in ends)
        paths = {name.removesuffix(file) for file in files for name in self.names if name.endswith(file)}
        return [piece for piece in pieces if piece.path in paths]
