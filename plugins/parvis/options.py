"""What each setting is: its type, its default and one sentence on what it is for. Declared here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from . import colours
from .errors import did_you_mean
from .nodes import Node, Pairs, Text
from .offers import Join, Kit, way_in
from .schema import (
    Place,
    boolean,
    choice,
    line,
    many,
    mapping,
    matching,
    number,
    option,
    record,
    text,
    unique,
    web,
)
from .slugs import slug
from .words import LANGUAGE, Words, wording

NAME = matching(r"[a-z0-9]+(-[a-z0-9]+)*", "a name of small letters, digits and hyphens")
AUTHORITY = matching(
    r"[a-z0-9.-]+\.[a-z]{2,},(19|20)\d\d(-\d\d){0,2}", "a domain you held and a year, as brand.example,2026"
)
BUILT = ("fr", "en")
GLYPHS = ("web", "forum", "fediverse", "blog", "club", "video", "review", "mail")


def zone(node: Node, place: Place) -> ZoneInfo | None:
    """A time zone by its name in the IANA list."""
    value = node.value if isinstance(node, Text) else ""
    if value in available_timezones():
        return ZoneInfo(value)
    place.wrong(
        node.line, f"want a time zone such as Europe/Paris, got '{value}'{did_you_mean(value, available_timezones())}"
    )
    return None


@dataclass(frozen=True, slots=True)
class Link:
    name: str = option(line, doc="What readers see.")
    url: str = option(web, doc="Where it leads.")


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag that has a page in each language. `tags` are further words that count as it."""

    id: str
    label: Words
    tags: tuple[str, ...] = ()


def topic_list(node: Node, place: Place) -> tuple[Topic, ...]:
    """`id: {fr: …, en: …, tags: […]}` each, or a plain list of words as they are to be read."""
    if isinstance(node, Pairs):
        unique(node, place)
        return tuple(_topic(key, value, place.inner(key.value)) for key, value in node.pairs)
    found: dict[str, str] = {}
    for word in filter(None, many(line)(node, place) or ()):
        if slug(word) and found.setdefault(slug(word), word) != word:
            what = f"'{found[slug(word)]}' and '{word}' have one address, '{slug(word)}'"
            place.wrong(node.line, what, "give each an id of its own, as in `c-sharp: {fr: C#}`")
    return tuple(Topic(id, Words({"": word})) for id, word in found.items())


def _topic(key: Text, node: Node, place: Place) -> Topic:
    NAME(key, place)
    tags: Node | None = None
    if isinstance(node, Pairs):
        tags = node.get("tags")
        node = Pairs(tuple(pair for pair in node.pairs if pair[0].value != "tags"), node.line)
    label = wording(node, place)
    return Topic(
        key.value,
        label if label and any(label.values()) else Words({"": key.value}),
        many(text)(tags, place.inner("tags")) if tags else (),
    )


def languages(node: Node, place: Place) -> tuple[str, ...] | None:
    """One language or more, each once."""
    read: tuple[str, ...] | None = many(choice(*BUILT))(node, place)
    if read is not None and len(set(read)) < max(len(read), 1):
        place.wrong(node.line, f"want at least one of {', '.join(BUILT)}, each once")
        return None
    return read


@dataclass(frozen=True, slots=True)
class Colours:
    brand: str = option(colours.read, "#8a3a1f", doc="The accent; it must be readable on the paper.", never_empty=True)


