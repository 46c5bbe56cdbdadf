"""A feed of any dialect: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed; or a web page that names its feed.

blog:
  kind: feed
  url: https://blog.example.org/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ..errors import SOURCES, refuse
from ..html import plain
from ..model import Item
from . import Get, Note, discovery, encoding, jsonfeed, markup, xmlfeed
from .identity import told_apart
from .values import paragraphs

KIND = "feed"
LONGEST = 400_000
DEEPEST = 100
PAGES = ("html", "head", "body", "meta", "title", "script")


def read(name: str, get: Get, *, url: str, max_items: int = 1000) -> Iterator[Item | Note]:
    """The first `max_items` entries as they stand in the feed. Raises Refused where there is no feed.

    Entries that share an id and an address are one entry, the latest; where only the id is the same, the address joins
    it. An entry of more than 400,000 characters is cut, one nested deeper than 100 elements keeps its words only.
    """
    text, base = _document(name, get, url)
    items = jsonfeed.items(name, text, base) if _is_json(text) else xmlfeed.items(name, text, base, max_items + 1)
    del text  # it may be large, and is not needed any more
    first = list(islice(items, max_items))
    if next(items, None):
        yield Note(f"only the first {max_items} entries were read")
    yield from _fitted(told_apart(first, lambda item: item.url if item.upstream_id else item.title + item.html))


def _document(name: str, get: Get, url: str) -> tuple[str, str]:
    """The feed's text and its own address, "" for a file. From a page one more step is taken, never two."""
    text, address = _text(get, url)
    if not _is_page(text):
        return text, address
    found = discovery.feed_of(text, address) if address else ""
    called = f" (“{title}”)" if (title := discovery.title(text)) else ""
    what = f"this is a web page{called} that names no feed"
    if found:
        text, address = _text(get, found)
        what = f"this web page names {found} as its feed, and that is a page too"
    if not found or _is_page(text):
        raise refuse(name, what, "give the address of the feed itself", code=SOURCES)
    return text, address


def _is_json(text: str) -> bool:
    return text.startswith(("{", "["))


def _is_page(text: str) -> bool:
    return not _is_json(text) and markup.root(text) in PAGES


def _text(get: Get, url: str) -> tuple[str, str]:
    got = get(url)
    return encoding.decode(got, *encoding.named(got.type, got)).strip(), got.url


def _fitted(items: Iterable[Item | Note]) -> Iterator[Item | Note]:
    """The items with no more text than can be worked on, and how many had more."""
    longer = deeper = 0
    for item in items:
        if isinstance(item, Note):
            yield item
            continue
        html = item.html
        if len(html) > LONGEST:
            longer, html = longer + 1, markup.cut(html, LONGEST)
        if markup.deeper(html, DEEPEST):
            deeper, html = deeper + 1, paragraphs(plain(html))
        yield item if html is item.html else replace(item, html=html)
    if longer:
        yield Note(f"entries cut after {LONGEST:,} characters: {longer}")
    if deeper:
        yield Note(f"entries nested deeper than {DEEPEST} elements, of which only the words were kept: {deeper}")
