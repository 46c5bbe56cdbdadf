"""RSS 2.0 and Atom from the same entries: same ids, same order, dates from the entries and never from the clock."""

from __future__ import annotations

from datetime import UTC, datetime

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from ...model import Entry
from .channel import ATOM, RSS, Stream
from .details import EntryDetails, FeedDetails

NAME = "details"
MINUTES = 60
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def rss(stream: Stream) -> bytes:
    """RSS 2.0 with the elements that readers know what to do with (list in docs/feeds.md)."""
    feed = _feed(stream, RSS)
    feed.ttl(MINUTES)
    feed.generator("Parvis")
    feed.lastBuildDate(_updated(stream))
    return bytes(feed.rss_str(pretty=True))


def atom(stream: Stream) -> bytes:
    """Atom (RFC 4287)."""
    return bytes(_feed(stream, ATOM).atom_str(pretty=True))


def _feed(stream: Stream, type: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension(NAME, FeedDetails, EntryDetails)
    feed.details.stream = stream
    feed.id(stream.id)
    feed.title(stream.title)
    feed.description(stream.description or stream.title)
    feed.language(stream.lang)
    feed.link([
        {"href": stream.url, "rel": "self", "type": type},
        {"href": stream.home, "rel": "alternate", "type": "text/html"},
    ])  # fmt: skip
    feed.updated(_updated(stream))
    feed.generator("Parvis")
    feed.author({"name": stream.title})
    for entry in stream.entries:
        _add(feed.add_entry(order="append"), entry)
    return feed


def _updated(stream: Stream) -> datetime:
    return max((entry.updated for entry in stream.entries), default=BEGINNING)


def _add(made: FeedEntry, entry: Entry) -> None:
    made.details.entry = entry
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
