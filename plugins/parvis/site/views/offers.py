"""Views of the pages for those who carry the brand further: thanks, kit, way to join, frames for other sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day

from .parts import Card, Face, Link


@dataclass(frozen=True, slots=True)
class Thanked:
    """An ambassador on the roll of thanks. The face has no `url` where they agreed to no page."""

    face: Face
    since: Day | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those who spoke in one place, counted: so many items by so many people."""

    label: str
    url: str
    items: int
    people: int


@dataclass(frozen=True, slots=True)
class Thanks:
    """`thanks` of thanks.html: ambassadors, what the brand says itself, and how many spoke where."""

    people: tuple[Thanked, ...] = ()
    words: tuple[str, ...] = ()
    crowds: tuple[Crowd, ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the kit. `kind` is its format as people call it, `kilobytes` its weight, at least 1.

    `width` and `height` are pixels, 0 where unknown or meaningless; `shown` tells whether a browser can draw it.
    """

    name: str
    url: str
    alt: str
    kind: str
    kilobytes: int
    width: int = 0
    height: int = 0
    licence: str = ""
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Kit:
    """`kit` of kit.html: files with licence, what to do and what not, words to quote."""

    licence: str
    licence_url: str = ""
    files: tuple[Download, ...] = ()
    about: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    join: Link | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """`join` of join.html. `mailto` is a letter to be filled in; anybody can read what an `open` form gets."""

    form: str = ""
    open: bool = False
    mail: str = ""
    mailto: str = ""
    version: str = ""
    gives: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    kit: Link | None = None
    leave: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """`frame` of frame.html: what stands in the frame of another site. `whole` leads to all of it, at the top."""

    title: str
    whole: Link
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a site takes to show a frame: its HTML, and the frame itself to look at. Pixels."""

    title: str
    about: str
    url: str
    html: str
    width: int
    height: int
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Frames:
    """`frames` of frames.html: every frame of one language."""

    snippets: tuple[Snippet, ...] = ()
    sandbox: str = ""
