"""One view for each kind of page, named in its docstring as the template knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from markupsafe import Markup

from .parts import Card, Code, Face, Feed, FeedGroup, Image, Link, Month, Note, Reply, Wordings


@dataclass(frozen=True, slots=True)
class Article:
    """`article` of article.html: the card, the whole text, the voices set beside it, where to read on."""

    card: Card
    text: Markup
    updated: datetime | None = None
    quotes: tuple[Card, ...] = ()
    related: tuple[Card, ...] = ()
    earlier: Card | None = None
    later: Card | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """`prose` of page.html: an editorial page."""

    title: str
    text: Markup
    summary: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """`voice` of voice.html (community post) and testimonial.html: the card, all words that may be shown, the answer.

    `use` is link, excerpt or full: with the first two the reader is sent on to the original.
    """

    card: Card
    text: Markup
    use: str
    licence: str = ""
    images: tuple[Image, ...] = ()
    reply: Reply | None = None
    correction: Note | None = None
    quoted_in: tuple[Card, ...] = ()
    others: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """`listing` of list.html (articles, topics, archives), stream.html (community) and wall.html (testimonials).

    `number` of `last` pages counts from 1. `months` is for archives.html, `topics` for topics.html. `about` tells
    how the list is made; `empty` what will stand here and the command that brings it.
    """

    title: str
    cards: tuple[Card, ...] = ()
    about: str = ""
    number: int = 1
    last: int = 1
    total: int = 0
    newer: str = ""
    older: str = ""
    months: tuple[Month, ...] = ()
    topics: tuple[Link, ...] = ()
    feeds: tuple[Feed, ...] = ()
    frames: str = ""


@dataclass(frozen=True, slots=True)
class Ambassador:
    """`ambassador` of ambassador.html: profile, and the feed made for sharing.

    A topic without an address has no page in this language. `address` is the page's own, absolute.
    """

    face: Face
    text: Markup
    languages: tuple[str, ...] = ()
    topics: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    feeds: tuple[Feed, ...] = ()
    shared: tuple[Card, ...] = ()
    state: str = ""
    since: Day | None = None
    address: str = ""
    commercial: str = "none"


@dataclass(frozen=True, slots=True)
class Faces:
    """`faces` of ambassadors.html: everybody, how to join them, pages on the way. `contact` is there without a page
    to join by."""

    everybody: tuple[Face, ...] = ()
    contact: str = ""
    join: Link | None = None
    ways: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """`home` of home.html: what the brand says, what the community says, who carries it on."""

    lead: Card | None = None
    articles: tuple[Card, ...] = ()
    voices: tuple[Card, ...] = ()
    testimonial: Card | None = None
    ambassadors: tuple[Face, ...] = ()
    topics: tuple[Link, ...] = ()
    articles_url: str = ""
    voices_url: str = ""
    wall_url: str = ""
    ambassadors_url: str = ""
    feeds_url: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """`share` of share.html: an item, the texts that carry it further, its card images (wide, square).

    `link` is the item's address as one would dictate it; `words` and `code` are for paper.
    """

    card: Card
    link: str
    networks: tuple[Wordings, ...] = ()
    words: str = ""
    code: Code | None = None
    embargo: datetime | None = None
    until: datetime | None = None
    drawn: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Feeds:
    """`feeds` of feeds.html: every feed of one language, grouped, and `lists` of them to take over at once (OPML)."""

    groups: tuple[FeedGroup, ...] = ()
    lists: tuple[Feed, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """`missing` of 404.html: a way on, the latest things said."""

    topics: tuple[Link, ...] = ()
    latest: tuple[Card, ...] = ()
