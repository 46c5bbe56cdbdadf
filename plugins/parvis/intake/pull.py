"""Reads every source, and leaves what is new as files for people to decide on.

Sources are read many at once, files are written in one batch at the end, and what is remembered of a source is
written after its files: a pull that is killed anywhere is made good by the next one.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from time import time

from .. import __version__, files
from ..errors import CONFIG, Fault, Refused, did_you_mean, refuse
from ..ledger import Ledger
from ..options import Source
from ..settings import Settings
from . import memory, shelf, store, watch
from .account import Account
from .draft import Rules
from .keeping import Keeper
from .memory import Memory
from .rounds import Round, Told
from .store import Batch
from .watch import Watch


def pull(
    settings: Settings,
    environ: Mapping[str, str],
    *,
    names: Sequence[str] = (),
    dry_run: bool = False,
    told: Told = lambda name: None,
    now: float | None = None,
) -> Account:
    """Pulls all sources, or those named; `told` hears a source's name when it was read, and when its files are made.

    `now` is in seconds since 1970, else by the clock. Raises Refused where nothing could be done at all: an unknown
    name, a ledger at fault, a disk that is full.
    """
    folder, now = settings.folder, time() if now is None else now
    sources = _named(settings, names)
    with nullcontext() if dry_run else store.held(folder):
        if not dry_run:
            store.recover(settings.content)
        keeper = _keeper(settings, environ)
        known = {source.name: _recalled(settings, source, keeper) for source in sources}
        round = Round(settings, keeper, known, now, bool(names), told, environ)
        reads = asyncio.run(round.read(sources))
        round.look(sources, reads)
        asyncio.run(round.pictures(sources))
        round.draft(sources)
        lines = [round.line(source, reads[source.name]) for source in sources]
        if not dry_run:
            _withdraw(keeper, now)
            _distrust(folder, round.watched)
            keeper.batch.write(settings.content)
            learnt = {
                line.name: round.learnt(source, reads[line.name], line)
                for source, line in zip(sources, lines, strict=True)
            }
            _remember(folder, sources, learnt, round.watched)
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


def _withdraw(keeper: Keeper, now: float) -> None:
    """What its author took down upstream leaves the site too, and stays out until a person restores it."""
    at = datetime.fromtimestamp(now, UTC).replace(microsecond=0)
    for id, live in sorted(keeper.withdrawn.items()):
        entry = id if live else ""
        file, text = keeper.ledger.file(
            "item", id, decision="withdrawn", by="upstream", at=at, reason="gone", entry=entry
        )
        keeper.batch.texts[file.relative_to(keeper.content).as_posix()] = text


def _distrust(folder: Path, watched: Mapping[str, Watch]) -> None:
    """Known before the first file of a source that has changed lies here: after that nothing of it would look new."""
    strange = (watch.changed(folder, name, seen) for name, seen in watched.items() if seen.changed)
    _put(dict(chain.from_iterable(strange)))


def _remember(
    folder: Path, sources: Sequence[Source], learnt: Mapping[str, Memory], watched: Mapping[str, Watch]
) -> None:
    """A file need not be spared, however often it fails. Memories go last: where they are old, all is read anew."""
    known = dict(chain.from_iterable(watch.changed(folder, name, watched[name]) for name in learnt))
    for source in sources:
        said = learnt[source.name]
        spared = said if source.url else replace(said, later=0.0, failures=0, asked=0.0, stopped=False)
        known.update(memory.changed(folder, source.name, spared))
    _put(known)


def _put(known: Mapping[Path, str]) -> None:
    try:
        files.put_all(known)
    except OSError as error:
        raise store.stopped(error, ".cache") from None
