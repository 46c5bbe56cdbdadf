"""An Item becomes a file for people to decide on. No clock, no disk: the same item always gives the same text."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, TypeVar

from .. import html, matter
from ..model import Draft, Item, Person, Review
from ..options import Source
from ..schema import YEARS
from ..settings import Settings
from ..slugs import slug
from ..sources.values import language
from . import flags, tongues
from .body import TRAILING, Body, body
from .contacts import masked, reaches_somebody, without

TITLE_WORDS, TITLE_LENGTH = 8, 70  # of a title made from the first words
LONGEST = {"title": 1000, "name": 200, "tag": 80, "field": 500}
MOST_TAGS = 20
SLUG_LENGTH = 48
When = TypeVar("When", bound=date)
NO_LANGUAGE = {"und", "mul", "zxx", "mis"}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a brand asks of its drafts: its languages, the default first, its words, the flags that are delicate."""

    languages: tuple[str, ...]
    words: flags.Words
    delicate: frozenset[str]

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        moderation = settings.moderation
        return cls(settings.brand.languages, flags.words_of(moderation), frozenset(moderation.delicate))


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that was copied: its path below content/, what it shows, its size in pixels."""

    file: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """What an item alone does not show: flags, for a person why, and the pictures that were copied for it."""

    flags: tuple[str, ...] = ()
    why: str = ""
    media: tuple[Kept, ...] = ()

    def and_(self, other: Noticed) -> Noticed:
        """Both."""
        if other is NOTHING:
            return self
        whys = filter(None, (self.why, other.why))
        flags = tuple(dict.fromkeys(self.flags + other.flags))
        return Noticed(flags, "; ".join(dict.fromkeys(whys)), self.media + other.media)


NOTHING = Noticed()


def draft(
    item: Item,
    source: Source,
    rules: Rules,
    *,
    at: str = "",
    taken: Container[str] = (),
    noticed: Noticed = NOTHING,
) -> Draft:
    """The file of an item. `at` is where it lies already, below content/; `taken` are the stems of other files.

    The path never follows a new title. It changes only where an item becomes delicate, for a senior must see it then.
    """
    if item.published and not _sensible(item.published):
        item = replace(item, published=None)
    said = body(item.html, source.use)
    head = _head(item, source, rules, said, noticed)
    if item.review and (at.partition("/")[0] or source.into) == "testimonials":
        head |= _review(item.review)
    head |= _decided(item, source, head["flags"], said.text, noticed.why)
    delicate = not rules.delicate.isdisjoint(head["flags"])
    path = _kept(at, delicate) if at else _new(item, source, head["title"], delicate, taken)
    head = {name: value for name, value in head.items() if value not in ("", None, [], {})}
    return Draft(path, _marked(matter.write(head, said.text)))


def _marked(text: str) -> str:
    """The text with its own hash as the last field."""
    end, hash = text.index("\n---\n") + 1, matter.pulled_hash(text)
    line = f"pulled: {hash}\n" if {*hash} & {*"abcdf"} else matter.dump({"pulled": hash})  # no number: no quotes
    return text[:end] + line + text[end:]


@lru_cache(maxsize=1024)
def signed(author: Person) -> Person:
    """Who said it, as a file may name them: no e-mail address or telephone number in any part."""
    name = without(html.text(author.name))[: LONGEST["name"]].strip()
    id = html.text(author.id)[: LONGEST["name"]]
    return Person(name, original(author.url), "" if masked(id) != id else id)


@lru_cache(maxsize=1024)
def original(url: str) -> str:
    """An address as a file may hold it, without what only follows readers, or "" where it is none.

    One that spells an e-mail address or a telephone number is none, either.
    """
    return "" if reaches_somebody(url) else html.address(url)


def _head(item: Item, source: Source, rules: Rules, said: Body, also: Noticed) -> dict[str, Any]:
    author = signed(item.author)
    title = _line(item.title, "title")
    noticed = list(flags.notice(item, said, rules.words, masked(html.text(item.title)) != html.text(item.title)))
    media = [_shown(kept) for kept in also.media]
    noticed += [*also.flags, *(["no-alt"] if any(not kept["alt"] for kept in media) else [])]
    return {
        "id": item.id,
        "title": title or _first_words(said.words) or source.label.in_(rules.languages[0]) or source.name,
        "date": item.published,
        "lang": _lang(item.lang, source.lang, item.title + "\n" + said.words, rules.languages),
        "tags": _tags(item.tags, source.tags),
        "status": "pending",
        "source": source.name,
        "author": {"name": author.name} | {key: part for key in ("url", "id") if (part := getattr(author, key))},
        "original": original(item.url),
        "use": source.use,
        "licence": _line(item.licence, "field"),
        "media": media,
        "flags": noticed,
    }


def _decided(item: Item, source: Source, noticed: list[str], text: str, why: str) -> dict[str, Any]:
    """A trusted source says yes for its own items, as long as nothing was noticed."""
    if why or source.trust != "trusted":
        return {"held": why}
    if noticed or item.published is None:
        return {"held": f"{source.name} is trusted, but a person should look: {', '.join(noticed)}"}
    yes = {"by": f"trusted:{source.name}", "on": item.published.date(), "text_hash": matter.text_hash(text)}
    return {"status": "published", "approved": yes}


def _review(review: Review) -> dict[str, Any]:
    consent = review.consent
    agreed = (
        {
            "version": _line(consent.version, "field"),
            "on": _sensible(consent.on),
            "scope": [_line(scope, "tag") for scope in consent.scope],
            "until": _sensible(consent.until),
            "proof": _line(consent.proof, "field"),
        }
        if consent
        else {}
    )
    how = _line(review.verified, "field")
    return {
        "rating": review.rating if review.rating in range(1, 6) else None,
        "experience_date": _sensible(review.experience_date),
        "verified": {"how": how} if how else None,
        "reward": _line(review.reward, "field"),
        "product": _line(review.product, "field"),
        "role": _line(review.role, "field"),
        "consent": {name: value for name, value in agreed.items() if value} if consent else None,
    }


def _shown(kept: Kept) -> dict[str, Any]:
    return {"file": kept.file, "alt": _line(kept.alt, "field"), "width": kept.width, "height": kept.height}


def _sensible(when: When | None) -> When | None:
    """A date as a file may hold it, None where no person can have meant it."""
    return when if when and YEARS[0] <= when.year <= YEARS[1] else None


def _line(raw: str, kind: str) -> str:
    """One line of text without contacts, cut after a character where it is too long."""
    line, longest = masked(html.text(raw)), LONGEST[kind]
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _first_words(words: str) -> str:
    """The beginning of a text, as a title."""
    all_words = words.split()
    kept = all_words[:TITLE_WORDS]
    while len(kept) > 1 and len(" ".join(kept)) > TITLE_LENGTH:
        kept.pop()
    title = " ".join(kept)[:TITLE_LENGTH]
    return html.text(title if title == " ".join(all_words) else TRAILING.sub("", title) + "…")


def _tags(said: Iterable[str], added: Iterable[str]) -> list[str]:
    """Tags as text, each once whatever its capitals; those that the brand adds always have a place."""
    ours = [_line(tag, "tag") for tag in added]
    theirs = [_line(tag.strip().removeprefix("#"), "tag") for tag in said]
    kept: dict[str, str] = {}
    for tag in filter(None, (*theirs[: max(MOST_TAGS - len(ours), 0)], *ours)):
        kept.setdefault(tag.casefold(), tag)
    return list(kept.values())


def _lang(item: str, source: str, words: str, languages: tuple[str, ...]) -> str:
    """The language said, in its short form where the site has pages in it; else the words', else the site's own."""
    for tag in filter(None, map(language, (item, source))):
        short = tag.partition("-")[0]
        if short not in NO_LANGUAGE:
            return short if short in languages else tag
    return tongues.found(words) or languages[0]


def _kept(at: str, delicate: bool) -> str:
    folder, *rest = PurePosixPath(at).parts
    return "/".join((folder, "delicate", *rest)) if delicate and "delicate" not in rest[:-1] else at


def _new(item: Item, source: Source, title: str, delicate: bool, taken: Container[str]) -> str:
    """A place that no other file has: the title, and as much of the id's hash as it takes."""
    digest = hashlib.blake2b(item.id.encode(), digest_size=16).hexdigest()
    whole = slug(title)
    words = whole if len(whole) <= SLUG_LENGTH else whole[: SLUG_LENGTH + 1].rpartition("-")[0] or whole[:SLUG_LENGTH]
    stems = (f"{words}-{digest[:size]}".strip("-") for size in (6, 12, 32))
    stem = next((stem for stem in stems if stem not in taken), item.id)
    year = str(item.published.year) if item.published else "undated"
    return "/".join((source.into, *(("delicate",) if delicate else ()), year, f"{stem}.md"))
