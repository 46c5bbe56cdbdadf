"""OPML 2.0, a list of feeds, as the W3C validator wants it (opml.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element

from ..errors import Fault
from . import values
from .markup import harmless
from .shapes import Document, Shape, faults

DATE = Shape((values.rfc822,))
OUTLINE = Shape(
    needs={"text": harmless},
    may={
        "type": values.one_of("rss", "link", "include"),
        "title": harmless,
        "description": harmless,
        "xmlUrl": values.address,
        "htmlUrl": values.address,
        "url": values.address,
        "language": values.language,
        "category": values.filled,
        "version": values.one_of("RSS", "RSS1", "RSS2", "scriptingNews"),
        "created": values.rfc822,
    },
    many=True,
)
HEAD = Shape(
    inside={
        "title": Shape((harmless, values.filled)),
        "dateCreated": DATE,
        "dateModified": DATE,
        "ownerName": Shape((harmless,)),
        "ownerId": Shape((values.web,)),
        "docs": Shape((values.address,)),
    },
    wants=("title",),
)
GROUP = replace(OUTLINE, inside={"outline": OUTLINE})
BODY = Shape(inside={"outline": GROUP}, wants=("outline",))
OPML = Shape(
    needs={"version": values.one_of("1.0", "1.1", "2.0")}, inside={"head": HEAD, "body": BODY}, wants=("head", "body")
)


def audit(document: Document, root: _Element) -> Iterator[Fault]:
    """Every fault of one list; a feed in it has its address and its title."""
    yield from faults(document, root, OPML)
    for outline in root.iter("outline"):
        if outline.get("type") == "rss":
            missing = [name for name in ("xmlUrl", "title") if not outline.get(name)]
            yield from (document.fault(outline, f"a feed without {name}") for name in missing)
        elif outline.get("xmlUrl"):
            yield document.fault(outline, "a feed without type=rss")
