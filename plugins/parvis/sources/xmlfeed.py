"""RSS and Atom, read by feedparser within limits that it does not have itself."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

from ..errors import SOURCES, refuse
from ..html import prose
from ..model import Item, Medium, Person
from . import dates, markup
from .links import completed
from .values import TAG, headline, labels, language, licence, paragraphs, picture, signature, web, words

MOST_PICTURES = 20
XHTML = "application/xhtml+xml"
READABLE = ("text/html", "text/plain", XHTML)


def items(name: str, text: str, base: str, most: int) -> Iterator[Item]:
    """At most `most` entries; `base` is the document's own address, "" for a file. Raises Refused for no feed."""
    try:
        document = markup.bounded(text, most)
    except markup.TooMuch as limit:
        raise refuse(name, f"this feed is not read: {limit}", "ask its owner for a plain one", code=SOURCES) from limit
    start = document[:40]
    # A stream, since feedparser would open bytes that look like an address or a path.
    stream = BytesIO(document.encode())
    del text, document  # each is as large as the feed
    parsed = _parsed(name, stream)
    version, entries = str(parsed.get("version") or ""), parsed["entries"]
    if not version and not entries:
        what = f"this is no feed; it starts with “{words(start)}”" if start else "there is nothing at this address"
        raise refuse(name, what, "open the address in a browser: has it moved?", code=SOURCES)
    feed = dict(parsed["feed"])
    yield from (_item(name, dict(entry), feed, base, version) for entry in entries)


def _parsed(name: str, stream: BytesIO) -> dict[str, Any]:
    import feedparser

    feedparser.api.PREFERRED_XML_PARSERS.clear()  # Python's own on any machine, and not looked for at each feed
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed: dict[str, Any] = feedparser.parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # it stumbles over elements that it knows in places where it does not expect them
        what = f"this feed is too broken to be read ({type(error).__name__} in feedparser)"
        raise refuse(name, what, "check it at https://validator.w3.org/feed/", code=SOURCES) from error
    return parsed


def _item(name: str, entry: dict[str, Any], feed: dict[str, Any], base: str, version: str) -> Item:
    heading, body = _part(entry, "title_detail"), _fullest(entry)
    literal = version.startswith("atom") and heading.get("type") == "text/plain"
    title, html = headline(_text(entry, "title"), literal=literal), _html(body, base)
    url = _address(entry, base)
    return Item(
        source=name,
        upstream_id=_text(entry, "id").strip() or ("" if url or html else title),
        url=url,
        author=Person(signature(_text(entry, "author")), web(_text(_part(entry, "author_detail"), "href"), base)),
        published=dates.read(_text(entry, "published")) or dates.read(_text(entry, "updated")),
        title=title,
        html=html,
        tags=labels(_text(tag, "term") for tag in _parts(entry, "tags")),
        lang=language(next(filter(None, (_text(part, "language") for part in (entry, body, heading, feed))), "")),
        media=_media(entry, base),
        licence=licence([*_licences(entry), *_licences(feed)], _text(entry, "rights"), _text(feed, "rights")),
    )


def _address(entry: dict[str, Any], base: str) -> str:
    """The entry's link. Where there is none feedparser takes the guid, which is an address only if it is complete."""
    link = _text(entry, "link")
    given = any(_text(known, "href") == link for known in _parts(entry, "links"))
    return web(link, base if given else "")


def _fullest(entry: dict[str, Any]) -> dict[str, Any]:
    """The longest of content and summary; content where they are alike."""
    parts = [*_parts(entry, "content"), _part(entry, "summary_detail")]
    return max(
        (part for part in parts if part.get("type") in READABLE), key=lambda p: len(_text(p, "value")), default={}
    )


def _html(part: dict[str, Any], base: str) -> str:
    """Markup with complete addresses. Text without a tag is text, whatever it was declared as."""
    value = prose(_text(part, "value"))
    if part.get("type") == "text/plain":
        return paragraphs(value)
    if part.get("type") != XHTML and not TAG.search(value) and "<!--" not in value:
        return paragraphs(unescape(value))
    return completed(value, web(_text(part, "base"), base) or base)


def _media(entry: dict[str, Any], base: str) -> tuple[Medium, ...]:
    """Pictures that go with an entry: enclosures and media of that type, else what stands for a film or a sound."""
    given = [*_parts(entry, "enclosures"), *_parts(entry, "media_content")]
    pictures = [part for part in given if _text(part, "type").startswith("image/") or part.get("medium") == "image"]
    found: dict[str, Medium] = {}
    for part in pictures or _parts(entry, "media_thumbnail"):
        for medium in picture(web(_text(part, "href") or _text(part, "url"), base), type=_text(part, "type")):
            found.setdefault(medium.url, medium)
    return tuple(found.values())[:MOST_PICTURES]


def _licences(part: dict[str, Any]) -> Iterator[str]:
    return (_text(link, "href") for link in _parts(part, "links") if link.get("rel") == "license")


def _text(part: dict[str, Any], key: str) -> str:
    """A value that should be text: a stranger's element may be named as feedparser names what it has parsed."""
    value = part.get(key)
    return value if isinstance(value, str) else ""


def _part(parent: dict[str, Any], key: str) -> dict[str, Any]:
    value = parent.get(key)
    return dict(value) if isinstance(value, dict) else {}


def _parts(parent: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = parent.get(key)
    return [dict(part) for part in value if isinstance(part, dict)] if isinstance(value, list) else []
