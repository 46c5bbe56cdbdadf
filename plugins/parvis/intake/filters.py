"""Which items of a source are wanted, by what its entry in sources.yml says; and dates that move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from .. import html
from ..model import Item
from ..options import Source
from ..sources.values import language
from . import flags, tongues
from .draft import NOTHING, Noticed
from .shelf import Place

LONG_AGO = datetime.min.replace(tzinfo=UTC)
MOST_SEARCHED = 200_000
MOVED = timedelta(days=2)
LASTING = frozenset({"double", "flood", "ahead", "re-dated", "namesake", "source-changed"})
"""Flags of the moment an item came, which the item alone does not show."""


def chosen(source: Source, items: Iterable[Item], notes: list[str], now: datetime) -> tuple[list[Item], int]:
    """The newest items that pass the source's filters, each id once, and how many did not pass."""
    unique: dict[str, Item] = {}
    doubled = sum(unique.setdefault(item.id, item) is not item for item in items)
    reasons = {id: next(unwanted(source, item, now), "") for id, item in unique.items()}
    passed = [item for id, item in unique.items() if not reasons[id]]
    newest = sorted(passed, key=lambda item: item.published or LONG_AGO, reverse=True)
    if doubled:
        notes.append(f"{doubled} with an id that another one has too: the first counts")
    if out := Counter(filter(None, reasons.values())):
        notes.append(f"kept out by its filters: {', '.join(f'{n} by {why}' for why, n in sorted(out.items()))}")
    if len(newest) > source.max_items:
        notes.append(f"{len(newest) - source.max_items} older ones left out (max_items: {source.max_items})")
    return newest[: source.max_items], len(unique) - len(passed)


def unwanted(source: Source, item: Item, now: datetime) -> Iterator[str]:
    """The options of its source that an item does not satisfy, the cheapest to tell first."""
    if source.max_age and item.published and item.published < now - timedelta(days=source.max_age):
        yield "max_age"
    if item.likes is not None and item.likes < source.min_likes:
        yield "min_likes"
    yield from _tagged(source, item)
    if not (source.include or source.exclude or source.min_words or source.languages):
        return
    words = html.plain(item.html[:MOST_SEARCHED])
    if len(words.split()) < source.min_words:
        yield "min_words"
    if source.languages and _language(source, item, words) not in ("", *source.languages):
        yield "languages"
    said = flags.folded("\n".join((item.title, *item.tags, words)))
    if source.include and not flags.pattern(source.include).search(said):
        yield "include"
    if source.exclude and flags.pattern(source.exclude).search(said):
        yield "exclude"


def re_dated(item: Item, place: Place) -> Noticed:
    """An old post that its source shows as new: its date has moved on by days since it came."""
    if not (place.when and item.published and item.published - place.when > MOVED):
        return NOTHING
    return Noticed(("re-dated",), f"it first came with the date {place.when:%Y-%m-%d}")


def _tagged(source: Source, item: Item) -> Iterator[str]:
    if not (source.only_tags or source.not_tags):
        return
    has = {_tag(tag) for tag in item.tags}
    if source.only_tags and has.isdisjoint(map(_tag, source.only_tags)):
        yield "only_tags"
    if not has.isdisjoint(map(_tag, source.not_tags)):
        yield "not_tags"


def _tag(tag: str) -> str:
    return flags.folded(html.text(tag)).strip().removeprefix("#")


def _language(source: Source, item: Item, words: str) -> str:
    """The language an item says it is in, else its source's, else what its words look like; "" where unsure."""
    said = next(filter(None, map(language, (item.lang, source.lang))), "")
    return said.partition("-")[0] or tongues.found(f"{item.title}\n{words}")
