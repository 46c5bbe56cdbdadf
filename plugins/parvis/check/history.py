"""Where a feed says it stands: its own address, and its neighbours (RFC 5005), as the W3C validator looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from lxml.etree import _Element

from ..errors import Fault
from .shapes import Document, children, name

HISTORY = ("current", "first", "last", "next", "next-archive", "prev-archive", "previous")
RELATIONS = ("alternate", "enclosure", "hub", "license", "related", "replies", "search", "self", "up", "via", *HISTORY)
"""What validators know; `prev`, which HTML has, they call unregistered."""


def audit(document: Document, feed: _Element, links: Sequence[_Element], types: Set[str]) -> Iterator[Fault]:
    """What is wrong with the links of a channel or feed whose own media type is one of `types`."""
    by_relation = {link.get("rel", "alternate"): link for link in links}
    yield from _self(document, feed, by_relation.get("self"), types)
    yield from _archive(document, feed, by_relation)
    for relation, wrong in (("first", "previous"), ("last", "next")):
        if relation in by_relation and by_relation[relation].get("href") == document.url and wrong in by_relation:
            yield document.fault(by_relation[wrong], f"it is the {relation} one, and has a {wrong} one")
    seen: set[tuple[str, ...]] = set()
    for link in links:
        known = tuple(link.get(part, "") for part in ("rel", "type", "hreflang"))
        if known[0] in ("alternate", "") and known in seen:
            yield document.fault(link, "two alternates of one type and language")
        seen.add(known)


def _self(document: Document, feed: _Element, link: _Element | None, types: Set[str]) -> Iterator[Fault]:
    if link is None:
        yield document.fault(feed, "no link to itself")
        return
    if link.get("type") not in types:
        yield document.fault(link, f"its own type is {link.get('type')}")
    if document.url and link.get("href") != document.url:
        yield document.fault(link, f"its own address is {link.get('href')}, and it stands at {document.url}")


def _archive(document: Document, feed: _Element, links: dict[str, _Element]) -> Iterator[Fault]:
    parts = {name(child) for child in children(feed)}
    if "fh:complete" in parts:
        yield from (
            document.fault(links[other], "a complete feed has no neighbours") for other in links if other in HISTORY
        )
    elif "fh:archive" in parts:
        if not {"prev-archive", "next-archive"} & set(links):
            yield document.fault(feed, "an archive without another one beside it")
        if "current" not in links:
            yield document.fault(feed, "an archive that does not name the current feed")
