"""The front matter of each kind of file below content/, as its schema (DESIGN: formats)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from . import html
from .model import Consent, Person
from .nodes import Many, Node, Text
from .options import NAME, Link
from .schema import (
    Place,
    boolean,
    choice,
    day,
    line,
    many,
    matching,
    moment,
    number,
    option,
    record,
    text,
    web,
)
from .share import NOTHING, Share
from .words import LANGUAGE

ID = matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}", "letters, digits, dots and hyphens")
PATH = matching(r"/(?:(?!\.{1,2}(?:/|$))[\w.~%+-]+(?:/|$))+", "a path that begins with /, as /2020/01/a-word/")
HASH = matching(r"[0-9a-f]{16}", "16 hexadecimal digits")
CODE = matching(r"[A-Za-z0-9][A-Za-z0-9-]{1,31}", "a short code of letters and digits")
MOVED = "Paths that it had on another site before, as /2020/01/a-word/; each leads here."
AGREED = "What the person agreed to: {version, on, scope, until, proof}."
SHARED = "Ready wordings by network, and when to share: {wordings, embargo, until}."
TIE = "A commercial tie to be told: none, gift, paid, employee or affiliate."
CONSENT = record(Consent, version=line, on=day, scope=many(line), until=day, proof=line)
SIGNED = record(Person, name=line, url=web, id=line)


def titled(node: Node, place: Place) -> str | None:
    """A `line` that says something."""
    read = line(node, place)
    if read == "":
        place.wrong(node.line, "empty. The title, as readers see it.")
    return read


def person(node: Node, place: Place) -> Person | None:
    """`{name, url, id}`, or the name alone."""
    return Person(html.text(node.value)) if isinstance(node, Text) else SIGNED(node, place)


def verification(node: Node, place: Place) -> str | None:
    """How an experience was checked: `{how: …}`, or the words alone."""
    if isinstance(node, Text):
        return line(node, place)
    checked: Verified | None = VERIFIED(node, place)
    return checked.how if checked else None


def tags(node: Node, place: Place) -> tuple[str, ...] | None:
    """A list of words, each once; on one line they may stand between commas, as Pelican has them."""
    if isinstance(node, Text) and not node.quoted:
        node = Many(tuple(Text(word.strip(), node.line) for word in node.value.split(",")), node.line)
    read = many(line)(node, place)
    return None if read is None else tuple(dict.fromkeys(filter(None, read)))


@dataclass(frozen=True, slots=True)
class Verified:
    how: str = option(line, doc="How it was checked that the experience took place.")


VERIFIED = record(Verified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    by: str = option(line, doc="Who said yes; `trusted:SOURCE` for a trusted source.")
    on: date = option(day, doc="When.")
    text_hash: str = option(HASH, doc="Hash of the body that was approved; `invoke review --accept` writes it.")
    signed_off_by: str = option(line, "", doc="The senior who signed a delicate item.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    by: str = option(line, doc="Who answers for the brand.")
    on: date = option(day, doc="When.")
    text: str = option(text, doc="The answer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    on: date = option(day, doc="When it was corrected.")
    text: str = option(text, doc="What was corrected.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    file: str = option(line, doc="A path below content/.")
    alt: str = option(line, "", doc="What the picture shows.")
    width: int = option(number(int, 1, 100_000), 0, doc="Pixels.")
    height: int = option(number(int, 1, 100_000), 0, doc="Pixels.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every kind has."""

    id: str = option(ID, doc="Its permanent id; `invoke new` writes one.")
    title: str = option(titled, doc="The title, as readers see it.")
    date: datetime | None = option(moment, None, doc="When it was said or published.")
    lang: str = option(LANGUAGE, "", doc="Its language; the site's first where absent.")
    tags: tuple[str, ...] = option(tags, (), doc="What it is about.")
    status: str = option(choice("pending", "published", "hidden", "draft"), "published", doc="Where it stands.")
    slug: str = option(NAME, "", doc="Its place in the address; the file's name where absent.")
    translation_key: str = option(ID, "", doc="The same word in each translation.")
    share: Share = option(
        record(Share),
        NOTHING,
        doc="Ready wordings by network, and when to share: {wordings, embargo, until}.",
    )
    commercial: str = option(
        choice("none", "gift", "paid", "employee", "affiliate"),
        "none",
        doc=TIE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Head):
    date: datetime = option(moment, doc="When it was published, with time and zone.")
    category: str = option(line, "", doc="The one shelf it stands on.")
    author: str = option(line, "", doc="Who wrote it.")
    summary: str = option(line, "", doc="One or two sentences, shown in lists and feeds.")
    image: str = option(line, "", doc="Its picture, a path below content/.")
    alt: str = option(line, "", doc="What the picture shows.")
    quotes: tuple[str, ...] = option(many(ID), (), doc="Ids of community items and testimonials set beside the text.")
    updated: datetime | None = option(moment, None, doc="When it last changed for readers.")
    moved_from: tuple[str, ...] = option(many(PATH), (), doc=MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Head):
    summary: str = option(line, "", doc="One or two sentences.")
    image: str = option(line, "", doc="Its picture, a path below content/.")
    alt: str = option(line, "", doc="What the picture shows.")
    moved_from: tuple[str, ...] = option(many(PATH), (), doc=MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Head):
    """What both community posts and testimonials have."""

    author: Person = option(person, doc="Who said it: {name, url, id}.")
    status: str = option(choice("pending", "published", "hidden", "draft"), "pending", doc="Where it stands.")
    source: str = option(NAME, "", doc="The entry of sources.yml it came by.")
    original: str = option(web, "", doc="Its address where it was first said.")
    use: str = option(
        choice("link", "excerpt", "full"), "excerpt", doc="How much of it may be shown: link, excerpt or full."
    )
    licence: str = option(line, "", doc="The licence it is shown under.")
    media: tuple[Medium, ...] = option(many(record(Medium)), (), doc="Pictures that may be shown.")
    flags: tuple[str, ...] = option(many(line), (), doc="What the pull noticed.")
    pulled: str = option(HASH, "", doc="Hash of the file as the pull left it.")
    held: str = option(line, "", doc="Why a person should look twice.")
    pinned: bool = option(boolean, False, doc="First in its lists.")
    approved: Approved | None = option(record(Approved), None, doc="Who let it out, when, with which text.")
    reply: Reply | None = option(record(Reply), None, doc="The brand's answer.")
    correction: Correction | None = option(record(Correction), None, doc="What was put right.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Community(Said):
    source: str = option(NAME, doc="The entry of sources.yml it came by.")
    original: str = option(web, "", doc="Its address where it was first said.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimonial(Said):
    rating: int | None = option(number(int, 1, 5), None, doc="1 to 5.")
    experience_date: date | None = option(day, None, doc="The day of the experience.")
    verified: str = option(verification, "", doc="How it was checked that the experience took place: {how}.")
    reward: str = option(line, "", doc="What was given for it, or none.")
    product: str = option(line, "", doc="What it is about.")
    role: str = option(line, "", doc="Who speaks: a customer, a partner.")
    consent: Consent | None = option(CONSENT, None, doc=AGREED)
    translated_from: str = option(LANGUAGE, "", doc="The language it was said in.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambassador(Head):
    handle: str = option(NAME, doc="The name in the address of page and feeds.")
    code: str = option(CODE, doc="The code that tags shared links; never a person's name.")
    name: str = option(titled, doc="The name readers see.")
    languages: tuple[str, ...] = option(many(LANGUAGE), (), doc="Languages of the feed.")
    topics: tuple[str, ...] = option(many(NAME), (), doc="Topics of the feed; all where absent.")
    links: tuple[Link, ...] = option(many(record(Link)), (), doc="Where they speak: [{name, url}].")
    consent: Consent | None = option(CONSENT, None, doc=AGREED)


FOLDERS: Mapping[str, type[Head]] = MappingProxyType(
    {"articles": Article, "pages": Page, "community": Community, "testimonials": Testimonial, "ambassadors": Ambassador}
)
