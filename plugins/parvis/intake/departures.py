"""Which items a source has no more: those it says so of, and those that vanished from among their neighbours.

A feed shows its latest items only, so that most of what is no longer in it is just old. What is missing although older
items are still there is asked for at its own address: 404 and 410 mean gone. Only what was found gone in two runs
counts, and in each run a few addresses are asked, each again after a week at the earliest.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..html import plain
from ..model import Item
from ..options import Source
from .memory import Absence
from .shelf import Place

TWICE = 2
MOST_ASKED = 50
AGAIN = 7 * 24 * 3600.0
GONE = (404, 410)
TOMBSTONES = ("[deleted]", "[removed]", "[supprimé]")
MANY = 10
Ask = Callable[[str], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Look:
    """What a run found: `absent` is to be remembered, `gone` are the ids of what was not there for the second time.

    `sure` are those of them that the source itself called gone.
    """

    absent: Mapping[str, Absence]

    @property
    def gone(self) -> tuple[str, ...]:
        return tuple(id for id, absence in self.absent.items() if absence.times >= TWICE)

    @property
    def sure(self) -> frozenset[str]:
        return frozenset(id for id in self.gone if self.absent[id].how != "missed")


@dataclass(frozen=True, slots=True)
class Lookout:
    """Looks for the items of one source that lie in `places`; `ask` gives the HTTP status of an address, 0 for none."""

    source: Source
    places: Mapping[str, Place]
    known: Mapping[str, Absence]
    ask: Ask
    now: float

    async def look(self, items: tuple[Item, ...]) -> Look:
        """After a reading."""
        told = {item.id for item in items if deleted(item)}
        there = {item.id for item in items} - told
        missing = [id for id in self.places if id not in there and (id in told or self._among(self.places[id], items))]
        return await self._looked(missing, told)

    async def look_again(self) -> Look:
        """Where the source says what it said last: only what was missing then is looked for."""
        missing = [id for id, absence in self.known.items() if absence.times and id in self.places]
        return await self._looked(missing, set())

    async def _looked(self, missing: list[str], told: set[str]) -> Look:
        found: dict[str, Absence] = {}
        left = MOST_ASKED
        for id in missing:
            before, address = self.known.get(id, Absence()), self._address(id)
            if before.times >= TWICE:
                found[id] = before
            elif id in told or before.how == "told":
                found[id] = Absence(before.times + 1, self.now, "told")
            elif not address:
                found[id] = Absence(before.times + 1, self.now, "missed")
            elif left == 0 or (not before.times and self.now - before.at < AGAIN):
                found[id] = before
            else:
                left -= 1
                found[id] = self._counted(before, await self.ask(address))
        return Look({id: absence for id, absence in found.items() if absence.at})

    def _counted(self, before: Absence, status: int) -> Absence:
        if status in GONE:
            return Absence(before.times + 1, self.now, "asked")
        return Absence(0 if 200 <= status < 400 else before.times, self.now, before.how)

    def _address(self, id: str) -> str:
        """Where an item can be asked for; what a file says of other places is not followed."""
        return self.places[id].original if self.source.url else ""

    def _among(self, place: Place, items: tuple[Item, ...]) -> bool:
        """Whether it would be in the reading if it were still there: it is younger than the oldest one."""
        oldest = min(_dates(items), default=None)
        return bool(not items or (oldest and place.when and place.when >= oldest))


def deleted(item: Item) -> bool:
    """Whether it is a tombstone: the source says so, or the words are what forums leave in their place."""
    return item.deleted or (
        "[" in item.html[:200] and len(item.html) < 200 and plain(item.html).strip().lower() in TOMBSTONES
    )


def many(gone: int, all: int) -> bool:
    """Whether so much went at once that its source has rather moved or lost its memory."""
    return gone > MANY and gone > all / 2


def _dates(items: tuple[Item, ...]) -> Iterator[datetime]:
    return (item.published for item in items if item.published)
