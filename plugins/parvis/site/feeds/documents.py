"""Writes the documents of a feed, those alone whose content has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from pelican.writers import Writer

from ...operator import Feeds
from .. import show
from ..addresses import Addresses
from ..pieces import Piece
from ..wanted import Wanted
from . import history, jsonfeed, xml
from .channel import TYPES, Channel, Sheet
from .holding import Held, Made
from .streams import Stream

Document = Callable[[Channel, Sheet, Iterable[str]], bytes]
DOCUMENTS: MappingProxyType[str, Document] = MappingProxyType(
    {"xml": xml.rss, "atom": xml.atom, "json": jsonfeed.document}
)
AROUND = 4 * 1024
"""Bytes of a document beside its entries, at most."""
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""Of a feed that has no entry yet."""


class Batch(NamedTuple):
    """What one document holds, what stands for all of it, when the last of it was updated, and all pieces whose words
    decide over that."""

    held: Sequence[Held]
    stamp: str
    updated: datetime
    shows: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where documents are written, and how large they may be."""

    writer: Writer
    addresses: Addresses
    limits: Feeds
    wanted: Wanted
    _asked: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    """Documents that wait, each with its ending."""

    def done(self) -> None:
        """Writes all that was asked for, one format after the other: entries need be there in one only."""
        for _, write in sorted(self._asked, key=itemgetter(0)):
            write()

    def wants(self, path: str, ends: Iterable[str] = TYPES) -> bool:
        """Whether any form of a document may come out another than it is live."""
        return any(self.wanted.has(f"{path}.{end}") for end in ends)

    def one(self, channel: Channel, path: str, held: Sequence[Held], ends: Iterable[str]) -> None:
        """A feed of the newest entries alone. `path` has no ending, `held` the newest first."""
        weights = [entry.weight for entry in held]
        count = history.newest(weights, items=self.limits.items, budget=self.limits.max_bytes - AROUND)
        batch = _batch(held[:count], held[count : count + 1])  # were the next one shorter, it would be in
        for end in ends:
            self._write(channel, f"{path}.{end}", end, batch)

    def all(self, stream: Stream, made: Made) -> bool:
        """A feed with all its archives. Whether that is all: an edit that moves where they begin is more than one."""
        if not self.wanted.below(stream.path):
            return True
        path, oldest = stream.path, stream.pieces[::-1]
        cut = self._cut(oldest)
        archives, start = found = cut(made.weights(oldest))
        before = made.weights_before(oldest)
        if before and cut(before) != found:
            return False
        names = [*(f"{path}/{archive.name}" for archive in archives), path]
        spans = [*((archive.start, archive.end) for archive in archives), (start, len(oldest))]
        for place, (first, last) in enumerate(spans):
            if not self.wants(names[place], stream.ends):
                continue
            batch = _batch([made.held(piece) for piece in oldest[first:last][::-1]])
            for end in stream.ends:
                older = f"{names[place - 1]}.{end}" if place else ""
                newer = f"{names[place + 1]}.{end}" if place < len(archives) else ""
                current = f"{path}.{end}" if place < len(archives) else ""
                self._write(stream.channel, f"{names[place]}.{end}", end, batch, (older, newer, current))
        return True

    def _cut(self, oldest: Sequence[Piece]) -> Callable[[Sequence[int]], tuple[list[history.Archive], int]]:
        budget = self.limits.max_bytes - AROUND - history.room_for_gone(self.limits.max_bytes)
        return partial(history.cut, [piece.date.year for piece in oldest], items=self.limits.items, budget=budget)

    def _write(
        self, channel: Channel, path: str, end: str, batch: Batch, near: tuple[str, str, str] = ("", "", "")
    ) -> None:
        older, newer, current = (self.addresses.absolute(address) if address else "" for address in near)
        if current or end != "atom":
            channel = replace(channel, gone=())
        sheet = Sheet(self.addresses.absolute(path), batch.updated, older, newer, current)
        inputs = [repr(channel), repr(sheet), batch.stamp]
        make = partial(_made, channel, sheet, end, batch.held)
        self._asked.append((end, partial(show.artifact, self.writer, path, inputs, make, batch.shows)))


def _batch(held: Sequence[Held], next: Sequence[Held] = ()) -> Batch:
    updated = max((entry.updated for entry in held), default=BEGINNING)
    shows = [entry.piece for entry in (*held, *next)]
    return Batch(held, show.stamp(entry.stamp for entry in held), updated, shows)


def _made(channel: Channel, sheet: Sheet, end: str, held: Sequence[Held]) -> bytes:
    return DOCUMENTS[end](channel, sheet, (entry.text(end) for entry in held))
