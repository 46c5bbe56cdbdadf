"""Which feeds a site has: Pelican's settings for them, in Pelican's order, each with what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Protocol

FORMS = ("atom", "rss")
Elements = Callable[[], list[Any]]
"""Asked for only where the feed is made."""
Feed = tuple[str, Elements, str, dict[str, Any]]
"""Path, what stands in it, form, and what else Pelican's `write_feed` is told."""


class Lists(Protocol):
    articles: list[Any]
    categories: Any
    authors: Any
    tags: Any

    def fed(self) -> list[Any]: ...

    def fed_by_language(self) -> dict[str, list[Any]]: ...


def all_of(lists: Lists, settings: Mapping[str, Any]) -> Iterator[Feed]:
    for name, elements in (("FEED", lambda: lists.articles), ("FEED_ALL", cache(lists.fed))):
        for form in FORMS:
            key = f"{name}_{form.upper()}"
            if settings.get(key):
                yield settings[key], elements, form, {"url": settings.get(f"{key}_URL", settings[key])}
    yield from _of_groups("CATEGORY", lists.categories, settings)
    yield from _of_groups("AUTHOR", lists.authors, settings)
    yield from _of_groups("TAG", lists.tags.items(), settings)
    if settings.get("TRANSLATION_FEED_ATOM") or settings.get("TRANSLATION_FEED_RSS"):
        for lang, found in lists.fed_by_language().items():
            yield from _each("TRANSLATION", settings, found, {"lang": lang}, {})


def _of_groups(name: str, groups: Any, settings: Mapping[str, Any]) -> Iterator[Feed]:
    if settings.get(f"{name}_FEED_ATOM") or settings.get(f"{name}_FEED_RSS"):
        for wrapper, articles in groups:
            yield from _each(name, settings, articles, {"slug": wrapper.slug}, {"feed_title": wrapper.name})


def _each(
    name: str, settings: Mapping[str, Any], found: list[Any], given: Mapping[str, str], more: dict[str, Any]
) -> Iterator[Feed]:
    for form in FORMS:
        key = f"{name}_FEED_{form.upper()}"
        if settings.get(key):
            path = str(settings[key])
            url = settings.get(f"{key}_URL", path).format(**given)
            yield path.format(**given), lambda: found, form, {"url": url, **more}
