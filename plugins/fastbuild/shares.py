"""Shares of the work: which text is read, and which page is made, by which of several machines.

The page of a text belongs to whom the text belongs, so that each machine makes HTML of its own texts and of those alone
that stand in its feeds and lists. Only names decide: every machine comes to the same answer by itself.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from .digests import digest_of
from .places import Places
from .refusal import CONFIG, refuse

NOTE = "fastbuild-shard.json"


class Share(NamedTuple):
    """`number` counts from 1."""

    number: int
    of: int

    @classmethod
    def parsed(cls, text: str) -> Share:
        """Of `2/4`. Raises ValueError where it says something else."""
        number, slash, of = text.partition("/")
        if not (slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
            raise ValueError(text)
        return cls(int(number), int(of))

    def has(self, name: str) -> bool:
        return crc32(name.encode("utf-8", "surrogateescape")) % self.of == self.number - 1

    def folder(self, output: str) -> str:
        return f"{output.rstrip(os.sep)}.{self.number}-of-{self.of}"

    def note(self, folder: Path, names: Collection[str]) -> None:
        """Says in a shard which it is, and of what: `names` are those of all pages that the whole site has."""
        said = {"number": self.number, "of": self.of, "names": digest_of(sorted(names))}
        (folder / NOTE).write_text(json.dumps(said), encoding="ascii")


class Sample(NamedTuple):
    """Some files, by name."""

    names: frozenset[str]

    def has(self, name: str) -> bool:
        return name in self.names


def join(shards: Sequence[Path], places: Places) -> None:
    """Moves all parts of one site into the next site. Refuses where one is missing, stands twice, or is of another
    site."""
    notes = [_note(shard) for shard in shards]
    if len({(of, names) for _, of, names in notes}) > 1:
        refuse("the shards are not parts of one site", "make all of them from the same content", code=CONFIG)
    numbers, of = sorted(number for number, _, _ in notes), notes[0][1]
    if numbers != list(range(1, of + 1)):
        refuse(f"want shards 1 to {of}, got {', '.join(map(str, numbers))}", "name each of them once", code=CONFIG)
    for shard in shards:
        (shard / NOTE).unlink()
        _move(str(shard), str(places.next))


def _note(shard: Path) -> tuple[int, int, str]:
    """Its number, how many there are, and of which site."""
    try:
        note = json.loads((shard / NOTE).read_bytes())
        return int(note["number"]), int(note["of"]), str(note["names"])
    except (OSError, ValueError, KeyError, TypeError):
        refuse(f"{shard} is no shard", "make it by: python -m fastbuild --shard 1/2", code=CONFIG)


def _move(source: str, target: str) -> None:
    """Whole folders where the other parts have none of that name; all of `source` goes."""
    for entry in list(os.scandir(source)):
        goal = f"{target}/{entry.name}"
        try:
            os.rename(entry.path, goal)  # noqa: PTH104
        except OSError:  # it is there already, or on another disk
            if not entry.is_dir(follow_symlinks=False):
                shutil.move(entry.path, goal)
                continue
            os.makedirs(goal, exist_ok=True)  # noqa: PTH103
            _move(entry.path, goal)
    os.rmdir(source)  # noqa: PTH106
