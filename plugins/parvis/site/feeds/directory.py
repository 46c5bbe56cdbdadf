"""All feeds of one language in groups, as the feeds page and the OPML of our feeds have them; and the blogroll."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from lxml import etree

from ...kinds import Ambassador
from .. import entries, people
from ..tongue import Tongue
from ..views import ROOT, Feed, FeedGroup, Feeds
from . import streams
from .channel import NAMES, RSS, TYPES
from .mend import once_more
from .streams import Stream

MANY = 8
"""Feeds of a group that are shown unasked."""


def groups(tongue: Tongue) -> Iterator[FeedGroup]:
    """Main streams, topics, categories, sources: each feed in all its formats."""
    titles = _titles(tongue)
    for kind, those in groupby(_streams(tongue), key=lambda stream: stream.kind):
        rows = tuple(tuple(_formats(stream)) for stream in those)
        yield FeedGroup(titles[kind], rows, folded=len(rows) > MANY)


def write(tongue: Tongue) -> None:
    """The page of all feeds."""
    paths, heads, words = tongue.heads.section_everywhere("feeds"), tongue.heads, tongue.heads.words.gettext
    if not tongue.show.wants(paths[tongue.lang]):
        return
    about, fed = list(groups(tongue)), people.everybody(tongue, "feed")
    mine = tuple(row for piece in fed for row in _of(tongue, people.person(piece), tongue.lang))
    if mine:
        title = words("Feeds of our ambassadors, made for sharing")
        about.append(FeedGroup(title, mine, folded=len(mine) > MANY))
    link = heads.section("feeds")
    page = heads.page(
        "feeds", link.label, words("Subscribe in a feed reader: no account, no tracking."), paths[tongue.lang],
        there=paths, nearest=paths.__getitem__, trail=(link,),
    )  # fmt: skip
    tongue.show.page(paths[tongue.lang], page, fed, feeds=Feeds(tuple(about), lists(tongue)))


def personal(tongue: Tongue, head: Ambassador) -> Iterator[Feed]:
    """The feeds made for sharing, in each language they share in: all formats, of those on one topic RSS alone."""
    for lang in tongue.brand.languages:
        first, *topics = _of(tongue, head, lang) or [()]
        yield from first
        yield from (formats[0] for formats in topics)


def _of(tongue: Tongue, head: Ambassador, lang: str) -> list[tuple[Feed, ...]]:
    """One feed, and one for each topic where they name several."""
    if lang not in (head.languages or tongue.brand.languages):
        return []
    rows, name = [], f"{head.name} ({lang})"
    for topic in ("", *streams.shared_topics(tongue, head)):
        label = f"{name} – {_topic(tongue, topic)}" if topic else name
        path = streams.shared_path(tongue, head, lang, topic)
        title = f"{tongue.brand.name} – {label}"
        rows.append(
            tuple(Feed(title, f"{ROOT}{path}.{end}", type, NAMES[type], name=label) for end, type in TYPES.items())
        )
    return rows


def _topic(tongue: Tongue, id: str) -> str:
    return next(topic.label.in_(tongue.lang) for topic in tongue.brand.topics if topic.id == id)


def of_topic(tongue: Tongue, id: str) -> tuple[Feed, ...]:
    label, url = _topic(tongue, id), ROOT + tongue.addresses.feed_of(tongue.lang, "topics", id)
    return (Feed(f"{tongue.brand.name} – {label}", url, RSS, NAMES[RSS], name=label),)


def ours(tongue: Tongue) -> bytes:
    """OPML 2.0 of our feeds in RSS, which every reader takes. Those of ambassadors are for sharing, not for reading."""
    titles, body = _titles(tongue), etree.Element("body")
    for kind, those in groupby(_streams(tongue), key=lambda stream: stream.kind):
        group = etree.SubElement(body, "outline", text=titles[kind])
        for stream in those:
            address = tongue.addresses.absolute(f"{stream.path}.xml")
            _feed(group, stream.name, stream.channel.title, address, stream.channel.home).set("language", tongue.lang)
    return _opml(tongue, f"{tongue.brand.name} – {tongue.heads.titles['feeds']}", body)


def blogroll(tongue: Tongue) -> bytes:
    """OPML 2.0 of the sources that agreed to be shown, where they have an address; '' where there is none."""
    body = etree.Element("body")
    for source in sorted(tongue.settings.sources.values(), key=lambda source: source.name):
        address = entries.ascii_address(source.url)
        if not (source.permission and address):
            continue
        label = tongue.settings.source_label(source.name, tongue.lang)
        place = urlsplit(address)
        home = f"{place.scheme}://{place.netloc}/"
        if source.kind == "feed":
            _feed(body, label, label, address, home)
        else:
            etree.SubElement(body, "outline", text=once_more(label), type="link", url=home)
    return _opml(tongue, f"{tongue.brand.name} – {_blogroll(tongue)}", body) if len(body) else b""


def lists(tongue: Tongue) -> tuple[Feed, ...]:
    """The OPML files there are, as links."""
    offered = [("feeds", tongue.heads.words.gettext("All our feeds"))]
    if blogroll(tongue):
        offered.append(("blogroll", _blogroll(tongue)))
    return tuple(
        Feed(name, ROOT + tongue.addresses.opml(tongue.lang, file), "text/x-opml", "OPML") for file, name in offered
    )


def _blogroll(tongue: Tongue) -> str:
    return str(tongue.heads.words.gettext("Those we listen to"))


def _titles(tongue: Tongue) -> dict[str, str]:
    _ = tongue.heads.words.gettext
    return {"main": _("Main feeds"), "topics": _("Topics"), "categories": _("Categories"), "sources": _("Sources")}


def _streams(tongue: Tongue) -> Iterable[Stream]:
    return (*streams.main(tongue, ()), *streams.shelves(tongue))


def _formats(stream: Stream) -> Iterator[Feed]:
    for end in stream.ends:
        type = TYPES[end]
        yield Feed(stream.channel.title, f"{ROOT}{stream.path}.{end}", type, NAMES[type], name=stream.name)


def _feed(parent: etree._Element, text: str, title: str, url: str, home: str) -> etree._Element:
    said = {"text": once_more(text), "title": once_more(title)}  # OPML 2.0 takes them for HTML
    return etree.SubElement(parent, "outline", said, type="rss", xmlUrl=url, htmlUrl=home)


def _opml(tongue: Tongue, title: str, body: etree._Element) -> bytes:
    """No date: it would make another file of the same list."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    for name, said in (("title", title), ("ownerName", tongue.brand.name), ("ownerId", f"{tongue.addresses.site}/")):
        etree.SubElement(head, name).text = once_more(said)
    root.append(body)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
