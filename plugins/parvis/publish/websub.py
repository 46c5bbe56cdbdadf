"""WebSub (W3C, 2018): which feeds name the hub, and how it is told that they changed.

The recommendation leaves the second to hubs; all take the form of PubSubHubbub 0.3, 7.1: `hub.mode=publish` and
`hub.url`, which some call `hub.topic`. How to name several feeds at once each hub has its own way, and others take the
last one without a word: so one feed at a time where a hub does not document its way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from lxml import etree

from .notice import Notice, batches

ATOM = "{http://www.w3.org/2005/Atom}"
FORM = "application/x-www-form-urlencoded"
SEVERAL = {"pubsubhubbub.appspot.com": "hub.url", "superfeedr.com": "hub.url[]"}
"""Hubs, and all below them, that take several feeds in one request, by the field that is repeated."""
AT_ONCE = 50
HINT = "PARVIS['feeds']['hub'] must be the address at which this hub takes notices"


def notices(hub: str, output: Path, paths: Iterable[str]) -> Iterator[Notice]:
    """What tells `hub` of those files among `paths` that are feeds and name it."""
    topics = {path: found for path in sorted(paths) if (found := topic(output / path, hub))}
    repeated = several(hub)
    fields = (repeated,) if repeated else ("hub.url", "hub.topic")
    for batch in batches([*topics], AT_ONCE if repeated else 1):
        named = [(field, topics[path]) for path in batch for field in fields]
        body = urlencode([("hub.mode", "publish"), *named]).encode()
        yield Notice(hub, FORM, body, batch, HINT)


def several(hub: str) -> str:
    """The field by which a hub takes several feeds at once, '' where it is not known to."""
    host = urlsplit(hub).hostname or ""
    return next((field for known, field in SEVERAL.items() if f".{host}".endswith(f".{known}")), "")


def topic(file: Path, hub: str) -> str:
    """The address that subscribers know this feed by, '' where it is no feed or does not name `hub`."""
    links = list(LINKS[file.suffix](file)) if file.suffix in LINKS else []
    return next((url for rel, url in links if rel == "self"), "") if ("hub", hub) in links else ""


def _in_xml(file: Path) -> Iterator[tuple[str, str]]:
    """Links of an RSS channel or an Atom feed: relation and address."""
    try:
        root = etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except etree.XMLSyntaxError:
        return  # the brand's own, and no feed
    head = root.find("channel") if root.tag == "rss" else root
    for link in () if head is None else head.iterfind(f"{ATOM}link"):
        yield link.get("rel", ""), link.get("href", "")


def _in_json(file: Path) -> Iterator[tuple[str, str]]:
    """The same of a JSON Feed (1.1)."""
    try:
        feed = json.loads(file.read_bytes())
    except ValueError:
        return
    if isinstance(feed, dict) and str(feed.get("version")).startswith("https://jsonfeed.org/version/"):
        yield "self", str(feed.get("feed_url", ""))
        yield from (("hub", str(hub.get("url"))) for hub in feed.get("hubs") or ())


LINKS: Mapping[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
    ".xml": _in_xml, ".rss": _in_xml, ".atom": _in_xml, ".json": _in_json,
}  # fmt: skip
