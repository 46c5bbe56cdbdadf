"""What lies in content/ already: which file holds which item. Looked at, not parsed: there may be many."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("community", "testimonials")
HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
FIELD = re.compile(rb"^(id|slug|pulled):[ \t]*([\"']?)([A-Za-z0-9._-]+)\2[ \t]*(?:[ \t]#.*)?\r?$", re.MULTILINE)
BEGINNING = 16_384


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item lies, below content/, and what its `pulled:` says."""

    path: str
    pulled: str = ""


@dataclass
class Shelf:
    """Items by id, the stems and slugs that are taken, and by stem the files in which no id can be read."""

    places: dict[str, Place] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)
    unreadable: dict[str, str] = field(default_factory=dict)

    def put(self, id: str, place: Place) -> None:
        self.places[id] = place
        self.stems.add(Path(place.path).stem)


def read(content: Path) -> Shelf:
    """Every community post and testimonial below content/; of two files with one id the first by path counts."""
    shelf = Shelf()
    for kind in KINDS:
        for file in sorted(_files(content / kind)):
            path = Path(file).relative_to(content).as_posix()
            fields = _fields(file)
            if id := fields.get("id"):
                shelf.stems |= {Path(path).stem, fields.get("slug", "")}
                shelf.places.setdefault(id, Place(path, fields.get("pulled", "")))
            else:
                shelf.unreadable[Path(path).stem] = path
    return shelf


def _files(folder: Path) -> Iterator[str]:
    for entry in os.scandir(folder) if folder.is_dir() else ():
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.name.endswith(".md") and not entry.name.startswith(".") and entry.is_file(follow_symlinks=False):
            yield entry.path


def _fields(file: str) -> dict[str, str]:
    with Path(file).open("rb") as opened:
        start = opened.read(BEGINNING)
        head = HEAD.match(start) or HEAD.match(start + opened.read())
    found = FIELD.finditer(head[1]) if head else ()
    return {name.decode(): value.decode() for name, _, value in (match.groups() for match in found)}
