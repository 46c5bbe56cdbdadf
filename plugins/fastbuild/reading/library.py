"""All contents of one kind: from their rows, where the files are as they were; else read, by several hands."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pelican.contents import Content, SkipStub
from pelican.generators import CachingGenerator

from .. import logs, opened
from ..digests import digest
from ..inputs import elsewhere
from ..run import Run
from ..trust import strangers
from ..wishes import WISHES
from . import readers, register, sources, states, together
from .bodies import Bodies
from .files import Stamp
from .files import stamp as _stamp
from .kinds import Kind
from .light import Light
from .plainly import plain
from .readers import CLOCK
from .values import Unstorable

GOOD, SKIPPED, FAULTY, UNSTORABLE = 0, 1, 2, 3
BATCH = 200
Row = tuple[list[Any], bytes]
"""First line and rest. The first is: stamp, digest of the file, until when it is right (seconds, or null), one of the
four above, what was logged, and the head of `states`."""
logger = logging.getLogger("pelican.generators")  # whose words these are


class Library:
    """Gives contents in the order of `files`, and logs what Pelican would."""

    def __init__(self, run: Run, generator: CachingGenerator, kind: Kind, files: dict[str, Stamp | None]) -> None:
        self._run, self._generator, self._kind, self._files = run, generator, kind, files
        self._of_time = generator.settings.get("DEFAULT_DATE") == "fs"
        self._bodies = Bodies(run, kind.name)

    def contents(self, *, alone: bool) -> Iterator[Content]:
        """`alone`: one after the other, by this process, as Pelican does, and nothing of it is kept."""
        light, names = self._light(), self._run.names
        plainly = bool(strangers(self._generator.settings, self._run.options.trust))
        if not (alone or plainly) and WISHES.share and not WISHES.relay and self._run.jobs == 1:
            yield from self._directly(light)
            return
        rows = {} if alone else self._rows()
        for path in self._files:
            row = rows.get(path)
            if row is None:
                yield from self._aloud(path, self._kind.plain if alone or plainly else self._kind.light)
                continue
            (_, _, until, outcome, heard, head), rest = row
            if heard:
                logs.say(heard)
            if until is not None:
                self._run.holds_until(until)
            if outcome == FAULTY:
                self._generator._add_failed_source_path(path)
            elif outcome == GOOD:
                content = states.restored(light, path, head, rest, names)
                yield plain(content, self._kind.plain) if plainly else content

    def _directly(self, light: type[Light]) -> Iterator[Content]:
        """Contents that are neither kept nor handed on, so that no rows are made of them."""
        for path in self._files:
            CLOCK.heads = not self._run.makes_html_of(path)
            try:
                read = [*self._aloud(path, light)]
                for content in read:
                    states.lighten(content, path, body=not CLOCK.heads)
            finally:
                CLOCK.heads = False
            yield from read

    def _light(self, **more: Any) -> type[Light]:
        """The class of contents of this build, which holds what all of them have in common."""
        generator, kind = self._generator, self._kind.light
        common = {"__module__": kind.__module__, "settings": generator.settings, "_context": generator.context}
        own = {"_fetch": staticmethod(self._fetch), "_complete": staticmethod(states.complete)}
        return type(kind.__name__, (kind,), {**common, **own, **more})

    def _rows(self) -> dict[str, Row]:
        rows, unread = {}, []
        known = self._known() if not self._run.doubts else {}
        moved: dict[str, Row] = {}
        for path, stamp in self._files.items():
            row = known.get(path)
            if row is None or stamp is None or (row[0][2] is not None and row[0][2] <= self._run.now):
                unread.append(path)
            elif row[0][0] == [*stamp]:
                rows[path] = row
            elif not self._of_time and row[0][1] == digest(sources.data(self._place(path))):
                rows[path] = moved[path] = ([[*stamp], *row[0][1:]], row[1])
            else:
                unread.append(path)
        self._bodies.wait = first = not (known or self._run.doubts)
        fresh = self._read(unread)
        rows.update(fresh)
        keep = partial(self._keep, {**moved, **fresh}, known.keys() - rows.keys())
        if first:
            self._run.later.append(keep)
        else:
            keep()
        return rows

    def _known(self) -> dict[str, Row]:
        if self._run.store.row("epochs", self._kind.name) != self._run.epoch.encode():
            for table in (self._kind.name, f"{self._kind.name} bodies"):
                self._run.store.clear(table)
            return {}
        held = self._run.store.rows(self._kind.name)
        cut = [value.partition(b"\n") for value in held.values()]
        firsts = json.loads(b"[%b]" % b",".join(first for first, _, _ in cut))
        return {path: (first, rest) for path, first, (_, _, rest) in zip(held, firsts, cut, strict=True)}

    def _read(self, paths: list[str]) -> dict[str, Row]:
        """Rows of files that are new or changed. Bodies go to the store as they come."""
        fresh: dict[str, Row] = {}
        reasons: list[tuple[str, str]] = []
        bodies: list[tuple[str, bytes]] = []
        with logs.silence() as silence:
            for path, made, whole in self._made(paths, partial(self._row, silence)):
                first, rest, body = made.split(b"\n", 2)
                row = json.loads(first), rest
                if row[0][3] == UNSTORABLE:
                    reasons.append((path, row[0][5]))
                    continue
                fresh[path] = row
                if whole:
                    bodies.append((path, body))
                if len(bodies) == BATCH:
                    self._bodies.add(bodies)
                    bodies = []
        self._bodies.add(bodies)
        for path, reason in sorted(reasons):
            logger.info("fastbuild: %s is read each time: %s", path, reason)
        return fresh

    def _made(self, paths: list[str], work: Callable[[str], bytes | None]) -> Iterator[tuple[str, bytes, bool]]:
        """Paths, their rows with bodies, and whether these are of the whole text."""
        if WISHES.relay:
            yield from WISHES.relay.read(self._kind.name, paths, work)
            return
        for path, made in together.read(paths, self._place, work, self._run):
            yield path, made, self._run.makes_html_of(path)

    def _row(self, silence: logs.Silence, path: str) -> bytes | None:
        """First line, rest and body of a file; None for who shall fail on it aloud."""
        CLOCK.asked, CLOCK.heads = False, not self._run.makes_html_of(path)
        silence.taken()
        place = self._place(path)
        try:
            known_by = "" if self._run.doubts else sources.hold(place)
            until = None
            opened.lately()
            content = self._from_file(path, self._kind.light)
            if others := elsewhere(opened.lately(), place):
                raise Unstorable(f"{others[0]} is read with it")
            outcome, head, rest, body = GOOD, None, "", ""
            if isinstance(content, SkipStub):
                outcome = SKIPPED
            elif not content.is_valid():
                outcome = FAULTY
            else:
                until = readers.until(content, self._run.now)
                head, rest = states.row(content)
                body = content._content
        except Unstorable as reason:
            outcome, head, rest, body = UNSTORABLE, str(reason), "", ""  # type: ignore[assignment]
        except Exception:  # whatever it is, a reader of Pelican's or of a plugin's will raise it again
            return None
        finally:
            CLOCK.heads = False
            sources.forget()
        same = not self._run.doubts and _stamp(place) == self._files[path]
        first = [self._files[path] if same else None, known_by, until, outcome, silence.taken(), head]
        return "\n".join([states.encode(first), rest, body]).encode("utf-8", "surrogatepass")

    def _from_file(self, path: str, kind: type[Content]) -> Any:
        generator = self._generator
        return generator.readers.read_file(
            base_path=generator.path,
            path=path,
            content_class=kind,
            context=generator.context,
            preread_signal=self._kind.signal("preread"),
            preread_sender=generator,
            context_signal=self._kind.signal("context"),
            context_sender=generator,
        )

    def _aloud(self, path: str, kind: type[Content]) -> Iterator[Content]:
        """As Pelican reads a file, with its words where there is a fault."""
        generator = self._generator
        content = generator.get_cached_data(path, None)
        if content is None:
            try:
                content = self._from_file(path, kind)
            except Exception:  # Pelican goes on with the next file
                shown = generator.settings.get("DEBUG", False)
                logger.exception("Could not process %s", path, exc_info=shown)
                generator._add_failed_source_path(path)
                return
            if isinstance(content, SkipStub):
                logger.debug("Safely skipping %s", path)
                return
            if not content.is_valid():
                generator._add_failed_source_path(path)
                return
            generator.cache_data(path, content)
        yield content

    def _fetch(self, content: Light) -> str:
        """The body of a content that was made from its row. A body that is lost is read again."""
        path = content.__dict__["_path"]
        body = self._bodies.get(path)
        if body is None:
            with logs.silence():
                text = str(self._from_file(path, self._kind.light)._content)
            body = text.encode("utf-8", "surrogatepass")
            self._bodies.hold(path, body)
        return body.decode("utf-8", "surrogatepass")

    def _keep(self, rows: dict[str, Row], gone: set[str]) -> None:
        store, name = self._run.store, self._kind.name
        if self._run.doubts or not (rows or gone):
            return
        self._bodies.save()
        store.drop(register.TABLE, [name])
        store.put("epochs", {name: self._run.epoch.encode()})
        store.put(name, ((path, line(first) + rest) for path, (first, rest) in rows.items()))
        store.drop(name, gone)
        store.drop(f"{name} bodies", gone)
        store.commit()

    def _place(self, path: str) -> str:
        return os.path.abspath(os.path.join(self._generator.path, path))  # noqa: PTH100, PTH118 - as readers are told


def line(first: list[Any]) -> bytes:
    return f"{states.encode(first)}\n".encode("utf-8", "surrogatepass")
