"""The nouns that every room shares. Frozen, and standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b

WEB = ("https://", "http://")
LONG = 500  # characters of what an id is made from, above which it is not worth remembering


@dataclass(frozen=True, slots=True)
class Person:
    """Who said something. `id` is the source's own key, stable when a display name changes."""

    name: str
    url: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to. `until` is the last day it holds; `proof` says where the yes is kept."""

    version: str
    on: date | None = None
    scope: tuple[str, ...] = ()
    until: date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a testimonial says beside its words. `rating` is 1 to 5; `reward` is what was given for it."""

    rating: int | None = None
    experience_date: date | None = None
    product: str = ""
    role: str = ""
    reward: str = ""
    verified: str = ""
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture that goes with an item, where it lies upstream. `alt` says what it shows, `type` is its media type."""

    url: str
    alt: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing somebody said, as fetched: untrusted, unreviewed.

    `html` is markup from a stranger, `title` and `author` are text. `published` has a zone, or is None where the
    source gives no date. `likes` is None where the source counts none. `deleted` is a tombstone: the source says that
    the item is no more, and nothing else of it counts. `signals` are wishes of its author or warnings of its source,
    each one of the flags that a person sees: sensitive, no-quote, no-index. Raises ValueError for a date without a
    zone and for an address that is not http(s).
    """

    source: str
    upstream_id: str
    author: Person
    html: str
    url: str = ""
    published: datetime | None = None
    title: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    licence: str = ""
    review: Review | None = None
    media: tuple[Medium, ...] = ()
    likes: int | None = None
    deleted: bool = False
    signals: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.published and self.published.tzinfo is None:
            raise ValueError(f"{self.id}: published has no time zone")
        for url in (self.url, self.author.url, *(medium.url for medium in self.media)):
            if url and not url.startswith(WEB):
                raise ValueError(f"{self.id}: {url} is not a web address")

    @property
    def id(self) -> str:
        """Stable across fetches: the same post always gets the same id."""
        known = self.upstream_id or self.url or self.html
        return _id(self.source, known) if len(known) < LONG else _id.__wrapped__(self.source, known)


@lru_cache(maxsize=8192)  # each step of a pull asks for it
def _id(source: str, known: str) -> str:
    return f"{source}-{blake2b(known.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be: its path below content/, with forward slashes, and its whole text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the site: absolute address, size in pixels, what it shows, bytes and media type."""

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0
    size: int = 0
    type: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a feed. Addresses are absolute; `html` and `summary` have passed the gate.

    `id` is a `tag:` URI that outlives every address. `html` is empty where the item's `use` allows no full text.
    `kind` is article, community or testimonial. `source` names where a community item was first said, `source_id` is
    our permanent id of that place and `source_url` its address; `via` is the item's own address there. `updated` moves
    only on a real change.
    """

    id: str
    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    html: str = ""
    author: Person = Person("")
    lang: str = ""
    tags: tuple[str, ...] = ()
    kind: str = "article"
    source: str = ""
    source_id: str = ""
    source_url: str = ""
    via: str = ""
    commercial: str = ""
    picture: Picture | None = None
