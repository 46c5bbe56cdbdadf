"""What lies in content/ already: which file holds which item. Looked at, not parsed: there may be many."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

KINDS = ("community", "testimonials")
HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
FIELD = re.compile(
    rb"^(?:(id|slug|pulled|status):[ \t]*([\"']?)([A-Za-z0-9._-]+)\2|(date|original):[ \t]*([\"']?)([^\s\"']+)\5)"
    rb"[ \t]*(?:[ \t]#.*)?\r?$",
    re.MULTILINE,
)
FLAGS = re.compile(rb"^flags:[ \t]*\r?\n((?:- .*\n)+)", re.MULTILINE)
BEGINNING = 16_384


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item lies, below content/, and what its front matter says, as it stands there."""

    path: str
    pulled: str = ""
    status: str = ""
    date: str = ""
    original: str = ""
    flags: tuple[str, ...] = ()

    @property
    def when(self) -> datetime | None:
        """Its date, None where none can be read."""
        try:
            when = datetime.fromisoformat(self.date)
        except ValueError:
            return None
        return when if when.tzinfo else when.replace(tzinfo=UTC)


@dataclass
class Shelf:
    """Items by id, the stems and slugs that are taken, and by stem the files in which no id can be read."""

    places: dict[str, Place] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)
    unreadable: dict[str, str] = field(default_factory=dict)

    def put(self, id: str, place: Place) -> None:
        self.places[id] = place
        self.stems.add(stem(place.path))

    def of(self, source: str) -> Iterator[tuple[str, Place]]:
        """The items of a source, by their ids."""
        return ((id, place) for id, place in self.places.items() if id.rpartition("-")[0] == source)


def stem(path: str) -> str:
    """The name of a text's file without `.md`."""
    return path.rpartition("/")[2].removesuffix(".md")


def read(content: Path) -> Shelf:
    """Every community post and testimonial below content/; of two files with one id the first by path counts."""
    shelf = Shelf()
    for kind in KINDS:
        for file in sorted(_files(content / kind)):
            path = Path(file).relative_to(content).as_posix()
            fields = _fields(file)
            if id := fields.get("id"):
                shelf.stems |= {Path(path).stem, fields.get("slug", "")}
                pulled, status, date, url = (fields.get(name, "") for name in ("pulled", "status", "date", "original"))
                flags = tuple(fields.get("flags", "").split())
                shelf.places.setdefault(id, Place(path, pulled, status, date, url, flags))
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
    if not head:
        return {}
    fields = {(m[1] or m[4]).decode(): (m[3] or m[6]).decode(errors="replace") for m in FIELD.finditer(head[1])}
    flags = FLAGS.search(head[1])
    return fields | ({"flags": flags[1].decode(errors="replace").replace("- ", " ")} if flags else {})
