"""What pages are made of: the head, a card of one item, a person, a picture, a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from typing import NamedTuple

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
    """A feed one can subscribe to, of the media type `type`; `format` is RSS, Atom, JSON or OPML.

    `title` names the brand too, for feed readers; `name` is what is enough on the brand's own pages.
    """

    title: str
    url: str
    type: str
    format: str
    about: str = ""
    name: str = ""


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
    touch_icon: Image | None = None
    manifest: str = ""
    card: Image | None = None
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The head of one page. Title and description are text, `canonical` is absolute, `kind` names the template.

    `translations` are real translations (hreflang); `switch` is where the reader is sent for each other language.
    `trail` leads from the home page to here. `json_ld` is JSON that is safe inside a script element. `me` are other
    addresses of the person that the page is about.
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
    me: tuple[str, ...] = ()


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
class Month:
    """One month of the archives."""

    first: Day
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Face:
    """An ambassador in a row: the line says who they are."""

    name: str
    initials: str
    line: str
    url: str
    lang: str


class Wording(NamedTuple):
    """A text ready to be posted. `open` is the network's own intent address, `others` those of other servers of it.

    `length` is counted as the network counts, `limit` is 0 where there is none. `shortened` tells that the brand gave
    more words than the network takes.
    """

    text: str
    length: int
    limit: int = 0
    open: str = ""
    others: tuple[Link, ...] = ()
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Wordings:
    """The texts for one network. `by_hand` tells that it takes the link alone: the text is pasted."""

    network: str
    texts: tuple[Wording, ...]
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: `size` modules in a square, the white around it included; `path` are its dark ones, for an SVG."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds that belong together, under one heading: each in its formats. Long groups are `folded`."""

    title: str
    rows: tuple[tuple[Feed, ...], ...]
    folded: bool = False
