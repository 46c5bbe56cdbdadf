"""JSON Feed 1 and 1.1 (jsonfeed.org), as feeds of that family are found in the wild."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..errors import SOURCES, refuse
from ..html import prose
from ..model import Item, Person
from . import dates
from .links import completed
from .values import headline, labels, language, paragraphs, picture, signature, web


def items(name: str, text: str, base: str) -> Iterator[Item]:
    """The entries of a JSON Feed; `base` is its own address, "" for a file. Raises Refused where it is none."""
    feed = _parsed(name, text)
    lang = _text(feed, "language")
    for entry in feed["items"]:
        if isinstance(entry, dict):
            yield _item(name, entry, base, lang)


def _item(name: str, entry: dict[str, Any], base: str, lang: str) -> Item:
    html = _text(entry, "content_html")
    plain = _text(entry, "content_text") or _text(entry, "summary")
    url = web(_text(entry, "url"), base)
    return Item(
        source=name,
        upstream_id=_text(entry, "id").strip(),
        url=url,
        author=_author(entry, base),
        published=dates.iso(_text(entry, "date_published")),
        title=headline(_text(entry, "title")),
        html=completed(prose(html), url or base) if html.strip() else paragraphs(plain),
        tags=labels(tag for tag in _list(entry, "tags") if isinstance(tag, str)),
        lang=language(_text(entry, "language") or lang),
        media=picture(web(_text(entry, "image") or _text(entry, "banner_image"), base)),
    )


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        what = f"this is not JSON that can be read ({str(error)[:100]})"
        raise refuse(name, what, "open the address in a browser: is it the feed?", code=SOURCES) from error
    if isinstance(feed, dict) and isinstance(feed.get("items"), list):
        return feed
    raise refuse(name, "this is JSON, but no JSON Feed: it has no list of items", "see jsonfeed.org", code=SOURCES)


def _author(entry: dict[str, Any], base: str) -> Person:
    """The people of an entry as one signature: `authors` of version 1.1, else `author` of version 1."""
    people = [p for p in (_list(entry, "authors") or [entry.get("author")]) if isinstance(p, dict)]
    names = [name for person in people if (name := signature(_text(person, "name")))]
    return Person(", ".join(names), web(_text(people[0], "url"), base) if len(people) == 1 else "")


def _text(thing: dict[str, Any], key: str) -> str:
    """A value that should be text; numbers count as text, since many feeds have numeric ids."""
    value = thing.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:100]
    return value if isinstance(value, str) else ""


def _list(thing: dict[str, Any], key: str) -> list[Any]:
    value = thing.get(key)
    return value if isinstance(value, list) else []
