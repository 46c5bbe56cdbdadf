"""Pelican's lists in time that grows with the items, not with their square; the same lists, in the same order."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from pelican.contents import Content
from pelican.utils import get_original_items
from pelican.utils import process_translations as by_pelican

from .light import Light
from .states import TRANSLATION

PERIODS = {
    "year": attrgetter("date.year"),
    "month": attrgetter("date.year", "date.month"),
    "day": attrgetter("date.year", "date.month", "date.day"),
}


def translations(
    contents: list[Content], translation_id: str | Collection[str] | None
) -> tuple[list[Content], list[Content]]:
    """What `pelican.utils.process_translations` gives, with its warnings and errors."""
    if not translation_id:
        return contents, []
    names = [translation_id] if isinstance(translation_id, str) else list(translation_id)
    try:
        contents.sort(key=attrgetter(*names))
    except (TypeError, AttributeError):
        by_pelican(contents, translation_id)  # raises, in its words
        raise
    originals: list[Content] = []
    for values, found in groupby(contents, attrgetter(*names)):
        items = list(found)
        if len(items) == 1 and _is_alone(items[0]):
            originals.append(items[0])
            items[0].translations = []
            continue
        originals.extend(get_original_items(items, _named(names, values)))
        for each in items:
            each.translations = [other for other in items if other is not each]
    known = {id(each) for each in originals}
    return originals, [each for each in contents if id(each) not in known]


def _is_alone(content: Content) -> bool:
    """Whether it is its own original, without looking at its metadata."""
    return isinstance(content, Light) and not content.__dict__.get("_flags", TRANSLATION) & TRANSLATION


def _named(names: list[str], values: Any) -> str:
    """Pelican's words for a group, in its warnings."""
    each = (values,) if len(names) == 1 else values
    return "with" + ", ".join([' {} "{{}}"'] * len(names)).format(*names).format(*each)


def group(contents: Iterable[Content], name: str, groups: dict[Any, list[Content]]) -> None:
    """Adds each content to the groups of the names that its attribute holds, one or several; a name is looked up, and
    compared, once."""
    known: dict[int, list[Content]] = {}
    kept: list[Any] = []
    for content in contents:
        found = content.__dict__.get(name, ())
        if not found and "_digests" not in content.__dict__:
            found = getattr(content, name, ())
        for each in found if isinstance(found, list | tuple) else (found,):
            members = known.get(id(each))
            if members is None:
                members = known[id(each)] = groups[each]
                kept.append(each)  # an id counts as long as its object lives
            members.append(content)


def by_place(contents: Iterable[Content], places: Mapping[int, int]) -> list[Content]:
    """Those that have a place, each once, in the order of their places; these are by `id`."""
    unique = {id(each): each for each in contents if id(each) in places}
    return sorted(unique.values(), key=lambda each: places[id(each)])


def periods(dates: list[Content], articles: list[Content], settings: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What `ArticlesGenerator._build_period_archives` gives."""
    archives: dict[str, list[Any]] = defaultdict(list)
    wanted = {name: settings[f"{name.upper()}_ARCHIVE_SAVE_AS"] for name in PERIODS}
    places = {id(article): place for place, article in enumerate(articles if any(wanted.values()) else ())}
    for name, key in PERIODS.items():
        save_as = wanted[name]
        if not save_as:
            continue
        for period, found in groupby(dates, key=key):
            group = list(found)
            archives[name].append(
                {
                    "dates": group,
                    "articles": sorted(group, key=lambda each: places[id(each)]),
                    "save_as": save_as.format(date=group[0].date),
                    "url": settings[f"{name.upper()}_ARCHIVE_URL"].format(date=group[0].date),
                    "period": _spoken(name, period),
                    "period_num": (period,) if name == "year" else tuple(period),
                }
            )
    return archives


def _spoken(name: str, period: Any) -> tuple[Any, ...]:
    if name == "year":
        return (period,)
    month = calendar.month_name[period[1]]
    return (period[0], month) if name == "month" else (period[0], month, period[2])
