"""Files that are costly to make, such as feeds and pictures: what is live already is not made again.

    writer.artifact("feeds/all.xml", inputs, make)

`inputs` say all that the bytes depend on. Where they are those of the last build, and the live file is as that build
left it, it is taken over and `make` is not called. It becomes a link to the live file, but only where the same plugins
with the same settings ran the last build, and left it alone: another one might rewrite it, and would write through the
link into the live site. Then it is a copy until the next site is whole. What a plugin has rewritten is made anew each
time, so that it always meets what it would in an empty folder.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pelican.plugins import signals
from pelican.utils import sanitised_join
from pelican.writers import Writer

from . import notes, watching
from .amending import amend
from .crew import crew
from .digests import digest, digest_of
from .places import Places

NOTES = "artifacts.json"
FORMAT = 1
"""Rises when the notes mean something else: older ones are then as good as none."""
UNKNOWN = -1


class Note(NamedTuple):
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

    def __init__(self, places: Places, settings: Mapping[str, Any]) -> None:
        self.places = places
        self._crew = crew(settings)
        crew_before, self._before = _understood(notes.read(places.notes, NOTES))
        self._linked = self._crew == crew_before
        self._now: dict[str, Note] = {}
        self.standing: set[str] = set()

    @contextmanager
    def offered(self, host: object, kind: type[KeepingWriter], **known: Any) -> Iterator[None]:
        """Meanwhile Pelican's run finds the writer that keeps, unless another plugin may offer one of its own: that one
        is there for a purpose, and without ours a build only takes longer."""
        if signals.get_writer.receivers:
            yield
            return
        writer = type("KeepingWriter", (kind,), {"artifacts": self, **known})

        def offer(_: object) -> type[KeepingWriter]:
            return writer

        offer.__module__ = __name__
        with signals.get_writer.connected_to(offer, host):
            yield

    def known(self, path: str, inputs: str) -> Note | None:
        """What is noted of a live file that may stay."""
        note, live = self._before.get(path), self.places.live / path
        same = note and note.inputs == inputs and note.fits(live) and os.access(live, os.R_OK)
        return note if same else None

    def bring(self, path: str, note: Note, file: Path) -> None:
        """Puts the live file in the place of an empty one."""
        live = self.places.live / path
        if self._linked:
            with suppress(OSError):  # a filesystem without hard links, or one that refuses this one
                file.unlink()
                os.link(live, file)
                return
        shutil.copyfile(live, file)
        os.utime(file, ns=(note.time, note.time))

    def take(self, path: str, note: Note) -> None:
        self._now[path] = note

    def seal(self) -> None:
        """When nobody writes to the next site any more: forgets what was rewritten after its artifact was."""
        self._now = {path: note for path, note in self._now.items() if note.fits(self.places.next / path)}

    def note(self) -> None:
        """When the next site is live: writes down how its files stand there."""
        known = {path: (*said[:-1], _time(self.places.live / path)) for path, said in sorted(self._now.items())}
        notes.write(self.places.notes, NOTES, {"format": FORMAT, "crew": self._crew, "artifacts": known})


class KeepingWriter(Writer):
    """Pelican's writer, which makes artifacts only where they are not live yet."""

    artifacts: Artifacts

    def keep(self, path: str) -> None:
        """Says that a live file would come out as it is: it stays, and is not made."""
        self.artifacts.standing.add(path)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Artifacts asked for meanwhile are made at its end, by as many hands as the machine lends."""
        yield

    @contextmanager
    def by_one(self) -> Iterator[None]:
        """Artifacts asked for meanwhile have costly parts in common: one hand makes them all."""
        yield

    def until(self, moment: datetime) -> None:
        """Says that an unchanged site comes out different from `moment` on, because a date in it passes."""
        if moment.tzinfo is None:
            raise ValueError(f"{moment} has no time zone")
        if watching.sight:
            watching.sight.until(moment.timestamp())

    def amend(self, path: str, data: bytes) -> bool:
        """Once the build is over: replaces a file of the live site, and tells whether it was there and had other bytes.
        Raises RuntimeError where the path leads out of the site."""
        places = self.artifacts.places
        return amend(places, os.path.relpath(sanitised_join(str(places.live), path), places.live), data)

    def wants(self, name: str) -> bool:
        """Whether an output may have to be made: after an edit, those that show other words than before, and those of
        which nobody said what they show."""
        return True

    def artifact(
        self,
        path: str,
        inputs: Sequence[str],
        make: Callable[[], bytes | str],
        shows: Iterable[str] | None = None,
    ) -> None:
        """Writes a file below the output folder and announces it; text becomes UTF-8. `shows` are names of the texts
        whose words are among the inputs (`following`). Raises RuntimeError where the path leads out of the output, or
        stands twice, and whatever `make` raises."""
        file, made_from = Path(sanitised_join(self.output_path, path)), digest_of(inputs)
        note = self.artifacts.known(path, made_from)
        made = b"" if note else make()
        data = made.encode() if isinstance(made, str) else made
        file.parent.mkdir(parents=True, exist_ok=True)
        with self._open_w(str(file), "utf-8") as opened:
            opened.buffer.write(data)
        if note and opened.name == str(file):
            self.artifacts.bring(path, note, file)
        self.artifacts.take(path, note or Note(made_from, digest(data), len(data), UNKNOWN))
        signals.content_written.send(str(file), context={"output_file": path, "localsiteurl": None})


def _understood(noted: object) -> tuple[object, dict[str, Note]]:
    """Crew and notes where these are whole; damaged ones are as good as none."""
    if not isinstance(noted, Mapping) or noted.get("format") != FORMAT:
        return None, {}
    known = noted.get("artifacts")
    rows = known.items() if isinstance(known, Mapping) else ()
    return noted.get("crew"), {path: Note(*row) for path, row in rows if _is_note(row)}


def _is_note(row: Any) -> bool:
    return isinstance(row, list) and [type(value) for value in row] == [str, str, int, int]


def _time(file: Path) -> int:
    try:
        return file.lstat().st_mtime_ns
    except OSError:
        return UNKNOWN
