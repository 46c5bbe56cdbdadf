"""Entries of feeds: each is made once for all feeds of one form that it stands in, as Pelican's writer makes it."""

from __future__ import annotations

import io
import re
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from pelican.writers import Atom1Feed, Rss201rev2Feed, Writer

from ..reading.light import Light
from ..reading.looks import noted_at_once
from ..tracking.reads import READS, Keys
from .claims import Claiming

Key = tuple[str, int, str, Any]
KIN = 256
"""Feeds that one process makes, since they have entries in common."""
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML may not hold: feedgenerator refuses it in its own words."""
MOST = 4096
"""Entries that are kept: of feeds without an end there are as many as texts."""


class Rss(Rss201rev2Feed):
    def write_items(self, handler: Any) -> None:
        for item in self.items:
            _write(item, self, "item", handler)


class Atom(Atom1Feed):
    def write_items(self, handler: Any) -> None:
        for item in self.items:
            _write(item, self, "entry", handler)


SHARING = {Rss201rev2Feed: Rss, Atom1Feed: Atom}


class Entry(dict[str, Any]):
    """What Pelican tells of a content, the words of it once it is written, and what was read for it."""

    text = ""
    seen: Keys


class Feeding(Claiming):
    _kept: dict[Key, Entry]
    """Those that were made for the feeds of one `together`."""
    _entries: dict[Key, Entry] | None = None
    """The same, while a feed is made that nobody else is told of."""

    def feed_text(self, elements: Any, context: dict[str, Any], url: str, kind: str, title: str | None) -> str:
        self._entries = self._kept
        try:
            made = Writer.write_feed(self, elements, context, None, url, kind, feed_title=title)
        finally:
            self._entries = None
        written = io.StringIO()
        made.write(written, "utf-8")
        return written.getvalue()

    def _create_new_feed(self, feed_type: str, feed_title: str | None, context: dict[str, Any]) -> Any:
        feed = super()._create_new_feed(feed_type, feed_title, context)
        if self._entries is not None and type(feed) in SHARING:
            feed.__class__ = SHARING[type(feed)]
        return feed

    def _add_item_to_the_feed(self, feed: Any, item: Any) -> None:
        if self._entries is None or not isinstance(item, Light):
            super()._add_item_to_the_feed(feed, item)
            return
        key = type(feed).__name__, id(item), self.site_url, item._context.get("localsiteurl")
        entry = self._entries.get(key)
        if entry is None:
            if len(self._entries) >= MOST:
                self._entries.clear()
            with READS.noted() as keys, noted_at_once(item):
                super()._add_item_to_the_feed(feed, item)
            entry = self._entries[key] = Entry(feed.items.pop())
            entry.seen = keys
        else:
            READS.replay(entry.seen)
        feed.items.append(entry)


def _write(item: Any, feed: Any, name: str, handler: Any) -> None:
    text = getattr(item, "text", "") or _words(item, feed, name, handler)
    if isinstance(item, Entry):
        item.text = text
    handler.ignorableWhitespace(text)  # writes it as it is


def _words(item: Any, feed: Any, name: str, handler: Any) -> str:
    written = io.StringIO()
    own = type(handler)(written, "utf-8", short_empty_elements=True)
    own.addQuickElement = partial(_element, own)
    own.startElement(name, feed.item_attributes(item))
    feed.add_item_elements(own, item)
    own.endElement(name)
    return written.getvalue()


def _element(handler: Any, name: str, contents: Any = None, attrs: Any = None) -> None:
    """In one step, where feedgenerator takes ten."""
    if attrs or type(contents) is not str or not contents or UNFIT.search(contents):
        type(handler).addQuickElement(handler, name, contents, attrs)
        return
    handler._finish_pending_start_element()
    handler._write(f"<{name}>{escape(contents)}</{name}>")
