"""All that a template gets to see: narrow frozen views, one per kind of page.

Every template gets `site` (what all pages of one language share), `page` (this page's own head) and one more view
named in the docstring of its class. Text is `str` and is escaped by the templates; `Markup` has passed a gate.

Addresses of this site begin with `ROOT`, a mark that is turned into the way up from the page on writing
(`../../`), so that the same bytes work at a root and under a project path, and a card is the same on every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from markupsafe import Markup

ROOT = "\ue000/"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of this site. `width` and `height` are pixels, 0 where unknown (SVG)."""

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A link with words. `lang` is set where the target's language differs; `current` marks this very page's place."""

    label: str
    url: str
    lang: str = ""
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed one can subscribe to. `type` is application/rss+xml or application/atom+xml; `format` RSS or Atom."""

    title: str
    url: str
    type: str
    format: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of one language share. `colour` is the accent as #rrggbb, `lifted` its twin for the dark."""

    name: str
    tagline: str
    lang: str
    home: str
    address: str
    css: str
    colour: str
    lifted: str
    nav: tuple[Link, ...] = ()
    pages: tuple[Link, ...] = ()
    social: tuple[Link, ...] = ()
    feeds: tuple[Feed, ...] = ()
    legal: str = ""
    logo: Image | None = None
    icon: str = ""
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The head of one page. Title and description are text, `canonical` is absolute, `kind` names the template.

    `translations` are real translations (hreflang); `switch` is where the reader is sent for each other language.
    `trail` leads from the home page to here. `json_ld` is JSON that is safe inside a script element.
    """

    kind: str
    title: str
    description: str
    lang: str
    canonical: str
    translations: tuple[Link, ...] = ()
    switch: tuple[Link, ...] = ()
    feeds: tuple[Feed, ...] = ()
    trail: tuple[Link, ...] = ()
    image: Image | None = None
    json_ld: Markup | None = None
    noindex: bool = False
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who speaks: initials for the disc, an address of theirs where known."""

    name: str
    initials: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The brand's answer under somebody's words."""

    by: str
    on: Day
    words: Markup


@dataclass(frozen=True, slots=True)
class Note:
    """A correction under a text."""

    on: Day
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One item in any list: an article, a community post or a testimonial; `kind` tells which.

    `words` is an excerpt of what was said (community, testimonial), `summary` one or two sentences of text.
    `source` is the label of where it was said, `original` its address there. `lang` is the language of its words.
    `state` is '' for what is live, draft or pending in a preview. `key` is unique on the site, fit for an HTML id.
    """

    kind: str
    key: str
    title: str
    url: str
    lang: str
    date: datetime
    author: Signature
    summary: str = ""
    words: Markup | None = None
    titled: bool = True
    image: Image | None = None
    topics: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    category: str = ""
    source: str = ""
    glyph: str = "web"
    original: str = ""
    share: str = ""
    commercial: str = "none"
    pinned: bool = False
    rating: int = 0
    product: str = ""
    role: str = ""
    experience: Day | None = None
    verified: str = ""
    reward: str = ""
    translated_from: str = ""
    state: str = ""


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
class Month:
    """One month of the archives."""

    first: Day
    url: str
    count: int


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


@dataclass(frozen=True, slots=True)
class Face:
    """An ambassador in a row: the line says who they are."""

    name: str
    initials: str
    line: str
    url: str
    lang: str


@dataclass(frozen=True, slots=True)
class Ambassador:
    """`ambassador` of ambassador.html: profile, and the feed made for sharing."""

    face: Face
    text: Markup
    languages: tuple[str, ...] = ()
    topics: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    feeds: tuple[Feed, ...] = ()
    shared: tuple[Card, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Faces:
    """`faces` of ambassadors.html: everybody, and how to join them."""

    everybody: tuple[Face, ...] = ()
    join: str = ""


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
class Wording:
    """A text ready to be posted on one network. `open` is the network's own intent address, '' where it has none.

    `length` is counted as the network counts, `limit` is 0 where there is none.
    """

    network: str
    text: str
    length: int
    limit: int
    open: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """`share` of share.html: an item and the texts that carry it further."""

    card: Card
    link: str
    wordings: tuple[Wording, ...] = ()
    embargo: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds that belong together, under one heading."""

    title: str
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class Feeds:
    """`feeds` of feeds.html: every feed of one language, grouped."""

    groups: tuple[FeedGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """`missing` of 404.html: a way on, the latest things said."""

    topics: tuple[Link, ...] = ()
    latest: tuple[Card, ...] = ()
