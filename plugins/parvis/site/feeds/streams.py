"""Which pieces stand in which feed: the main streams of a language, and one feed per topic, category and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from ...kinds import Ambassador
from ...slugs import slug
from .. import entries
from ..pieces import SAID, Piece
from ..tongue import Tongue
from . import history
from .channel import TYPES, Channel, Gone

GONE = 200
"""Bytes that tell of one entry that went, at most."""
STREAMS = ("all", "articles", "community", "testimonials")


@dataclass(frozen=True, slots=True)
class Stream:
    """One feed: its channel, where its documents stand (`path` and an ending), what it holds, newest first.

    `kind` is main, topics, categories or sources; `name` is what it is called among its own.
    """

    kind: str
    name: str
    channel: Channel
    path: str
    pieces: Sequence[Piece]
    ends: tuple[str, ...] = tuple(TYPES)
    complete: bool = False


class Shelf(NamedTuple):
    """What a smaller feed is about: topics, categories or sources; its name in addresses, its label, its page."""

    kind: str
    name: str
    label: str
    home: str


def gone(tongue: Tongue, ids: Mapping[str, datetime]) -> tuple[Gone, ...]:
    """What was taken down last, the latest first, as many as a feed has room for."""
    most = history.room_for_gone(tongue.settings.operator.feeds.max_bytes) // GONE
    latest = sorted(ids.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)[:most]
    return tuple(Gone(entries.tag(tongue.brand.authority, id), when) for id, when in latest)


def main(tongue: Tongue, gone: tuple[Gone, ...]) -> Iterator[Stream]:
    """The streams that have all formats, and all that was ever said in them. Articles are never in the ledger."""
    addresses, lang = tongue.addresses, tongue.lang
    for name in STREAMS:
        home = addresses.home(lang) if name == "all" else addresses.section(lang, name)
        title = tongue.brand.name if name == "all" else f"{tongue.brand.name} – {tongue.heads.titles[name]}"
        made = channel(tongue, f"feed/{name}/{lang}", home, title, tongue.brand.tagline.in_(lang))
        path = addresses.feed(lang, name, "").rstrip(".")
        made = made if name == "articles" else replace(made, gone=gone)
        pieces = tongue.stock.live("" if name == "all" else name, lang)
        yield Stream("main", tongue.heads.titles[name], made, path, pieces, complete=True)


def shelves(tongue: Tongue) -> Sequence[Stream]:
    """RSS for each topic, category and source of which there is something in this language."""
    if "shelves" not in tongue.made:  # the page of feeds asks, the list of them, and who writes them
        tongue.made["shelves"] = [*_shelves(tongue)]
    made: Sequence[Stream] = tongue.made["shelves"]
    return made


def _shelves(tongue: Tongue) -> Iterator[Stream]:
    addresses, lang, words = tongue.addresses, tongue.lang, tongue.heads.words.gettext
    about = tongue.stock.about(lang)
    for topic in (topic for topic in tongue.brand.topics if about.get(topic.id)):
        shelf = Shelf("topics", topic.id, topic.label.in_(lang), addresses.topic(lang, topic.id))
        text = words("Articles, community posts and testimonials on this topic, newest first.")
        yield _stream(tongue, shelf, text, about[topic.id])
    for category, pieces in categories(tongue).items():
        shelf = Shelf("categories", slug(category), category, addresses.section(lang, "articles"))
        yield _stream(tongue, shelf, words("What we write ourselves, newest first."), pieces)
    for name, pieces in sources(tongue).items():
        label = tongue.settings.source_label(name, lang)
        shelf = Shelf("sources", name, label, addresses.section(lang, pieces[0].kind))
        text = words("What is said about us elsewhere, newest first, each with its source.")
        yield _stream(tongue, shelf, text, pieces)


def categories(tongue: Tongue) -> dict[str, list[Piece]]:
    """The articles of each category; spellings that make one address are one, named as in its newest article."""
    found, names = defaultdict[str, list[Piece]](list), dict[str, str]()
    for piece in _live(tongue.stock.listed("articles", tongue.lang)):
        if shelf := slug(piece.place):
            found[names.setdefault(shelf, piece.place)].append(piece)
    return dict(sorted(found.items()))


def sources(tongue: Tongue) -> dict[str, list[Piece]]:
    """What came by each source."""
    found = defaultdict[str, list[Piece]](list)
    for piece in _live(tongue.stock.stream(tongue.lang)):
        if piece.kind in SAID and piece.place:
            found[piece.place].append(piece)
    return dict(sorted(found.items()))


def shared_topics(tongue: Tongue, head: Ambassador) -> tuple[str, ...]:
    """The topics that an ambassador has a feed of each for: those they name, where they name several."""
    named = tuple(topic.id for topic in tongue.brand.topics if topic.id in head.topics)
    return named if len(named) > 1 else ()


def shared_path(tongue: Tongue, head: Ambassador, lang: str, topic: str = "") -> str:
    """Where an ambassador's feed stands, without its ending."""
    name = f"{head.handle}/{topic}" if topic else head.handle
    return tongue.addresses.feed_of(lang, "ambassadors", name, "").rstrip(".")


def channel(tongue: Tongue, id: str, home: str, title: str, description: str) -> Channel:
    brand, addresses = tongue.brand, tongue.addresses
    picture = brand.touch_icon or brand.card
    return Channel(
        id=entries.tag(brand.authority, id),
        home=addresses.absolute(home),
        title=title,
        description=description or title,
        lang=tongue.lang,
        author=brand.name,
        site=f"{addresses.site}/",
        image=entries.picture(picture, brand.name, tongue.settings, addresses) if picture else None,
        hub=tongue.settings.operator.feeds.hub,
    )


def _stream(tongue: Tongue, shelf: Shelf, description: str, pieces: Sequence[Piece]) -> Stream:
    id, title = f"feed/{shelf.kind}/{shelf.name}/{tongue.lang}", f"{tongue.brand.name} – {shelf.label}"
    made = channel(tongue, id, shelf.home, title, description)
    newest = [*islice(_live(pieces), tongue.settings.operator.feeds.items)]
    path = tongue.addresses.feed_of(tongue.lang, shelf.kind, shelf.name, "").rstrip(".")
    return Stream(shelf.kind, shelf.label, made, path, newest, ends=("xml",))


def _live(pieces: Sequence[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if not piece.state)