@dataclass(frozen=True, slots=True)
class Brand:
    """content/brand.yml: who speaks."""

    name: str = option(line, doc="The brand's name, as readers see it.")
    authority: str = option(
        AUTHORITY, doc="Domain and year that feed ids are made with, as brand.example,2026; never change it."
    )
    format: int = option(number(int, 1, 1), 1, doc="Version of these files.")
    tagline: Words = option(wording, Words(), doc="One line under the name, by language.")
    url: str = option(web, "", doc="The site's own address, with its path if it lives under one.")
    languages: tuple[str, ...] = option(languages, ("fr",), doc="Languages of the site, the default first.")
    public: bool = option(boolean, True, doc="Whether anyone can read this repository; private text is refused then.")
    colours: Colours = option(record(Colours), Colours("#8a3a1f"), doc="Colours of the brand.")
    logo: str = option(line, "", doc="Wordmark, a path below content/.")
    icon: str = option(line, "", doc="Square icon, a path below content/.")
    touch_icon: str = option(
        line, "", doc="The same as a PNG of 512 × 512 pixels, for home screens of phones; a path below content/."
    )
    card: str = option(
        line, "", doc="PNG or JPEG of 1200 × 630 pixels that networks show with pages without a picture."
    )
    topics: tuple[Topic, ...] = option(topic_list, (), doc="The tags that have a page in each language.")
    social: tuple[Link, ...] = option(many(record(Link)), (), doc="Where else the brand speaks.")
    legal: Words = option(wording, Words(), doc="One line at the foot of each page, by language.")
    contact: str = option(line, "", doc="Where people can write to have their words removed: an address or a page.")
    kit: Kit | None = option(record(Kit), None, doc="Logos, pictures and words for whoever speaks of the brand.")
    join: Join | None = option(way_in, None, doc="How one becomes an ambassador.")
    thanks: Words = option(wording, Words(), doc="Whom else to thank, by language; an empty line parts paragraphs.")
    timezone: ZoneInfo = option(zone, ZoneInfo("Europe/Paris"), doc="Zone of dates on pages.")
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def lang(self) -> str:
        return self.languages[0]

    @property
    def address(self) -> str:
        """The site's address without a slash at its end; the domain of `authority` until `url` says more."""
        return (self.url or f"https://{self.authority.partition(',')[0]}").rstrip("/")


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of content/sources.yml. `options` holds what only its kind knows."""

    kind: str = option(text, doc="How it is read: a file in plugins/parvis/sources/.")
    name: str = ""
    url: str = option(web, "", doc="Its address.")
    path: str = option(line, "", doc="A file instead of an address.")
    into: str = option(choice("community", "testimonials"), "community", doc="Where its items go.")
    use: str = option(choice("link", "excerpt", "full"), "excerpt", doc="How much of the words may be shown.")
    permission: str = option(text, "", doc="Why we may; `use: full` needs one.")
    trust: str = option(choice("held", "trusted"), "held", doc="Whether its items go live without a person's yes.")
    label: Words = option(wording, Words(), doc="What readers see; its name where absent.")
    glyph: str = option(choice(*GLYPHS), "web", doc="The small drawing beside its label.")
    include: tuple[str, ...] = option(many(text), (), doc="Only items that hold one of these words.")
    exclude: tuple[str, ...] = option(many(text), (), doc="No item that holds one of these words.")
    tags: tuple[str, ...] = option(many(text), (), doc="Tags that each of its items gets.")
    lang: str = option(LANGUAGE, "", doc="Language of items that do not say theirs.")
    languages: tuple[str, ...] = option(
        many(LANGUAGE), (), doc="Only items in these languages; looked for in their words where they do not say."
    )
    only_tags: tuple[str, ...] = option(many(text), (), doc="Only items that have one of these tags.")
    not_tags: tuple[str, ...] = option(many(text), (), doc="No item that has one of these tags.")
    max_age: int = option(number(int, 0, 36_500), 0, doc="No item older than so many days; 0 for any age.")
    min_words: int = option(number(int, 0, 10_000), 0, doc="No item of fewer words.")
    min_likes: int = option(number(int, 0, 10**9), 0, doc="No item with fewer likes, where its source counts them.")
    max_items: int = option(number(int, 1, 100_000), 1000, doc="Items read at most in one pull.")
    media: str = option(
        choice("none", "copy"), "none", doc="Whether pictures of its items are copied; `copy` needs a permission."
    )
    every: int = option(number(int, 0, 720), 0, doc="Hours at least between two looks at its address.")
    gone: str = option(
        choice("propose", "withdraw", "keep"),
        "propose",
        doc="What happens to an approved item that its source no longer has: a person is asked, it is taken down, or "
        "it stays.",
    )
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    line: int = 0


@dataclass(frozen=True, slots=True)
class Moderation:
    """content/moderation.yml: words by language and severity, and the flags that make an item delicate."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]] = option(
        mapping(mapping(many(text), choice("watch", "senior", "block")), LANGUAGE), MappingProxyType({}),
        doc="Words to look out for, by language, then by severity: watch, senior, block.",
    )  # fmt: skip
    delicate: tuple[str, ...] = option(many(text), ("word:senior", "word:block"), doc="Flags that ask for a senior.")


@dataclass(frozen=True, slots=True)
class Team:
    """content/team.yml: who may decide."""

    juniors: tuple[str, ...] = option(many(line), (), doc="They clear simple items.")
    seniors: tuple[str, ...] = option(many(line), (), doc="They sign the delicate ones too.")
