"""What feedgen leaves out or gets wrong, put right in its elements last (its issues are listed in docs/feeds.md)."""

from __future__ import annotations

import re

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml.etree import Entity, SubElement, _Element

from ...model import Entry, Picture
from .channel import RSS, Channel, Sheet

NAME = "mended"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
A = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LIKE_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=#|\w+;)")
RASTER = ("image/png", "image/jpeg", "image/gif")


class FeedDetails(BaseExtension):
    """Details of one document; `channel` and `sheet` are set by whoever registers it."""

    channel: Channel
    sheet: Sheet

    def extend_ns(self) -> dict[str, str]:
        spaces = {"dc": DC, "media": MEDIA}
        return spaces | ({"fh": HISTORY} if self.sheet.archive else {})

    def extend_rss(self, rss: _Element) -> _Element:
        head, channel = rss[0], self.channel
        for name, text in (("title", channel.title), ("link", channel.home), ("description", channel.description)):
            said(head, name, text or channel.title)
        links = ({"hub": channel.hub} if channel.hub else {}) | self.sheet.links()
        for relation, address in links.items():
            link = SubElement(head, f"{{{A}}}link", href=address, rel=relation)
            if relation != "hub":
                link.set("type", RSS)
        if self.sheet.archive:
            SubElement(head, f"{{{HISTORY}}}archive")
        if channel.image and channel.image.type in RASTER:
            image = SubElement(head, "image")
            for name, text in (("url", channel.image.url), ("title", channel.title), ("link", channel.home)):
                said(image, name, text)
        return rss

    def extend_atom(self, feed: _Element) -> _Element:
        plainly(feed, title=self.channel.title, subtitle=self.channel.description or self.channel.title)
        if self.channel.image:
            SubElement(feed, "icon").text = self.channel.image.url
            SubElement(feed, "logo").text = self.channel.image.url
        if self.sheet.archive:
            SubElement(feed, f"{{{HISTORY}}}archive")
        for gone in self.channel.gone:
            SubElement(
                feed,
                f"{{{TOMBSTONES}}}deleted-entry",
                {"ref": gone.id, "when": gone.when.isoformat()},
                {"at": TOMBSTONES},
            )
        return feed


class EntryDetails(BaseEntryExtension):
    """Details of one entry; `entry` is set by whoever adds it."""

    entry: Entry

    def extend_rss(self, item: _Element) -> _Element:
        entry = self.entry
        item.set(LANG, entry.lang)
        for author in item.findall("author"):
            item.remove(author)
        said(item, "title", entry.title)
        for summary in item.findall("description"):
            summary.text = escaped(entry.summary)  # readers take it for HTML
        for category, tag in zip(item.findall("category"), entry.tags, strict=True):
            _say(category, tag)
        if entry.author.name:
            SubElement(item, f"{{{DC}}}creator").text = entry.author.name
        SubElement(item, f"{{{DC}}}language").text = entry.lang
        if entry.source and entry.source_url:
            _say(SubElement(item, "source", url=entry.source_url), entry.source)
        if entry.picture:
            if entry.picture.size and entry.picture.type:
                measure = {"length": str(entry.picture.size), "type": entry.picture.type}
                SubElement(item, "enclosure", {"url": entry.picture.url} | measure)
            _media(item, entry.picture)
        return item

    def extend_atom(self, element: _Element) -> _Element:
        entry = self.entry
        element.set(LANG, entry.lang)
        plainly(element, title=entry.title, summary=entry.summary)
        for link in element.findall("link"):  # feedgen writes nothing but the address
            link.set("rel", "alternate")
            link.set("type", "text/html")
        if entry.via:
            SubElement(element, "link", href=entry.via, rel="via", type="text/html")
        if entry.source and entry.source_id:
            source = SubElement(element, "source")
            SubElement(source, "id").text = entry.source_id
            SubElement(source, "title").text = entry.source
            plainly(source, title=entry.source)
            SubElement(source, "updated").text = entry.published.isoformat()
            if entry.source_url:
                SubElement(source, "link", href=entry.source_url, rel="related")
        picture = entry.picture
        if picture:
            if picture.size and picture.type:
                measure = {"type": picture.type, "length": str(picture.size)}
                SubElement(element, "link", {"href": picture.url, "rel": "enclosure"} | measure)
            _media(element, picture)
        return element


def said(parent: _Element, name: str, text: str) -> None:
    found = parent.find(name)
    _say(SubElement(parent, name) if found is None else found, text)


def plainly(parent: _Element, **texts: str) -> None:
    """Texts of Atom: what readers could take for markup is said to be HTML, and escaped as HTML wants it."""
    for name, text in texts.items():
        found = parent.find(name)
        if found is not None and LIKE_MARKUP.search(text):
            found.set("type", "html")
            found.text = escaped(text)


def _say(element: _Element, text: str) -> None:
    """The text of an RSS element that some readers take for text and some for HTML (rssboard.org/rss-profile).

    What would be a tag or a letter to the latter is escaped once more, so that it reads the same to both; `&` and `<`
    are hexadecimal references, by which the profile tells text from markup.
    """
    first, *rest = re.split("([&<])", once_more(text))
    element.text = first
    for mark, tail in zip(rest[::2], rest[1::2], strict=True):
        reference = Entity("#x26" if mark == "&" else "#x3C")
        reference.tail = tail
        element.append(reference)


def once_more(text: str) -> str:
    """Text for where it may be taken for HTML: escaped, where it has what would be a tag or a letter then."""
    return escaped(text) if LIKE_MARKUP.search(text) else text


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _media(item: _Element, picture: Picture) -> None:
    """media:content with its size and what it shows, and a thumbnail."""
    size = {"width": str(picture.width), "height": str(picture.height)} if picture.width and picture.height else {}
    bytes_ = {"fileSize": str(picture.size)} if picture.size else {}
    kind = {"type": picture.type} if picture.type else {}
    content = SubElement(
        item, f"{{{MEDIA}}}content", {"url": picture.url, "medium": "image"} | kind | bytes_ | size, {"media": MEDIA}
    )
    if picture.alt:
        marked = LIKE_MARKUP.search(picture.alt)
        told = SubElement(content, f"{{{MEDIA}}}description", type="html" if marked else "plain")
        told.text = once_more(picture.alt)
    SubElement(item, f"{{{MEDIA}}}thumbnail", {"url": picture.url} | size, {"media": MEDIA})
