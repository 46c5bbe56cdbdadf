"""The page of each document: articles with the voices set beside them, voices with the brand's answer, profiles."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice

from markupsafe import Markup

from ..kinds import Ambassador, Article, Said
from ..options import Topic
from . import people, pictures, structured, typography, views
from .cards import picture
from .feeds import directory
from .pieces import Piece
from .shelf import NEAR, Shelf
from .show import Views
from .tongue import Tongue
from .views import ROOT, Card, Link, Page, Prose, Reply, Voice

LOG = logging.getLogger(__name__)


def write(tongue: Tongue) -> None:
    """Every page that stands among those of this language."""
    shelf = Shelf(tongue.lang, tongue.stock.listed("articles", tongue.lang), tongue.store)
    own = [piece for piece in tongue.stock.pieces if piece.home == tongue.lang]
    wanted = {piece.path for piece in tongue.show.sheets.wanted.pieces(own)}
    for piece in own:
        if piece.kind != "ambassadors" and piece.path not in wanted:
            continue
        if piece.kind == "articles":
            article(tongue, piece, shelf)
        elif piece.kind == "pages":
            prose(tongue, piece)
        elif piece.kind == "ambassadors":
            ambassador(tongue, piece)
        else:
            voice(tongue, piece)


@dataclass(frozen=True, slots=True)
class Around:
    """The pieces whose cards stand beside a text."""

    quotes: Sequence[Piece] = ()
    related: Sequence[Piece] = ()
    earlier: Piece | None = None
    later: Piece | None = None

    @property
    def pieces(self) -> list[Piece]:
        return [*self.quotes, *self.related, *filter(None, (self.earlier, self.later))]

    def places(self) -> Iterator[str]:
        """How many stand where."""
        yield f"{len(self.quotes)} {len(self.related)} {self.earlier is not None} {self.later is not None}"


def article(tongue: Tongue, piece: Piece, shelf: Shelf) -> None:
    head = piece.head
    assert isinstance(head, Article)
    around = Around(
        quotes=[*_quoted(tongue, head)],
        related=shelf.related(piece),
        earlier=shelf.beside(piece, 1),
        later=shelf.beside(piece, -1),
    )
    _late(tongue, piece, around, partial(_article, tongue, piece, around))


def _article(tongue: Tongue, piece: Piece, around: Around) -> tuple[Page, Views]:
    head, card, cards = piece.head, tongue.cards.card(piece), tongue.cards
    assert isinstance(head, Article)
    view = views.Article(
        card=card,
        text=_text(tongue, piece),
        updated=head.updated,
        quotes=cards.cards(around.quotes),
        related=cards.cards(around.related),
        earlier=cards.card(around.earlier) if around.earlier else None,
        later=cards.card(around.later) if around.later else None,
    )
    return _head(tongue, piece, card, "articles", "article"), {"article": view}


def prose(tongue: Tongue, piece: Piece) -> None:
    _late(tongue, piece, Around(), partial(_prose, tongue, piece))


def _prose(tongue: Tongue, piece: Piece) -> tuple[Page, Views]:
    head = piece.head
    title = typography.fine_text(head.title, piece.lang)
    summary = getattr(head, "summary", "")
    view = Prose(title, _text(tongue, piece), summary, picture(head, tongue.settings.content))
    page = tongue.heads.page(
        "page", title, summary or title, piece.path,
        there=_there(tongue, piece), nearest=tongue.addresses.home,
        trail=(Link(title, ROOT + piece.path),), image=view.image, noindex=not piece.listed,
    )  # fmt: skip
    return page, {"prose": view}


def voice(tongue: Tongue, piece: Piece) -> None:
    around = Around(quotes=[*_quoting(tongue, piece)], related=_alike(tongue, piece))
    _late(tongue, piece, around, partial(_voice, tongue, piece, around))


def _voice(tongue: Tongue, piece: Piece, around: Around) -> tuple[Page, Views]:
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
        quoted_in=tongue.cards.cards(around.quotes),
        others=tongue.cards.cards(around.related),
    )
    kind = "testimonial" if piece.kind == "testimonials" else "voice"
    return _head(tongue, piece, card, piece.kind, kind), {"voice": view}


def ambassador(tongue: Tongue, piece: Piece) -> None:
    """The profile of somebody who agreed to have one."""
    head = people.person(piece)
    if not people.may(piece, "profile"):
        LOG.warning("%s: no page, since its consent: does not allow one (scope: profile)", piece.document.path)
        return
    there = {lang: p.path for lang, p in tongue.stock.translations(piece).items() if people.may(p, "profile")}
    shared = _shared(tongue, head)
    view = views.Ambassador(
        face=tongue.cards.face(piece),
        text=_text(tongue, piece),
        languages=head.languages,
        topics=tuple(_spoken(tongue, topic) for topic in tongue.brand.topics if topic.id in head.topics),
        links=tuple(Link(link.name, link.url) for link in head.links),
        feeds=tuple(directory.personal(tongue, head)) if people.may(piece, "feed") else (),
        shared=tongue.cards.cards(shared),
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
    tongue.show.page(piece.path, page, [piece, *shared], ambassador=view)


def _spoken(tongue: Tongue, topic: Topic) -> Link:
    """A topic somebody speaks about; it has a page as soon as something was said on it."""
    own = tongue.cards.topic(topic)
    return own if tongue.stock.about(tongue.lang).get(topic.id) else replace(own, url="")


def _late(tongue: Tongue, piece: Piece, around: Around, make: Callable[[], tuple[Page, Views]]) -> None:
    """The page of a piece: made of the piece itself, of those `around` it, its translations, and its card images."""
    there = _there(tongue, piece)
    mapped = tongue.heads.mapped(piece.path, there, noindex=not piece.listed or bool(piece.state))
    inputs = [*chain.from_iterable(there.items()), *tongue.drawn.keys(piece), *around.places()]
    tongue.show.late(piece.path, mapped, [piece, *around.pieces], inputs, make)


def _head(tongue: Tongue, piece: Piece, card: Card, section: str, kind: str) -> Page:
    """The head of the page of something that has a card."""
    return tongue.heads.page(
        kind, card.title, card.summary or card.title, piece.path,
        there=_there(tongue, piece), nearest=lambda lang: tongue.addresses.section(lang, section),
        trail=(tongue.heads.section(section), Link(card.title, card.url)), image=tongue.drawn.shown(piece, card.image),
        data=(
            structured.organization(tongue.brand, tongue.addresses),
            structured.item(piece, card, tongue.brand, tongue.addresses),
        ),
        stream=section, noindex=not piece.listed or bool(piece.state),
    )  # fmt: skip


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
    newest = tongue.stock.newest(tongue.lang, piece.kind, 4 * NEAR)
    near = (other for topic in tongue.stock.topics(piece) for other in newest.get(topic.id, ()))
    found: list[Piece] = []
    for other in islice(chain(near, tongue.stock.listed(piece.kind, tongue.lang)), 4 * NEAR):
        if other is not piece and not any(other is one for one in found):
            found.append(other)
        if len(found) == NEAR:
            break
    return found


def _shared(tongue: Tongue, head: Ambassador) -> list[Piece]:
    """The newest articles on an ambassador's topics; of all topics where they name none."""
    wanted = set(head.topics)
    pieces = tongue.stock.listed("articles", tongue.lang)
    about = (p for p in pieces if not wanted or wanted & {topic.id for topic in tongue.stock.topics(p)})
    return list(islice(about, NEAR)) or pieces[:NEAR]
