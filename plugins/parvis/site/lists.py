"""The lists of one language: home, one list per kind, topics, archives, ambassadors, feeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from ..kinds import Testimonial
from . import joining, people, presskit, structured, thanks
from .feeds import directory
from .pieces import SAID, Piece
from .show import Views
from .tongue import Tongue
from .views import ROOT, Faces, Feed, Home, Link, Listing, Month, Page

PER_PAGE = 20
VOICES, OWN = 7, 3
TEMPLATES = {"articles": "list", "community": "stream", "testimonials": "wall"}


@dataclass(frozen=True)
class Spot:
    """Where a list stands: its link, how it is made, its path in each language that has it, the way to it."""

    link: Link
    about: str
    paths: Mapping[str, str]
    trail: tuple[Link, ...]
    stream: str = "all"
    nearest: str = ""
    feeds: tuple[Feed, ...] = ()


class Place(NamedTuple):
    """One page of a list: its path, its number of how many, and how many things the whole list holds."""

    path: str
    number: int
    last: int
    total: int


def write(tongue: Tongue) -> None:
    home(tongue)
    lists: dict[str, Callable[[Tongue], None]] = {name: partial(_section, section=name) for name in TEMPLATES}
    for name, make in {**lists, "topics": _topics, "archives": _archives, "ambassadors": _ambassadors}.items():
        if tongue.show.wants_below(tongue.addresses.section(tongue.lang, name)):
            make(tongue)
    directory.write(tongue)


def home(tongue: Tongue) -> None:
    """What the brand says, what the community says, and who its ambassadors are, at a glance."""
    stock, cards, lang = tongue.stock, tongue.cards, tongue.lang
    if not tongue.show.wants(tongue.addresses.home(lang)):
        return
    newest, heard = stock.listed("articles", lang)[:4], _heard(stock.listed("community", lang), lang)
    best, faces = _best(stock.listed("testimonials", lang), lang)[:1], people.everybody(tongue)
    articles = cards.cards(newest)
    section = tongue.addresses.section
    view = Home(
        lead=articles[0] if articles else None,
        articles=articles[1:],
        voices=cards.cards(heard),
        testimonial=next((cards.card(piece) for piece in best), None),
        ambassadors=tuple(cards.face(piece) for piece in faces),
        topics=counted(tongue),
        articles_url=ROOT + section(lang, "articles"),
        voices_url=ROOT + section(lang, "community"),
        wall_url=ROOT + section(lang, "testimonials"),
        ambassadors_url=ROOT + section(lang, "ambassadors"),
        feeds_url=ROOT + section(lang, "feeds"),
    )
    tagline = tongue.brand.tagline.in_(lang)
    page = tongue.heads.page(
        "home", tongue.brand.name, tagline or tongue.brand.name, tongue.addresses.home(lang),
        there=tongue.heads.everywhere(tongue.addresses.home), nearest=tongue.addresses.home,
        data=(
            structured.organization(tongue.brand, tongue.addresses),
            structured.website(tongue.brand, tongue.addresses, lang),
        ),
    )  # fmt: skip
    tongue.show.page(tongue.addresses.home(lang), page, [*newest, *heard, *best, *faces], home=view)


def _heard(voices: Sequence[Piece], lang: str) -> list[Piece]:
    """The voices of the home page: a few that its readers can read, then the newest of all languages."""
    own = list(islice((voice for voice in voices if voice.lang == lang), OWN))
    rest = (voice for voice in voices if not any(voice is other for other in own))
    return [*own, *islice(rest, VOICES - len(own))]


def _best(testimonials: Sequence[Piece], lang: str) -> list[Piece]:
    """The order in which one is chosen for the home page: pinned, in its language, best rated, then the newest."""
    return sorted(testimonials, key=lambda piece: _worth(piece, lang), reverse=True)


def _worth(piece: Piece, lang: str) -> tuple[bool, bool, int]:
    head = piece.head
    given = head if isinstance(head, Testimonial) else None
    return bool(given and given.pinned), piece.lang == lang, given.rating or 0 if given else 0


def _section(tongue: Tongue, section: str) -> None:
    pieces = tongue.stock.listed(section, tongue.lang)
    paths = tongue.heads.section_everywhere(section)
    about = {
        "articles": tongue.heads.words.gettext("What we write ourselves, newest first."),
        "community": tongue.heads.words.gettext("What is said about us elsewhere, newest first, each with its source."),
        "testimonials": tongue.heads.words.gettext("Words given to us. Newest first, thankful and cross alike."),
    }[section]
    link = tongue.heads.section(section)
    _paged(tongue, TEMPLATES[section], Spot(link, about, paths, (link,), section), pieces)


def _topics(tongue: Tongue) -> None:
    """The list of topics, and a page for each that something was said about."""
    link = tongue.heads.section("topics")
    index = tongue.heads.section_everywhere("topics")
    words = tongue.heads.words.gettext
    spot = Spot(link, words("Everything we and others talk about."), index, (link,))
    _one(tongue, "topics", spot, topics=counted(tongue))
    for topic in tongue.brand.topics:
        pieces = tongue.stock.about(tongue.lang).get(topic.id, [])
        if pieces and tongue.show.wants_below(tongue.addresses.topic(tongue.lang, topic.id)):
            there = {
                lang: tongue.addresses.topic(lang, topic.id)
                for lang in tongue.brand.languages
                if tongue.stock.about(lang).get(topic.id)
            }
            own = tongue.cards.topic(topic)
            about = words("Articles, community posts and testimonials on this topic, newest first.")
            spot = Spot(own, about, there, (link, own), nearest="topics", feeds=directory.of_topic(tongue, topic.id))
            _paged(tongue, "list", spot, pieces)


def counted(tongue: Tongue) -> tuple[Link, ...]:
    about = tongue.stock.about(tongue.lang)
    return tuple(tongue.cards.topic(t, len(about[t.id])) for t in tongue.brand.topics if about.get(t.id))


def _archives(tongue: Tongue) -> None:
    """The months in which something was said, and a page for each."""
    by_month = tongue.stock.months(tongue.lang)
    address = tongue.addresses.month
    months = tuple(
        Month(first, ROOT + address(tongue.lang, first.year, first.month), len(pieces))
        for first, pieces in sorted(by_month.items(), reverse=True)
    )
    link = tongue.heads.section("archives")
    index = tongue.heads.section_everywhere("archives")
    words = tongue.heads.words.gettext
    _one(tongue, "archives", Spot(link, words("All that was published, by month."), index, (link,)), months=months)
    for month in months:
        if not tongue.show.wants_below(address(tongue.lang, month.first.year, month.first.month)):
            continue
        title = tongue.show.environment.filters["month"](month.first)
        there = {
            lang: address(lang, month.first.year, month.first.month)
            for lang in tongue.brand.languages
            if month.first in tongue.stock.months(lang)
        }
        own = Link(title, month.url)
        about = words("All that was published in this month, newest first.")
        _paged(tongue, "list", Spot(own, about, there, (link, own), nearest="archives"), by_month[month.first])


def _ambassadors(tongue: Tongue) -> None:
    link = tongue.heads.section("ambassadors")
    paths = tongue.heads.section_everywhere("ambassadors")
    about = tongue.heads.words.gettext("The people who carry our news further, in their own words.")
    page = _head(tongue, "ambassadors", Spot(link, about, paths, (link,)))
    everybody = people.everybody(tongue)
    view = Faces(
        everybody=tuple(tongue.cards.face(piece) for piece in everybody),
        contact=tongue.brand.contact,
        join=joining.link(tongue.heads),
        ways=tuple(filter(None, (thanks.link(tongue), presskit.link(tongue.heads)))),
    )
    tongue.show.page(paths[tongue.lang], page, everybody, faces=view)


def _one(
    tongue: Tongue, kind: str, spot: Spot, *, months: tuple[Month, ...] = (), topics: tuple[Link, ...] = ()
) -> None:
    """An index without cards."""
    if not tongue.show.wants(spot.paths[tongue.lang]):
        return
    view = Listing(title=spot.link.label, about=spot.about, months=months, topics=topics)
    tongue.show.page(spot.paths[tongue.lang], _head(tongue, kind, spot), (), listing=view)


def _head(tongue: Tongue, kind: str, spot: Spot) -> Page:
    return tongue.heads.page(
        kind, spot.link.label, spot.about, spot.paths[tongue.lang],
        there=spot.paths, nearest=spot.paths.__getitem__, trail=spot.trail,
    )  # fmt: skip


def _paged(tongue: Tongue, kind: str, spot: Spot, pieces: Sequence[Piece]) -> None:
    """A list in pages of PER_PAGE; an empty one has a page too, which says what will stand there."""
    last = max(1, -(-len(pieces) // PER_PAGE))
    said = f"{kind} {len(pieces)} {spot!r}"
    for number in range(1, last + 1):
        path = tongue.addresses.page(spot.paths[tongue.lang], tongue.lang, number)
        if not tongue.show.wants(path):
            continue
        there = spot.paths if number == 1 else {tongue.lang: path}
        shown = pieces[(number - 1) * PER_PAGE : number * PER_PAGE]
        make = partial(_nth, tongue, kind, spot, shown, Place(path, number, last, len(pieces)))
        tongue.show.late(path, tongue.heads.mapped(path, there), shown, [said, str(number)], make)


def _nth(tongue: Tongue, kind: str, spot: Spot, shown: Sequence[Piece], place: Place) -> tuple[Page, Views]:
    path, number, last, total = place
    first, address = spot.paths[tongue.lang], tongue.addresses
    newer = ROOT + address.page(first, tongue.lang, number - 1) if number > 1 else ""
    older = ROOT + address.page(first, tongue.lang, number + 1) if number < last else ""
    label = spot.link.label
    page = tongue.heads.page(
        kind, f"{label} ({number}/{last})" if number > 1 else label, spot.about, path,
        there=spot.paths if number == 1 else {tongue.lang: path},
        nearest=lambda lang: spot.paths.get(lang) or address.section(lang, spot.nearest),
        trail=spot.trail, stream=spot.stream, extra=spot.feeds, previous=newer, next=older,
    )  # fmt: skip
    view = Listing(
        title=label,
        cards=tongue.cards.cards(shown),
        about=spot.about,
        number=number,
        last=last,
        total=total,
        newer=newer,
        older=older,
        feeds=spot.feeds or tongue.heads.feeds(spot.stream),
        frames=ROOT + address.section(tongue.lang, "frames") if kind == "wall" else "",
    )
    return page, {"listing": view}


def latest(tongue: Tongue) -> list[Piece]:
    """The three things said last, for whoever is lost."""
    return [piece for piece in tongue.stock.stream(tongue.lang) if piece.kind in SAID][:3]
