"""Reads every source, and leaves what is new as files for people to decide on.

Sources are read many at once, files are written in one batch at the end, and what is remembered of a source is
written after its files: a pull that is killed anywhere is made good by the next one.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import time

from .. import __version__
from ..errors import CONFIG, SOURCES, Fault, Refused, did_you_mean, refuse
from ..ledger import Ledger
from ..options import Source
from ..settings import Settings
from . import memory, shelf, store
from .account import Account, Line
from .cage import Cage
from .draft import Rules
from .http import Client
from .keeping import Keeper, Kept
from .memory import Memory
from .reading import Read, Reader
from .store import Batch

LONGEST_WAIT = 31 * 24 * 3600  # seconds; to wait longer is a clock that was wrong
Told = Callable[[str], None]


def pull(
    settings: Settings,
    environ: Mapping[str, str],
    *,
    names: Sequence[str] = (),
    dry_run: bool = False,
    told: Told = lambda name: None,
) -> Account:
    """Pulls all sources, or those named; `told` hears a source's name when it was read, and when its files are made.

    Raises Refused where nothing could be done at all: an unknown name, a ledger at fault, a disk that is full.
    """
    folder, now = settings.folder, time()
    sources = _named(settings, names)
    with nullcontext() if dry_run else store.held(folder):
        if not dry_run:
            store.sweep(settings.content)
        keeper = _keeper(settings, environ)
        known = {source.name: _recalled(settings, source, keeper) for source in sources}
        reads = asyncio.run(_read(settings, sources, known, told, environ, now=0.0 if names else now))
        lines = []
        for source in sources:
            lines.append(_line(source, reads[source.name], known[source.name], keeper))
            told(source.name)
        if not dry_run:
            keeper.batch.write(settings.content)
            for source, line in zip(sources, lines, strict=True):
                _remember(folder, source, _learnt(reads[source.name], known[source.name], line, now))
    return Account(tuple(lines), dry_run)


def _named(settings: Settings, names: Sequence[str]) -> list[Source]:
    for name in names:
        if name not in settings.sources:
            what = f"no source is named '{name}'{did_you_mean(name, settings.sources)}"
            hint = f"content/sources.yml has {', '.join(settings.sources) or 'none'}"
            raise refuse("--source", what, hint, code=CONFIG)
    return [source for name, source in settings.sources.items() if not names or name in names]


def _keeper(settings: Settings, environ: Mapping[str, str]) -> Keeper:
    faults: list[Fault] = []
    ledger = Ledger(settings.folder, environ, faults)
    if faults:  # what cannot be read might keep somebody out
        raise Refused(faults)
    return Keeper(settings.content, Rules.of(settings), ledger, shelf.read(settings.content), Batch())


def _recalled(settings: Settings, source: Source, keeper: Keeper) -> Memory:
    """What is remembered of a source, as far as it still holds: after a change of settings all is read anew."""
    said = (__version__, replace(source, line=0), settings.moderation, settings.brand.languages)
    key = hashlib.sha256(repr(said).encode()).hexdigest()[:32]
    remembered = memory.load(settings.folder, source.name)
    if remembered.key != key:
        return Memory(key)
    return remembered if all(map(keeper.has, remembered.ids)) else replace(remembered, pages={})


async def _read(
    settings: Settings,
    sources: Iterable[Source],
    known: Mapping[str, Memory],
    told: Told,
    environ: Mapping[str, str],
    *,
    now: float,
) -> dict[str, Read]:
    """Every source at once; those that asked for a pause are left alone until `now`."""
    fetch = settings.operator.fetch
    async with Cage() as cage:
        reader = Reader(settings.folder, fetch.max_bytes, Client(fetch), cage, environ)

        async def one(source: Source) -> tuple[str, Read]:
            remembered = known[source.name]
            waits = now and now < remembered.later < now + LONGEST_WAIT
            read = _pausing(settings, source, remembered) if waits else await reader.read(source, remembered.pages)
            told(source.name)
            return source.name, read

        return dict(await asyncio.gather(*map(one, sources)))


def _pausing(settings: Settings, source: Source, remembered: Memory) -> Read:
    until = datetime.fromtimestamp(remembered.later, settings.brand.timezone)
    what = f"is left alone until {until:%Y-%m-%d %H:%M}: it asked for that, or failed {remembered.failures} times"
    return Read(faults=(Fault(source.name, 0, what, f"`invoke pull --source {source.name}` asks now", SOURCES),))


def _line(source: Source, read: Read, known: Memory, keeper: Keeper) -> Line:
    if read.faults:
        return Line(source.name, Kept(), read.faults)
    if read.same:
        return Line(source.name, Kept(same=len(known.ids), ids=list(known.ids)))
    kept = keeper.keep(source, read.items)
    kept.notes[:0] = read.notes
    return Line(source.name, kept)


def _learnt(read: Read, known: Memory, line: Line, now: float) -> Memory:
    if not read.faults:
        later = now + read.retry_after if read.retry_after else 0.0
        return Memory(known.key, read.pages, tuple(line.kept.ids), later)
    return known.failed(now, read.retry_after)


def _remember(folder: Path, source: Source, learnt: Memory) -> None:
    """A file need not be spared, however often it fails."""
    try:
        memory.save(folder, source.name, learnt if source.url else replace(learnt, later=0.0, failures=0))
    except OSError as error:
        raise store.stopped(error, ".cache/http") from None
