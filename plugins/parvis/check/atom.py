"""Atom (RFC 4287) as the W3C validator wants it: feed.py, entry.py, content.py, link.py, author.py, category.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml.etree import _Element

from ..errors import Fault
from . import history, values
from .rss import MEDIA, THUMBNAIL
from .shapes import Document, Shape, children, faults, name

TYPE = {"application/atom+xml"}
CONSTRUCT = Shape((values.filled,), may={"type": values.one_of("text", "html")}, construct=True)
ADDRESS = Shape((values.address,))
ID = Shape((values.canonical,))
DATE = Shape((values.rfc3339,))
PERSON = Shape(inside={"name": Shape((values.plain, values.filled)), "uri": ADDRESS}, wants=("name",), many=True)
CATEGORY = Shape(needs={"term": values.filled}, may={"scheme": values.address, "label": values.plain}, many=True)
LINK = Shape(
    needs={"href": values.address},
    may={"rel": values.one_of(*history.RELATIONS), "type": values.media_type, "length": values.size}
    | {"hreflang": values.language, "title": values.plain},
    many=True,
)
SOURCE = Shape(
    inside={
        "id": ID, "title": CONSTRUCT, "updated": DATE, "link": LINK, "author": PERSON, "category": CATEGORY,
        "subtitle": CONSTRUCT, "rights": CONSTRUCT, "icon": ADDRESS, "logo": ADDRESS,
    },
    wants=("id", "title", "updated"),
)  # fmt: skip
ENTRY = Shape(
    inside={
        "id": ID, "title": CONSTRUCT, "updated": DATE, "published": DATE, "link": LINK, "author": PERSON,
        "category": CATEGORY, "summary": CONSTRUCT, "content": CONSTRUCT, "rights": CONSTRUCT, "source": SOURCE,
        "media:content": MEDIA, "media:thumbnail": THUMBNAIL,
    },
    wants=("id", "title", "updated"),
    many=True,
)  # fmt: skip
FEED = Shape(
    inside={
        **SOURCE.inside,
        "generator": Shape((values.plain, values.filled), may={"uri": values.address, "version": values.filled}),
        "fh:archive": Shape(),
        "fh:complete": Shape(),
        "at:deleted-entry": Shape(needs={"ref": values.address, "when": values.rfc3339}, many=True),
        "entry": ENTRY,
    },
    wants=("id", "title", "updated"),
)


def audit(document: Document, root: _Element) -> Iterator[Fault]:
    """Every fault of one Atom feed."""
    yield from faults(document, root, FEED)
    parts = list(children(root))
    entries = [part for part in parts if name(part) == "entry"]
    after = parts[parts.index(entries[0]) :] if entries else []
    for part in after:
        if name(part) not in ("entry", "at:deleted-entry"):
            yield document.fault(part, "stands after an entry")
    yield from history.audit(document, root, [part for part in parts if name(part) == "link"], TYPE)
    authored = any(name(part) == "author" for part in parts)
    for entry in entries:
        yield from _entry(document, entry, authored)
    for wanted in ("id", "updated"):
        texts = Counter(part.text or "" for entry in entries for part in children(entry) if name(part) == wanted)
        for text, count in texts.items():
            if count > 1:
                yield document.fault(root, f"the {wanted} '{text}' stands {count} times")


def _entry(document: Document, entry: _Element, authored: bool) -> Iterator[Fault]:
    parts = [name(part) for part in children(entry)]
    links = [part for part in children(entry) if name(part) == "link"]
    if not (authored or "author" in parts):
        yield document.fault(entry, "nobody is named as its author")
    if "content" not in parts and "summary" not in parts:
        yield document.fault(entry, "neither content nor summary")
    alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
    if len(alternates) != 1:
        yield document.fault(entry, f"{len(alternates)} links to its page; want one")
    for link in links:
        if link.get("rel") in history.HISTORY:
            yield document.fault(link, "a relation of feeds in an entry")
