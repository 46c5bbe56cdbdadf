"""RSS 2.0 as the W3C validator wants it (channel.py, item.py, image.py, media.py), and what we write of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml.etree import _Element

from ..errors import Fault
from . import history, values
from .markup import harmless
from .shapes import Document, Shape, children, faults, name

TYPES = {"application/rss+xml", "application/atom+xml"}
VERSION = values.one_of("2.0")
PLAIN = Shape((values.profiled,))
TITLE = Shape((values.profiled, values.filled))
ADDRESS = Shape((values.address,))
DATE = Shape((values.rfc822,))
NAME = Shape((values.filled,), many=True)
LINK = Shape(
    needs={"href": values.address, "rel": values.one_of(*history.RELATIONS)},
    may={"type": values.media_type, "hreflang": values.language, "title": values.plain},
    many=True,
)
PICTURE = {"width": values.size, "height": values.size}
THUMBNAIL = Shape(needs={"url": values.address}, may=PICTURE, many=True)
MEDIA = Shape(
    needs={"url": values.address},
    may=PICTURE
    | {"type": values.media_type, "fileSize": values.size, "lang": values.language}
    | {"medium": values.one_of("image", "audio", "video", "document")},
    inside={
        "media:description": Shape(may={"type": values.one_of("plain", "html")}, construct=True),
        "media:thumbnail": THUMBNAIL,
    },
    many=True,
)
ITEM = Shape(
    inside={
        "title": TITLE,
        "link": ADDRESS,
        "description": Shape((harmless,)),
        "content:encoded": Shape((harmless,)),
        "dc:creator": NAME,
        "dc:language": Shape((values.language,)),
        "category": Shape((values.profiled, values.filled), may={"domain": values.filled}, many=True),
        "comments": ADDRESS,
        "enclosure": Shape(needs={"url": values.web, "length": values.size, "type": values.media_type}),
        "guid": Shape((values.filled,), may={"isPermaLink": values.one_of("true", "false")}),
        "pubDate": DATE,
        "source": Shape((values.profiled,), needs={"url": values.address}),
        "media:content": MEDIA,
        "media:thumbnail": THUMBNAIL,
        "atom:link": LINK,
    },
    wants=("title", "guid", "link", "pubDate"),
    many=True,
)
IMAGE = Shape(
    inside={
        "url": ADDRESS,
        "title": TITLE,
        "link": ADDRESS,
        "width": Shape((values.at_most(144),)),
        "height": Shape((values.at_most(400),)),
        "description": PLAIN,
    },
    wants=("url", "title", "link"),
)
CHANNEL = Shape(
    inside={
        "title": TITLE,
        "link": ADDRESS,
        "description": PLAIN,
        "language": Shape((values.language,)),
        "copyright": PLAIN,
        "pubDate": DATE,
        "lastBuildDate": DATE,
        "category": Shape((values.profiled, values.filled), may={"domain": values.filled}, many=True),
        "generator": Shape(),
        "docs": ADDRESS,
        "ttl": Shape((values.size,)),
        "image": IMAGE,
        "atom:link": LINK,
        "fh:archive": Shape(),
        "fh:complete": Shape(),
        "item": ITEM,
    },
    wants=("title", "link", "description", "language", "lastBuildDate"),
)
RSS = Shape(needs={"version": VERSION}, inside={"channel": CHANNEL}, wants=("channel",))


def audit(document: Document, root: _Element) -> Iterator[Fault]:
    """Every fault of one RSS feed."""
    yield from faults(document, root, RSS)
    channel = root.find("channel")
    if channel is None:
        return
    yield from _order(document, channel)
    yield from _image(document, channel)
    links = [link for link in children(channel) if name(link) == "atom:link"]
    yield from history.audit(document, channel, links, TYPES)
    ids = Counter((item.findtext("guid") or "").strip() for item in channel.iterfind("item"))
    yield from (
        document.fault(channel, f"the id '{id}' stands {count} times") for id, count in ids.items() if count > 1
    )


def _order(document: Document, channel: _Element) -> Iterator[Fault]:
    """What is said of the feed comes before its items, and an excerpt before the whole text."""
    items = False
    for child in children(channel):
        if items and name(child) != "item":
            yield document.fault(child, "stands after an item")
        items = items or name(child) == "item"
    for item in channel.iterfind("item"):
        parts = [name(part) for part in children(item)]
        if "content:encoded" in parts and "description" not in parts[: parts.index("content:encoded")]:
            yield document.fault(item, "content:encoded without a description before it")
        guid = item.find("guid")
        if guid is not None and guid.get("isPermaLink") != "false" and not (guid.text or "").startswith("http"):
            yield document.fault(guid, "an id that is no address needs isPermaLink=false")


def _image(document: Document, channel: _Element) -> Iterator[Fault]:
    image = channel.find("image")
    if image is None:
        return
    for part in ("title", "link"):
        if image.findtext(part) != channel.findtext(part):
            yield document.fault(image, f"its {part} is not the channel's")
    if (image.findtext("url") or "").rpartition(".")[2].lower() not in ("jpg", "jpeg", "gif", "png"):
        yield document.fault(image, "its picture is no JPEG, GIF or PNG")
