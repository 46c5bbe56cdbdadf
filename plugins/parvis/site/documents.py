"""The page of each document: articles with the voices set beside them, voices with the brand's answer, profiles."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import nsmallest
from itertools import chain, islice

from markupsafe import Markup

from ..kinds import Ambassador, Article, Said
from ..options import Topic
from . import people, pictures, structured, typography, views
from .cards import picture
from .feeds import directory
from .pieces import Piece
from .tongue import Tongue
from .views import ROOT, Card, Link, Prose, Reply, Voice

LOG = logging.getLogger(__name__)
NEAR = 3


def write(tongue: Tongue) -> None:
    """Every page that stands among those of this language."""
    shelf = Shelf(tongue.stock.listed("articles", tongue.lang))
    for piece in tongue.stock.pieces:
        if piece.home != tongue.lang:
            continue
        if piece.kind == "articles":
            article(tongue, piece, shelf)
        elif piece.kind == "pages":
            prose(tongue, piece)
        elif piece.kind == "ambassadors":
            ambassador(tongue, piece)
        else:
            voice(tongue, piece)


def article(tongue: Tongue, piece: Piece, shelf: Shelf) -> None:
    head = piece.head
    assert isinstance(head, Article)
    card = tongue.cards.card(piece)
    older, newer = shelf.beside(piece, 1), shelf.beside(piece, -1)
    view = views.Article(
        card=card,
        text=_text(tongue, piece),
        updated=head.updated,
        quotes=tongue.cards.cards(_quoted(tongue, head)),
        related=tongue.cards.cards(shelf.related(piece)),
        earlier=tongue.cards.card(older) if older else None,
        later=tongue.cards.card(newer) if newer else None,
    )
    _page(tongue, piece, card, "articles", article=view)


def prose(tongue: Tongue, piece: Piece) -> None:
    head = piece.head
    title = typography.fine_text(head.title, piece.lang)
    summary = getattr(head, "summary", "")
    view = Prose(title, _text(tongue, piece), summary, picture(head, tongue.settings.content))
    page = tongue.heads.page(
        "page", title, summary or title, piece.path,
        there=_there(tongue, piece), nearest=tongue.addresses.home,
        trail=(Link(title, ROOT + piece.path),), image=view.image, noindex=not piece.listed,
    )  # fmt: skip
    tongue.show.page(piece.path, page, prose=view)


def voice(tongue: Tongue, piece: Piece) -> None:
    head = piece.head
    assert isinstance(head, Said)
    card = tongue.cards.card(piece)
    view = Voice(
        card=card,
        text=typography.unbroken(piece.html, piece.lang),
        use=head.use,
        licence=head.licence,
        images=tuple(views.Image(pictures.address(m.file), m.alt, m.width, m.height) for m in head.media),
        reply=Reply(head.reply.by, head.reply.on, piece.reply) if head.reply else None,
        correction=views.Note(head.correction.on, head.correction.text) if head.correction else None,
        quoted_in=tongue.cards.cards(_quoting(tongue, piece)),
        others=tongue.cards.cards(_alike(tongue, piece)),
    )
    _page(tongue, piece, card, piece.kind, voice=view)


def ambassador(tongue: Tongue, piece: Piece) -> None:
    """The profile of somebody who agreed to have one."""
    head = people.person(piece)
    if not people.may(piece, "profile"):
        LOG.warning("%s: no page, since its consent: does not allow one (scope: profile)", piece.document.path)
        return
    there = {lang: p.path for lang, p in tongue.stock.translations(piece).items() if people.may(p, "profile")}
    view = views.Ambassador(
        face=tongue.cards.face(piece),
        text=_text(tongue, piece),
        languages=head.languages,
        topics=tuple(_spoken(tongue, topic) for topic in tongue.brand.topics if topic.id in head.topics),
        links=tuple(Link(link.name, link.url) for link in head.links),
        feeds=tuple(directory.personal(tongue, head)) if people.may(piece, "feed") else (),
        shared=tongue.cards.cards(_shared(tongue, head)),
        state=piece.state,
        since=people.since(piece),
        address=tongue.addresses.absolute(piece.path),
        commercial=head.commercial,
    )
    page = tongue.heads.page(
        "ambassador", head.name, head.title, piece.path,
        there=there, nearest=lambda lang: tongue.addresses.section(lang, "ambassadors"),
        trail=(tongue.heads.section("ambassadors"), Link(head.name, ROOT + piece.path)),
        extra=view.feeds, noindex=not piece.listed or bool(piece.state),
        data=(
            structured.organization(tongue.brand, tongue.addresses),
            structured.profile(piece, view, tongue.addresses),
        ),
        me=tuple(link.url for link in view.links),
    )  # fmt: skip
    tongue.show.page(piece.path, page, ambassador=view)


def _spoken(tongue: Tongue, topic: Topic) -> Link:
    """A topic somebody speaks about; it has a page as soon as something was said on it."""
    own = tongue.cards.topic(topic)
    return own if tongue.stock.about(tongue.lang).get(topic.id) else replace(own, url="")


def _page(tongue: Tongue, piece: Piece, card: Card, section: str, **view: object) -> None:
    """The page of something that has a card; the one view given names the template, and a testimonial has its own."""
    (kind,) = ("testimonial",) if piece.kind == "testimonials" else view
    page = tongue.heads.page(
        kind, card.title, card.summary or card.title, piece.path,
        there=_there(tongue, piece), nearest=lambda lang: tongue.addresses.section(lang, section),
        trail=(tongue.heads.section(section), Link(card.title, card.url)), image=tongue.drawn.shown(piece, card.image),
        data=(
            structured.organization(tongue.brand, tongue.addresses),
            structured.item(piece, card, tongue.brand, tongue.addresses),
        ),
        stream=section, noindex=not piece.listed or bool(piece.state),
    )  # fmt: skip
    tongue.show.page(piece.path, page, **view)


def _text(tongue: Tongue, piece: Piece) -> Markup:
    return typography.fine(pictures.text(piece.html, tongue.settings.content), piece.lang)


def _there(tongue: Tongue, piece: Piece) -> dict[str, str]:
    return {lang: other.path for lang, other in tongue.stock.translations(piece).items()}


def _quoted(tongue: Tongue, head: Article) -> Iterator[Piece]:
    """The voices an article names, as far as they still go out."""
    return (tongue.stock.by_id[id] for id in head.quotes if id in tongue.stock.by_id)


def _quoting(tongue: Tongue, piece: Piece) -> Iterator[Piece]:
    return (article for article in tongue.stock.quoting.get(piece.head.id, ()) if article.home == tongue.lang)


def _alike(tongue: Tongue, piece: Piece) -> list[Piece]:
    """Other voices of the same kind, on a topic of this one where there are any."""
    about = tongue.stock.about(tongue.lang)
    near = (p for topic in tongue.stock.topics(piece) for p in about.get(topic.id, ()) if p.kind == piece.kind)
    fellows = {p.document.path: p for p in islice(chain(near, tongue.stock.listed(piece.kind, tongue.lang)), 4 * NEAR)}
    return [p for p in fellows.values() if p is not piece][:NEAR]


def _shared(tongue: Tongue, head: Ambassador) -> list[Piece]:
    """The newest articles on an ambassador's topics; of all topics where they name none."""
    wanted = set(head.topics)
    pieces = tongue.stock.listed("articles", tongue.lang)
    about = (p for p in pieces if not wanted or wanted & {topic.id for topic in tongue.stock.topics(p)})
    return list(islice(about, NEAR)) or pieces[:NEAR]


class Shelf:
    """The articles of one language in their order, found by tag and by place."""

    def __init__(self, articles: Sequence[Piece]) -> None:
        self._articles = articles
        self._places = {article.document.path: place for place, article in enumerate(articles)}
        self._by_tag: dict[str, list[int]] = defaultdict(list)
        for place, article in enumerate(articles):
            for tag in _tags(article):
                self._by_tag[tag].append(place)

    def beside(self, piece: Piece, step: int) -> Piece | None:
        """The next older article (`step` 1) or the next newer one (-1)."""
        place = self._places.get(piece.document.path, -2) + step
        return self._articles[place] if 0 <= place < len(self._articles) else None

    def related(self, piece: Piece) -> list[Piece]:
        """Other articles with most tags in common, the newest first among equals."""
        own = self._places.get(piece.document.path)
        shared = Counter(place for tag in _tags(piece) for place in self._by_tag[tag] if place != own)
        best = nsmallest(NEAR, shared.items(), key=lambda found: (-found[1], found[0]))
        return [self._articles[place] for place, _ in best]


def _tags(piece: Piece) -> set[str]:
    return {tag.casefold() for tag in piece.head.tags}
