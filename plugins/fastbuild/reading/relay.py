"""Machines on one disk, each with a share of the texts, hand each other what they have read.

Each reads its own share and takes those of the others. Nobody waits: as long as one has not handed over, its texts are
read here, as far as lists need them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..shares import Share

HEAD = struct.Struct("<QQ")
FEW = 16
"""Texts of somebody else that are read before the next look at whether they were handed over."""
Work = Callable[[str], bytes | None]


class Relay(NamedTuple):
    """`folder` is one that all see, and empty when the first of them begins."""

    folder: Path
    share: Share

    def read(self, kind: str, paths: Sequence[str], work: Work) -> Iterator[tuple[str, bytes, bool]]:
        """A path, what `work` gave for it, and whether it gave that where the path is of its share; missing is what it
        gave None for."""
        yield from self._own(self.folder / f"{kind}-{self.share.number}", paths, work)
        others = {number: Share(number, self.share.of) for number in range(1, self.share.of + 1)}
        del others[self.share.number]
        left = {number: [path for path in paths if share.has(path)] for number, share in others.items()}
        while left:
            there = [number for number in left if (self.folder / f"{kind}-{number}").exists()]
            for number in there:
                wanted = set(left.pop(number))
                yield from ((path, made, True) for path, made in _taken(self.folder / f"{kind}-{number}", wanted))
            if left and not there:
                number, waiting = max(left.items(), key=lambda item: len(item[1]))
                done, left[number] = waiting[:FEW], waiting[FEW:]
                yield from ((path, made, False) for path in done if (made := work(path)) is not None)
                if not left[number]:
                    del left[number]

    def _own(self, file: Path, paths: Sequence[str], work: Work) -> Iterator[tuple[str, bytes, bool]]:
        new = file.with_suffix(".new")
        with new.open("wb") as handed:
            for path in filter(self.share.has, paths):
                if (made := work(path)) is not None:
                    name = path.encode("utf-8", "surrogateescape")
                    handed.write(HEAD.pack(len(name), len(made)) + name + made)
                    yield path, made, True
        new.replace(file)


def _taken(file: Path, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    with file.open("rb") as handed:
        while head := handed.read(HEAD.size):
            name, made = map(handed.read, HEAD.unpack(head))
            if (path := name.decode("utf-8", "surrogateescape")) in wanted:
                yield path, made
