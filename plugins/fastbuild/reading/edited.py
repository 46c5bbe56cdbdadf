"""Contents after an edit: only the texts that changed are read, and lists are those of the last build.

That holds where each of these texts stands in lists as before: everything but its words, that is body, title and other
fields, is as it was; and nothing is listed by what changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pelican.generators import CachingGenerator

from ..edit import Edit
from ..following import Stale
from ..run import Run
from ..trust import is_known, listeners
from . import register, states
from .files import Stamp
from .kinds import Kind
from .library import GOOD, Library, Row, line
from .light import Light
from .register import Register, Shelf

FEW = 100
"""Hollow contents that are filled one by one; for more, all rows are fetched at once."""
PLACED_BY = {"basename", "date", "slug", "url", "save_as", "lang", "source_path", "relative_source_path"}
"""What a text may be listed by, and stays as it is in an edit that keeps its head."""
HEARD = ("content_object_init", "all_generators_finalized", "get_generators", "finalized", "static_generator_context")


class Edited(Library):
    """Reads the texts of an edit."""

    def __init__(self, run: Run, edit: Edit, generator: CachingGenerator, kind: Kind, known: Register) -> None:
        self._base = os.path.abspath(generator.path)  # noqa: PTH100 - as notes spell it
        self._edit, self._register = edit, known
        super().__init__(run, generator, kind, dict(self._changed()))
        self._fresh: dict[str, Row] = {}
        self._filled = 0

    def shelf(self) -> Shelf | None:
        """None where a text does not stand in lists as before."""
        store, name = self._run.store, self._kind.name
        before = {path: self._row_of(path) for path in self._files}
        fresh = self._read(list(self._files))
        if any(not _stands(before[path], fresh.get(path)) for path in self._files):
            return None
        self._fresh = fresh
        store.put(name, ((path, line(first) + rest) for path, (first, rest) in fresh.items()))
        store.commit()
        self._edit.sources.update(map(self._register.source, fresh))
        return register.shelf(self._register, self._light(_row=staticmethod(self._fill)))

    def _changed(self) -> Iterator[tuple[str, Stamp | None]]:
        for path, (size, time, inode) in self._edit.inputs.items():
            if own := self._register.has(os.path.relpath(path, self._base).replace(os.sep, "/")):
                yield own, (time, size, inode)

    def _fill(self, content: Light) -> None:
        """Gives a hollow content its row. Raises Stale where that is not of the file that the last build saw."""
        path = content.__dict__["_path"]
        self._filled += 1
        row = self._fresh.get(path) or (self._row_of(path) if self._filled < FEW else self._all.get(path))
        if row is None or (path not in self._fresh and row[0][0] != self._noted(path)):
            raise Stale(path)
        states.fill(content, row[0][5], row[1], self._run.names)

    def _row_of(self, path: str) -> Row | None:
        value = self._run.store.row(self._kind.name, path)
        first, _, rest = (value or b"").partition(b"\n")
        return (json.loads(first), rest) if value else None

    @cached_property
    def _all(self) -> dict[str, Row]:
        return self._known()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {path: place for place, path in enumerate(self._edit.note.inputs.paths)}

    def _noted(self, path: str) -> list[int] | None:
        place = self._places.get(os.path.normpath(os.path.join(self._base, path)))  # noqa: PTH118 - as notes spell it
        if place is None:
            return None
        size, time, inode = self._edit.note.inputs.stamp(place)
        return [time, size, inode]


def _stands(before: Row | None, after: Row | None) -> bool:
    """Whether what lists are made of is the same in both, good, and right for ever."""
    if before is None or after is None:
        return False
    (_, _, until_before, outcome_before, heard_before, head_before), _ = before
    (stamp, _, until, outcome, heard, head), _ = after
    plain = stamp is not None and until is until_before is None and outcome == outcome_before == GOOD
    return plain and not heard and not heard_before and head[:-2] == head_before[:-2]


def shelf(run: Run, generator: CachingGenerator, kind: Kind, kinds: tuple[Kind, ...]) -> Shelf | None:
    """Contents and lists after an edit; None where all files have to be looked at, from now on by everybody."""
    edit, run.edit = run.edit, None
    if edit is None or run.doubts or not follow(run, generator.settings, kinds):
        return None
    known = edit.registers = edit.registers or {each.name: register.kept(run, each.name) for each in kinds}
    base = os.path.abspath(generator.path)  # noqa: PTH100 - as notes spell it
    names = [] if run.followed else [os.path.relpath(path, base).replace(os.sep, "/") for path in edit.inputs]
    if None in known.values() or not all(any(each and each.has(name) for each in known.values()) for name in names):
        return None
    own = known[kind.name]
    found = Edited(run, edit, generator, kind, own).shelf() if own else None
    if own and found:
        run.edit = edit
        run.holds_until(own.until or 0)
    return found


def follow(run: Run, settings: Any, kinds: tuple[Kind, ...]) -> bool:
    """Whether lists follow from heads alone, with no plugin that may have a hand in them."""
    for kind in kinds:
        order, same = (settings[f"{kind.name.upper()}_{what}"] for what in ("ORDER_BY", "TRANSLATION_ID"))
        names = [order, *([same] if isinstance(same, str) else same or ())]
        if not all(isinstance(name, str) and name.removeprefix("reversed-") in PLACED_BY for name in names):
            return False
    named = [f"{kind.name}_generator_{what}" for kind in kinds for what in ("preread", "context", "finalized")]
    heard = listeners(*named, "article_generator_pretaxonomy", "article_generator_init", *HEARD)
    return all(is_known(module, run.followers) for module in heard)
