"""One round of all sources: who is asked and who is left alone, what came, what is to be remembered."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from ..errors import SOURCES, Fault
from ..model import Item
from ..options import Source
from ..settings import Settings
from . import departures, drafting, filters
from . import watch as watching
from .account import Line
from .cage import Cage
from .departures import Look, Lookout
from .draft import NOTHING, Noticed
from .drafting import Job
from .http import Client
from .keeping import Keeper, Kept
from .memory import Memory
from .noticing import Noticing
from .pictures import Album
from .reading import Read, Reader
from .robots import Robots
from .watch import Watch

LONGEST_WAIT = 31 * 24 * 3600  # seconds; to wait longer is a clock that was wrong
HOUR = 3600.0
LATE = 300.0  # seconds by which a schedule may be early
TRIES = 4  # runs in which a picture that cannot be had is asked for
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The items of a source that pass its filters, what was noticed about them, and how many did not pass."""

    items: list[Item]
    noticed: Mapping[str, Noticed]
    out: int
    notes: list[str]


@dataclass(slots=True)
class Round:
    """`known` is what is remembered of each source, `named` says that a person asked for these very ones.

    `told` hears a source's name when it was read, and when its files are made.
    """

    settings: Settings
    keeper: Keeper
    known: Mapping[str, Memory]
    now: float
    named: bool
    told: Told
    environ: Mapping[str, str] = field(default_factory=dict)
    watched: dict[str, Watch] = field(default_factory=dict)
    _wanted: dict[str, Wanted] = field(default_factory=dict)
    _missed: dict[str, Mapping[str, int]] = field(default_factory=dict)

    async def read(self, sources: Iterable[Source]) -> dict[str, Read]:
        """Every source at once; those that asked for a pause are left alone."""
        async with Cage() as cage:
            client, limit = self._client(), self.settings.operator.fetch.max_bytes
            reader = Reader(self.settings.folder, limit, client, cage, Robots(client), self.environ)
            read = await asyncio.gather(*(self._one(reader, source) for source in sources))
        return dict(read)

    def look(self, sources: Iterable[Source], reads: dict[str, Read]) -> None:
        """What is to be known of each source before any file is made. A reading that was looked at loses its items."""
        noticing = Noticing(self.keeper.content, self.keeper.shelf, datetime.fromtimestamp(self.now, UTC))
        for source in sources:
            self._look(source, reads[source.name], noticing)
            reads[source.name] = replace(reads[source.name], items=())

    def _look(self, source: Source, read: Read, noticing: Noticing) -> None:
        watch = self.watched[source.name] = self._watched(source, read)
        if read.faults or read.same:
            return
        notes = list(read.notes)
        there = [item for item in read.items if not departures.deleted(item)]
        items, out = filters.chosen(source, there, notes, datetime.fromtimestamp(self.now, UTC))
        if watch.changed:
            notes.append(f"what is new is held for a person: {watch.changed}; see `invoke sources`")
        noticed = noticing.of(source.name, items, watch.changed)
        self._wanted[source.name] = Wanted(items, noticed, out, notes)

    async def pictures(self, sources: Iterable[Source]) -> None:
        """Copies the pictures of what is new, where a source permits it, and those that could not be had before."""
        copying = {source.name: source for source in sources if source.media == "copy" and source.name in self._wanted}
        if not copying:
            return
        album = Album()
        new = {name: [item for item in self._wanted[name].items if self._pictured(name, item)] for name in copying}
        await album.fill(self._client(), {name: (copying[name], items) for name, items in new.items()})
        self.keeper.batch.pictures.update(album.files)
        for name, source in copying.items():
            wanted = self._wanted[name]
            with_pictures = {
                item.id: wanted.noticed.get(item.id, NOTHING).and_(Noticed(media=album.of[item.id]))
                for item in new[name]
                if album.of.get(item.id)
            }
            notes = [*wanted.notes, *album.notes.get(name, ())]
            times = {item.id: self.known[name].missed.get(item.id, 0) + 1 for item in new[name]}
            missed = self._missed[name] = {id: n for id, n in times.items() if id in album.missed and n < TRIES}
            waits = missed if source.trust == "trusted" else {}  # it would go live without them, and stay so
            items = [item for item in wanted.items if item.id not in waits]
            self._wanted[name] = replace(wanted, items=items, noticed={**wanted.noticed, **with_pictures}, notes=notes)

    def _pictured(self, name: str, item: Item) -> bool:
        """Whether its pictures are to be had in this run."""
        return item.id not in self.keeper.shelf.places or item.id in self.known[name].missed

    def draft(self, sources: Iterable[Source]) -> None:
        """Makes the files of what is new, where there is so much that more than one processor pays."""
        by_name = {source.name: source for source in sources}
        jobs = [
            Job(item, by_name[name], wanted.noticed.get(item.id, NOTHING))
            for name, wanted in self._wanted.items()
            for item in wanted.items
            if item.id not in self.keeper.shelf.places
        ]
        self.keeper.drafts.update(drafting.made(jobs, self.keeper.rules))

    def line(self, source: Source, read: Read) -> Line:
        """What came of a source."""
        known, wanted = self.known[source.name], self._wanted.pop(source.name, None)
        if read.faults:
            self.told(source.name)
            return Line(source.name, Kept(), read.faults)
        if wanted:
            kept = self.keeper.keep(source, wanted.items, wanted.noticed)
            kept.out += wanted.out
            kept.notes[:0] = wanted.notes
        else:
            kept = Kept(same=len(known.ids), ids=list(known.ids), notes=list(read.notes))
        self._departed(source, read.look, kept)
        self.told(source.name)
        return Line(source.name, kept)

    def learnt(self, source: Source, read: Read, line: Line) -> Memory:
        """What is to be remembered of a source, once its files are there."""
        known = self.known[source.name]
        if not read.asked:
            return known
        if read.faults:
            spread = _spread(f"{self.settings.brand.authority} {source.name} {known.failures}")
            return known.failed(self.now, read.retry_after, status=read.status, spread=spread)
        later = self.now + read.retry_after if read.retry_after else 0.0
        ids, absent, missed = tuple(line.kept.ids), read.look.absent, self._missed.get(source.name, {})
        pages = {} if missed else read.pages  # so that it is read anew, though it may say the same
        asked = self.now if source.every else 0.0
        return Memory(known.key, pages, ids, later, asked=asked, absent=absent, missed=missed)

    def _client(self) -> Client:
        fetch, brand = self.settings.operator.fetch, self.settings.brand
        return Client(replace(fetch, contact=fetch.contact or brand.contact or brand.address))

    async def _one(self, reader: Reader, source: Source) -> tuple[str, Read]:
        known = self.known[source.name]
        if (spared := self._spared(source, known)) is not None:
            self.told(source.name)
            return source.name, spared
        read = await reader.read(source, known.pages)
        if not read.faults:
            places = dict(self.keeper.shelf.of(source.name))
            ask = partial(reader.status, source)
            lookout = Lookout(source, places, known.absent, ask, self.now)
            read = replace(read, look=await (lookout.look_again() if read.same else lookout.look(read.items)))
        self.told(source.name)
        return source.name, read

    def _spared(self, source: Source, known: Memory) -> Read | None:
        """What is said of a source that is not asked this time; None where it is."""
        if self.named:
            return None
        if known.stopped:
            return self._left_alone(source, "is gone for good (410 Gone) and is not asked any more")
        if self.now < known.later < self.now + LONGEST_WAIT:
            until = datetime.fromtimestamp(known.later, self.settings.brand.timezone)
            why = f"it asked for that, or failed {known.failures} times" if known.failures else "its limit was reached"
            return self._left_alone(source, f"is left alone until {until:%Y-%m-%d %H:%M}: {why}")
        if source.every and known.pages and self.now < known.asked + source.every * HOUR - LATE:
            return Read(pages=known.pages, same=True, look=Look(known.absent), asked=False)
        return None

    def _left_alone(self, source: Source, what: str) -> Read:
        hint = f"`invoke pull --source {source.name}` asks now"
        return Read(faults=(Fault(source.name, 0, what, hint, SOURCES),), asked=False)

    def _watched(self, source: Source, read: Read) -> Watch:
        """What is known of a source after this run."""
        watch = watching.load(self.settings.folder, source.name)
        if read.faults:
            return watch.broke(self.now, read.faults[0].what) if read.asked else watch
        watch = watch.succeeded(self.now, read.moved) if read.asked else watch
        if read.same:
            return watch
        fresh = [item for item in read.items if not self.keeper.has(item.id)]
        return watch.seen(list(read.items), fresh, read.about, self.now)

    def _departed(self, source: Source, look: Look, kept: Kept) -> None:
        """What is gone for the second time; so much at once that the source has rather moved, a person decides on."""
        gone = [id for id in look.gone if self.keeper.has(id)]
        sure = set() if departures.many(len(gone), len(kept.ids) + len(gone)) else look.sure
        self.keeper.depart(source, [id for id in gone if id in sure], kept)
        self.keeper.depart(replace(source, gone="propose") if source.gone == "withdraw" else source,
                           [id for id in gone if id not in sure], kept)  # fmt: skip


def _spread(said: str) -> float:
    """The same fraction for the same words, another one for others: jitter without chance."""
    return hashlib.sha256(said.encode()).digest()[0] / 256
