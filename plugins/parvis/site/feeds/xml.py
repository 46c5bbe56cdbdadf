"""RSS 2.0 and Atom by feedgen: a document from its head and from items that were made before, each once for all feeds.

Dates come from the entries and never from the clock: the same entries give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from ...model import Entry
from .channel import ATOM, RSS, Channel, Sheet
from .mend import DC, MEDIA, NAME, A, EntryDetails, FeedDetails

MINUTES = 60
CONTENT = "http://purl.org/rss/1.0/modules/content/"
IN_RSS = {"dc": DC, "media": MEDIA, "atom": A, "content": CONTENT}


def rss(channel: Channel, sheet: Sheet, items: Iterable[str]) -> bytes:
    """RSS 2.0 with the elements that readers know what to do with (list in docs/feeds.md)."""
    feed = _head(channel, sheet, {"self": sheet.url, "alternate": channel.home}, RSS)
    feed.ttl(MINUTES)
    feed.lastBuildDate(sheet.updated)
    return _with(feed.rss_str(pretty=True), items, "  </channel>")


def atom(channel: Channel, sheet: Sheet, items: Iterable[str]) -> bytes:
    """Atom (RFC 4287)."""
    links = {"self": sheet.url, "alternate": channel.home} | ({"hub": channel.hub} if channel.hub else {})
    return _with(_head(channel, sheet, links | sheet.links(), ATOM).atom_str(pretty=True), items, "</feed>")


def rss_item(entry: Entry) -> str:
    return _fragment(_entry(entry).rss_entry(), etree.Element("rss", nsmap=IN_RSS))


def atom_entry(entry: Entry) -> str:
    return _fragment(_entry(entry).atom_entry(), etree.Element("feed", nsmap={"media": MEDIA}))


def _head(channel: Channel, sheet: Sheet, links: dict[str, str], type: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension(NAME, FeedDetails)
    feed.mended.channel, feed.mended.sheet = channel, sheet
    feed.id(channel.id)
    feed.title(channel.title)
    feed.description(channel.description or channel.title)
    feed.language(channel.lang)
    types = {"alternate": {"type": "text/html"}, "hub": {}}
    feed.link([{"href": href, "rel": rel} | types.get(rel, {"type": type}) for rel, href in links.items()])
    feed.updated(sheet.updated)
    feed.generator("Parvis")
    feed.author({"name": channel.author, "uri": channel.site})
    return feed


def _entry(entry: Entry) -> FeedEntry:
    made = FeedEntry()
    made.register_extension(NAME, EntryDetails)
    made.mended.entry = entry
    made.id(entry.id)
    made.title(entry.title)
    made.link(href=entry.url, rel="alternate", type="text/html")
    made.summary(entry.summary)
    if entry.html:
        made.content(entry.html, type="html")
    made.published(entry.published)
    made.updated(entry.updated)
    name = entry.author.name or entry.source  # else Atom takes the feed's author, who did not say this
    if name:
        made.author({"name": name} | ({"uri": entry.author.url} if entry.author.url else {}))
    for tag in entry.tags:
        made.category(term=tag)
    return made


def _fragment(element: etree._Element, around: etree._Element) -> str:
    """The element as it stands in a document that has declared the prefixes."""
    around.append(element)
    text = etree.tostring(around, encoding="unicode", pretty_print=True)
    return text[text.index(">") + 1 : text.rindex("</")].strip("\n")


def _with(head: bytes, items: Iterable[str], end: str) -> bytes:
    """A document without items, and the items before its end."""
    start, end, rest = head.decode().rpartition(end)
    return "".join([start, *(f"{item}\n" for item in items), end, rest]).encode()
