"""What items show only beside others and the clock: copies, floods, a known name on another account, a day to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from .. import nodes
from ..errors import Refused
from ..matter import split
from ..model import Item
from ..nodes import Pairs, Text
from . import flags
from .doubles import Doubles
from .draft import NOTHING, Noticed, signed
from .shelf import Place, Shelf

FLOOD = 20  # of one day, below which nothing is a flood
TIMES = 5  # as many as its source ever had in a day
ZONES = timedelta(days=1)  # by which a clock without a zone may be ahead
OLD = timedelta(days=30)  # behind the latest that is known: such items do not come in numbers


@dataclass
class Noticing:
    """Looks at what is new of one source after the other; those that are known are left as they are."""

    content: Path
    shelf: Shelf
    now: datetime
    _accounts: dict[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def of(self, source: str, items: Iterable[Item], changed: str = "") -> dict[str, Noticed]:
        """What a person should know of each new item, by its id. `changed` says how its source has changed."""
        fresh = [item for item in items if item.id not in self.shelf.places]
        places = [place for _, place in self.shelf.of(source)] if fresh else []
        floods = flood(fresh, places)
        found: dict[str, Noticed] = {}
        for item in fresh:
            noticed = self._double(item).and_(floods.get(item.id, NOTHING)).and_(self._namesake(source, item))
            noticed = noticed.and_(ahead(item, self.now))
            if changed:
                noticed = noticed.and_(Noticed(("source-changed",), changed))
            if noticed.flags:
                found[item.id] = noticed
        return found

    @cached_property
    def _doubles(self) -> Doubles:
        return Doubles.of(self.content, self.shelf)

    def _double(self, item: Item) -> Noticed:
        if known := self._doubles.of_item(item):
            return Noticed(("double",), f"{known} says the same")
        return NOTHING

    def _namesake(self, source: str, item: Item) -> Noticed:
        author = signed(item.author)
        if not (author.id and author.name):
            return NOTHING
        if source not in self._accounts:
            self._accounts[source] = accounts(self.content, [place for _, place in self.shelf.of(source)])
        known = self._accounts[source].get(flags.folded(author.name), frozenset())
        if not known or author.id in known:
            return NOTHING
        return Noticed(("namesake",), f"{author.name} was approved as another account")


def ahead(item: Item, now: datetime) -> Noticed:
    """A date that nobody can have written on: it would stand before all others for as long as it is to come."""
    if item.published is None or item.published < now + ZONES:
        return NOTHING
    return Noticed(("ahead",), f"it is dated {item.published:%Y-%m-%d}")


def flood(fresh: list[Item], places: Iterable[Place]) -> dict[str, Noticed]:
    """The items of a day on which a source says far more than ever, and old ones that come in numbers.

    Nothing is a flood in what a source says first.
    """
    known = [when for place in places if (when := place.when)]
    if not known or len(fresh) <= FLOOD:
        return {}
    habit = Counter(when.date() for when in known)
    most = max(FLOOD, TIMES * max(habit.values()))
    days: Counter[date | None] = Counter(_day(item) for item in fresh)
    found = {
        item.id: Noticed(("flood",), f"{days[_day(item)]} came at once, of {_day(item) or 'no date'}")
        for item in fresh
        if days[_day(item)] > most
    }
    old = [item for item in fresh if item.published and item.published < max(known) - OLD]
    if len(old) > FLOOD:
        found |= {item.id: Noticed(("flood",), f"{len(old)} old ones came at once") for item in old}
    return found


def accounts(content: Path, places: Iterable[Place]) -> Mapping[str, frozenset[str]]:
    """The accounts of approved authors by the name they sign with, accents and capitals aside."""
    found: dict[str, set[str]] = {}
    for place in places:
        if place.status in ("published", "hidden"):
            name, id = _author(content / place.path)
            if name and id:
                found.setdefault(flags.folded(name), set()).add(id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _author(file: Path) -> tuple[str, str]:
    try:
        head = nodes.parse(split(nodes.read(file, file.name), file.name)[0], file.name)
    except (OSError, Refused):
        return "", ""
    said = head.get("author") if isinstance(head, Pairs) else None
    if not isinstance(said, Pairs):
        return "", ""
    name, id = said.get("name"), said.get("id")
    return (name.value if isinstance(name, Text) else ""), (id.value if isinstance(id, Text) else "")


def _day(item: Item) -> date | None:
    return item.published.date() if item.published else None
