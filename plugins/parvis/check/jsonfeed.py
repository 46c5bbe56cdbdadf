"""JSON Feed as its specification wants it (jsonfeed.org/version/1.1), member by member."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ..errors import Fault
from . import values
from .markup import harmless
from .values import Rule, Value

VERSION = "https://jsonfeed.org/version/1.1"
AUTHOR: Mapping[str, Rule] = {"name": values.filled, "url": values.address, "avatar": values.address}
ATTACHMENT: Mapping[str, Rule | type] = {
    "url": values.address,
    "mime_type": values.media_type,
    "title": values.filled,
    "size_in_bytes": int,
    "duration_in_seconds": int,
}
HUB: Mapping[str, Rule] = {"type": values.filled, "url": values.address}
ITEM: Mapping[str, Rule | type] = {
    "id": values.filled,
    "url": values.address,
    "external_url": values.address,
    "title": values.filled,
    "content_html": harmless,
    "content_text": values.filled,
    "summary": values.filled,
    "image": values.address,
    "banner_image": values.address,
    "date_published": values.rfc3339,
    "date_modified": values.rfc3339,
    "authors": list,
    "tags": list,
    "language": values.language,
    "attachments": list,
}
FEED: Mapping[str, Rule | type] = {
    "version": values.one_of(VERSION),
    "title": values.filled,
    "home_page_url": values.address,
    "feed_url": values.address,
    "description": values.filled,
    "user_comment": values.filled,
    "next_url": values.address,
    "icon": values.address,
    "favicon": values.address,
    "authors": list,
    "language": values.language,
    "expired": bool,
    "hubs": list,
    "items": list,
}
LISTS: Mapping[str, tuple[Mapping[str, Rule | type], tuple[str, ...]]] = {
    "authors": (AUTHOR, ()),
    "attachments": (ATTACHMENT, ("url", "mime_type")),
    "hubs": (HUB, ("type", "url")),
    "items": (ITEM, ("id", "url", "date_published")),
}


def is_feed(data: Any) -> bool:
    return isinstance(data, dict) and str(data.get("version", "")).startswith("https://jsonfeed.org/version/")


def audit(text: str, where: str, url: str, now: datetime) -> Iterator[Fault]:
    """Every fault of one file, nothing where it is JSON but no feed."""
    try:
        data = json.loads(text)
    except ValueError as error:
        yield Fault(where, getattr(error, "lineno", 0), f"no JSON: {error}")
        return
    if is_feed(data):
        yield from (Fault(where, 0, what) for what in _feed(data, url, now))


def _feed(data: dict[str, Any], url: str, now: datetime) -> Iterator[str]:
    yield from _members(data, FEED, ("version", "title", "home_page_url", "feed_url", "items"), "feed", now)
    if url and data.get("feed_url") != url:
        yield f"feed_url is {data.get('feed_url')}, and it stands at {url}"
    if url and data.get("next_url") == url:
        yield "next_url leads to the feed itself"
    items = [item for item in data.get("items", ()) if isinstance(item, dict)]
    for id, count in Counter(str(item.get("id")) for item in items).items():
        if count > 1:
            yield f"the id '{id}' stands {count} times"
    for item in items:
        if not {"content_html", "content_text"} & set(item):
            yield f"{item.get('id')}: neither content_html nor content_text"


def _members(
    data: Mapping[str, Any], known: Mapping[str, Rule | type], wanted: tuple[str, ...], where: str, now: datetime
) -> Iterator[str]:
    yield from (f"{where}: {name} is missing" for name in wanted if name not in data)
    for name, value in data.items():
        if name.startswith("_"):
            continue
        if name not in known:
            yield f"{where}: {name} is no member of JSON Feed 1.1"
            continue
        what = _wrong(known[name], value, now)
        if what:
            yield f"{where}: {name}: {what}"
        elif isinstance(value, list):
            yield from _list(name, value, str(data.get("id", where)), now)


def _list(name: str, found: list[Any], where: str, now: datetime) -> Iterator[str]:
    if name == "tags":
        yield from (f"{where}: a tag that is no text" for tag in found if not isinstance(tag, str) or not tag.strip())
        return
    known, wanted = LISTS[name]
    for part in found:
        if isinstance(part, dict) and part:
            yield from _members(part, known, wanted, str(part.get("id", f"{where}: {name}")), now)
        else:
            yield f"{where}: {name}: one that says nothing"


def _wrong(rule: Rule | type, value: Any, now: datetime) -> str:
    if isinstance(rule, type):
        return "" if type(value) is rule else f"want {rule.__name__}"
    if not isinstance(value, str):
        return "want a text"
    return values.whole_letters(Value(value, now)) or rule(Value(value, now))
