"""What feedgen leaves out or gets wrong, mended on its elements: creators, sources, languages, links, pictures.

feedgen 1.0 drops rel and type of entry links in Atom, RSS authors without an e-mail address, id and date of an Atom
source; with a `self` link it takes that address for the channel's own; its media module always makes a group.
"""

from __future__ import annotations

import re

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml.etree import SubElement, _Element
from markupsafe import escape

from ...model import Entry
from .channel import Stream

DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
A = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACES = {"dc": DC, "media": MEDIA}
LIKE_A_TAG = re.compile(r"<(?=[A-Za-z/!?])")


class FeedDetails(BaseExtension):
    """Details of the whole feed; `stream` is set by whoever registers it."""

    stream: Stream

    def extend_ns(self) -> dict[str, str]:
        return SPACES

    def extend_rss(self, rss: _Element) -> _Element:
        channel = rss[0]
        _text(channel, "link", self.stream.home)
        for name in ("title", "description"):
            _text(channel, name, readable(channel.findtext(name) or ""))
        picture = self.stream.image
        if picture:
            image = SubElement(channel, "image")
            for name, value in (
                ("url", picture.url),
                ("title", readable(self.stream.title)),
                ("link", self.stream.home),
            ):
                SubElement(image, name).text = value
        return rss

    def extend_atom(self, feed: _Element) -> _Element:
        if self.stream.image:
            SubElement(feed, "icon").text = self.stream.image.url
        return feed


class EntryDetails(BaseEntryExtension):
    """Details of one entry; `entry` is set by whoever adds it."""

    entry: Entry

    def extend_rss(self, item: _Element) -> _Element:
        entry = self.entry
        for author in item.findall("author"):
            item.remove(author)
        _text(item, "title", readable(entry.title))
        _text(item, "description", str(escape(entry.summary)))  # readers take it for HTML
        if entry.author.name:
            SubElement(item, f"{{{DC}}}creator").text = entry.author.name
        if entry.lang:
            SubElement(item, f"{{{DC}}}language").text = entry.lang
        if entry.source and entry.source_url:
            SubElement(item, "source", url=entry.source_url).text = entry.source
        if entry.picture:
            _picture(item, entry)
        return item

    def extend_atom(self, element: _Element) -> _Element:
        entry = self.entry
        if entry.lang:
            element.set(LANG, entry.lang)
        link = element.find("link")
        if link is not None:
            link.set("rel", "alternate")
            link.set("type", "text/html")
        if entry.via:
            SubElement(element, "link", href=entry.via, rel="via", type="text/html")
        if entry.picture and entry.picture.type and entry.picture.size:
            picture = entry.picture
            SubElement(element, "link", href=picture.url, rel="enclosure", type=picture.type, length=str(picture.size))
        if entry.source and entry.via:
            source = SubElement(element, "source")
            SubElement(source, "id").text = entry.source_url or entry.via
            SubElement(source, "title").text = entry.source
            SubElement(source, "updated").text = entry.updated.isoformat()
        return element


def readable(text: str) -> str:
    """Text for an RSS element that some readers take for text and some for HTML (rssboard.org/rss-profile, title).

    It reads the same to both, but where it would be a tag to the latter: there they get the character reference.
    """
    return str(escape(text)) if LIKE_A_TAG.search(text) else text


def _picture(item: _Element, entry: Entry) -> None:
    """One enclosure, and the same picture as media:content with its size and what it shows."""
    picture = entry.picture
    assert picture
    if picture.size and picture.type:
        SubElement(item, "enclosure", url=picture.url, length=str(picture.size), type=picture.type)
    content = SubElement(item, f"{{{MEDIA}}}content", url=picture.url, medium="image")
    for name, value in (("type", picture.type), ("width", picture.width), ("height", picture.height)):
        if value:
            content.set(name, str(value))
    if picture.alt:
        SubElement(content, f"{{{MEDIA}}}description", type="plain").text = picture.alt
    SubElement(item, f"{{{MEDIA}}}thumbnail", url=picture.url)


def _text(parent: _Element, name: str, text: str) -> None:
    found = parent.find(name)
    if found is None:
        found = SubElement(parent, name)
    found.text = text
