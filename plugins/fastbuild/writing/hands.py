"""Sheets are made by this process and copies of it, and told of in their order, as if one had made them all."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from sys import intern
from typing import Any

from pelican.plugins import signals

from .. import forks, logs
from ..digests import digest
from ..reading.looks import watched
from ..tracking.facts import Facts
from ..tracking.reads import CHANGED, READS, UNKNOWABLE, Keys, NotingContext
from ..trees import make_folder
from ..trust import listeners
from .ledger import Made
from .sheets import Sheet

logger = logging.getLogger("pelican.writers")  # whose words these are
ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
Result = tuple[str, list[str], list[logs.Said]]
"""Digest of the bytes, keys of what was read, what was logged."""


class Changed(Exception):
    """Pages depend on which ones were made before: they can only be made one after the other."""


@dataclass
class Hands:
    """Raises Changed where a render changes what others see."""

    facts: Facts
    settings: frozenset[str]
    jobs: int
    tracking: bool
    meanwhile: Callable[[], None]
    """What this process does while copies of it begin."""
    _folders: set[str] = field(default_factory=set)
    """Those that are there."""

    def make(self, sheets: Sequence[Sheet]) -> dict[str, Made]:
        """Writes all. What comes out is noted by the name of its file."""
        results = self._shared(sheets)
        if any(CHANGED in keys for _, keys, _ in results.values()):
            raise Changed
        found: dict[str, Made] = {}
        told = bool(listeners("content_written"))
        for place, sheet in enumerate(sheets):
            result = results.get(place)
            if result is None:
                write(sheet)
            else:
                logs.say(result[2])
                logger.info('Writing "%s"', sheet.file)
                warned = any(level >= logging.WARNING for _, level, *_ in result[2])
                found[sheet.name] = Made(sheet.spec, result[0], [UNKNOWABLE] if warned else result[1])
            if told and (context := sheet.announced()) is not None:
                signals.content_written.send(sheet.file, context=context)
        return found

    def _shared(self, sheets: Sequence[Sheet]) -> dict[int, Result]:
        with ExitStack() as work:
            silence = work.enter_context(logs.silence())
            work.enter_context(signals.content_written.muted())
            if self.tracking:
                work.enter_context(watched())
            READS.settings, READS.tracked = self.settings, self.facts.tracked
            done = forks.shared(sheets, partial(self._made, silence), self.jobs, _kin, self.meanwhile)
            try:
                return {place: _understood(result) for place, result in done}
            finally:
                READS.keys = None

    def _made(self, silence: logs.Silence, sheet: Sheet) -> bytes | None:
        silence.taken()
        READS.keys = {} if self.tracking else None
        try:
            data = _bytes(sheet.text())
            _put(sheet.file, data, self._folders)
        except Exception:  # whatever it is, it comes again where it is seen
            return None
        finally:
            keys, READS.keys = READS.keys, None
        return _told(digest(data), keys or {}, silence.taken())


def _kin(sheet: Sheet) -> int:
    return getattr(sheet, "kin", 0)


def _told(said: str, keys: Keys, heard: list[logs.Said]) -> bytes:
    """As one text, which is shorter than JSON. No path can have a NUL; a key that has one is as good as none."""
    text = "\0".join((said, json.dumps(heard) if heard else "", *keys))
    if text.count("\0") > len(keys) + 1:
        return _told(said, {UNKNOWABLE: None, **{key: None for key in keys if "\0" not in key}}, heard)
    return text.encode("utf-8", "surrogatepass")


def _understood(result: bytes) -> Result:
    """Keys are the same ones again and again."""
    said, heard, *keys = result.decode("utf-8", "surrogatepass").split("\0")
    return said, list(map(intern, keys)), json.loads(heard) if heard else []


def write(sheet: Sheet) -> None:
    """As Pelican does, with its words where there is a fault."""
    _put(sheet.file, _bytes(sheet.text()), set())
    logger.info('Writing "%s"', sheet.file)


def noting(environment: Any) -> None:
    """Makes templates of this environment note what they ask for."""
    environment.context_class = NotingContext


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _put(file: str, data: bytes, made: set[str]) -> None:
    """With nothing in between that costs, thousands of times. `made` are folders that are there."""
    folder = os.path.dirname(file)  # noqa: PTH120 - as above
    if folder not in made:
        make_folder(folder)
        made.add(folder)
    written = os.open(file, ANEW, 0o666)
    try:
        while data:
            data = data[os.write(written, data) :]
    finally:
        os.close(written)
