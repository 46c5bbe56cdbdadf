"""Paths and their stamps as the roll notes them: as lists, and as a dict only where one is asked for.

Only light imports here: the look at the outputs after an edit reads the roll before Pelican is imported.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import chain
from struct import pack

from .stamps import Stamp


class Table(Mapping[str, Stamp]):
    """`numbers` are three for each of `paths`, in their order."""

    __slots__ = ("_known", "numbers", "paths")

    def __init__(self, paths: list[str], numbers: array[int]) -> None:
        self.paths, self.numbers = paths, numbers
        self._known: dict[str, Stamp] | None = None

    @classmethod
    def of(cls, stamps: Mapping[str, Stamp]) -> Table:
        if isinstance(stamps, cls):
            return stamps
        numbers = array("q")
        numbers.frombytes(pack(f"{3 * len(stamps)}q", *chain.from_iterable(stamps.values())))
        made = cls(list(stamps), numbers)
        made._known = {**stamps}
        return made

    @property
    def known(self) -> dict[str, Stamp]:
        if self._known is None:
            numbers = self.numbers
            stamps = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
            self._known = dict(zip(self.paths, stamps, strict=True))
        return self._known

    def __getitem__(self, path: str) -> Stamp:
        return self.known[path]

    def __contains__(self, path: object) -> bool:
        return path in self.known

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def with_others(self, others: Mapping[str, Stamp]) -> Table | None:
        """The same paths, of which these have other stamps; None where it lacks one of these."""
        places = [(place, path) for place, path in enumerate(self.paths) if path in others]
        if len(places) < len(others):
            return None
        numbers = self.numbers[:]
        for place, path in places:
            numbers[3 * place : 3 * place + 3] = array("q", others[path])
        return Table(self.paths, numbers)
