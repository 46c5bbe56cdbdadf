"""What a brand offers those who carry its news further, in content/brand.yml: a kit of pictures, a way to join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .nodes import Node
from .schema import Place, line, many, matching, option, record, web
from .words import Phrases, Words, phrases, told, wording

MAIL = matching(
    r"[^\s@<>()\[\]\\,;:\"'?&#%/]+@[^\s@<>()\[\]\\,;:\"'?&#%/]+\.[^\s@<>()\[\]\\,;:\"'?&#%/.]+",
    "a mail address, as hello@brand.example",
)


@dataclass(frozen=True, slots=True)
class Offered:
    """One file of the kit."""

    file: str = option(line, doc="A path below content/, in images/.")
    alt: Words = option(told, doc="What it shows, by language.")
    name: Words = option(wording, Words(), doc="What it is called, by language; its file's name where absent.")
    licence: Words = option(wording, Words(), doc="What may be done with it, where that is not what the kit says.")
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Kit:
    """What may be taken to speak of the brand: its page exists where this is given."""

    licence: Words = option(told, doc="What may be done with logos and pictures, by language.")
    licence_url: str = option(web, "", doc="Where the licence stands whole.")
    about: Words = option(wording, Words(), doc="A few lines on the brand to be quoted, by language.")
    do: Phrases = option(phrases, Phrases(), doc="What you ask for, by language.")
    dont: Phrases = option(phrases, Phrases(), doc="What you ask not to do, by language.")
    hashtags: Phrases = option(phrases, Phrases(), doc="Hashtags to use, by language, with or without the #.")
    files: tuple[Offered, ...] = option(
        many(record(Offered)), (), doc="Further pictures; logo, icons and card are in the kit already."
    )


@dataclass(frozen=True, slots=True)
class Join:
    """How one becomes an ambassador: its page exists where this is given."""

    url: str = option(web, "", doc="A form, as that of a GitHub issue.")
    mail: str = option(MAIL, "", doc="An address to write to, instead of the form or beside it.")
    version: str = option(line, "", doc="Version of the agreement, as 2026-01; `consent.version` names it.")
    gives: Phrases = option(phrases, Phrases(), doc="What one gets beside page, feed, code and kit, by language.")
    agree: Words = option(wording, Words(), doc="What one agrees to, by language; an empty line parts paragraphs.")


JOIN = record(Join)


def way_in(node: Node, place: Place) -> Join | None:
    """A `Join` that leads somewhere."""
    read = JOIN(node, place)
    if read and not (read.url or read.mail):
        place.wrong(node.line, "want url: (a form) or mail: (an address), or both")
        return None
    return read
