"""Files that are costly to make, such as feeds and pictures: what is live already is not made again.

    writer.artifact("feeds/all.xml", inputs, make)

`inputs` say all that the bytes depend on. Where they are those of the last build, and the live file is as that build
left it, its bytes are taken and `make` is not called. They are copied, not linked: until the next site is whole, a
plugin may rewrite its files, and would write through a link into the live site (`staging.complete` links what came out
the same). What a plugin has rewritten is made anew each time, so that it always meets what it would in an empty folder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pelican.plugins import signals
from pelican.utils import sanitised_join
from pelican.writers import Writer

from . import notes
from .places import Places

NOTES = "artifacts.json"
FORMAT = 1
"""Rises when the notes mean something else: older ones are then as good as none."""
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of one artifact. Digests are of what it was made from and of its bytes; `time` is in nanoseconds,
    or UNKNOWN, and then only the bytes can tell."""

    inputs: str
    bytes: str
    size: int
    time: int

    def fits(self, file: Path) -> bool:
        """Whether the file is the one that was noted."""
        try:
            found = file.lstat()
            if not stat.S_ISREG(found.st_mode) or found.st_size != self.size:
                return False
            return found.st_mtime_ns == self.time or digest(file.read_bytes()) == self.bytes
        except OSError:
            return False


class Artifacts:
    """Those of the last build, as noted, and those of this one."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._before = _understood(notes.read(places.notes, NOTES))
        self._now: dict[str, Note] = {}

    @contextmanager
    def offered(self, run: object) -> Iterator[None]:
        """Meanwhile Pelican's run finds the writer that keeps, unless another plugin may offer one of its own: that one
        is there for a purpose, and without ours a build only takes longer."""
        if signals.get_writer.receivers:
            yield
            return
        with signals.get_writer.connected_to(self._writer, run):
            yield

    def _writer(self, _: object) -> type[KeepingWriter]:
        return type("KeepingWriter", (KeepingWriter,), {"artifacts": self})

    def bytes(self, path: str, inputs: str, make: Callable[[], bytes]) -> tuple[bytes, Note]:
        """What belongs at `path`, taken from the live site where that is the same."""
        note, live = self._before.get(path), self._places.live / path
        if note and note.inputs == inputs and note.fits(live):
            with suppress(OSError):  # who may not read makes it
                return live.read_bytes(), note
        data = make()
        return data, Note(inputs, digest(data), len(data), UNKNOWN)

    def take(self, path: str, note: Note) -> None:
        self._now[path] = note

    def seal(self) -> None:
        """When nobody writes to the next site any more: forgets what was rewritten after its artifact was."""
        self._now = {path: note for path, note in self._now.items() if note.fits(self._places.next / path)}

    def note(self) -> None:
        """When the next site is live: writes down how its files stand there."""
        standing = {path: replace(note, time=_time(self._places.live / path)) for path, note in self._now.items()}
        known = {path: astuple(note) for path, note in sorted(standing.items())}
        notes.write(self._places.notes, NOTES, {"format": FORMAT, "artifacts": known})


class KeepingWriter(Writer):
    """Pelican's writer, which makes artifacts only where they are not live yet."""

    artifacts: Artifacts

    def artifact(self, path: str, inputs: Sequence[str], make: Callable[[], bytes]) -> None:
        """Writes a file below the output folder and announces it. Raises RuntimeError where the path leads out of it,
        or stands twice, and whatever `make` raises."""
        file = Path(sanitised_join(self.output_path, path))
        data, note = self.artifacts.bytes(path, digest_of(inputs), make)
        file.parent.mkdir(parents=True, exist_ok=True)
        with self._open_w(str(file), "utf-8") as opened:
            opened.buffer.write(data)
        if note.time != UNKNOWN and opened.name == str(file):
            os.utime(file, ns=(note.time, note.time))
        self.artifacts.take(path, note)
        signals.content_written.send(str(file), context={"output_file": path, "localsiteurl": None})


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def digest_of(inputs: Sequence[str]) -> str:
    """Of their number and order too: no two sequences have the same."""
    made = blake2b(digest_size=16)
    for text in inputs:
        data = text.encode("utf-8", "surrogatepass")
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.hexdigest()


def _understood(noted: object) -> dict[str, Note]:
    """Notes that are whole; damaged ones are as good as none."""
    if not isinstance(noted, Mapping) or noted.get("format") != FORMAT:
        return {}
    known = noted.get("artifacts")
    rows = known.items() if isinstance(known, Mapping) else ()
    return {path: Note(*row) for path, row in rows if _is_note(row)}


def _is_note(row: Any) -> bool:
    return isinstance(row, list) and [type(value) for value in row] == [str, str, int, int]


def _time(file: Path) -> int:
    try:
        return file.lstat().st_mtime_ns
    except OSError:
        return UNKNOWN
