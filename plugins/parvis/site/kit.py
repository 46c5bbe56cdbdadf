"""The plugin that writes a share page for each item and language: texts, addresses that open with them, a QR code."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from . import advice, counting, offers, qr, wordings
from .addresses import up
from .entries import brief
from .hands import Hands
from .hashtags import hashtags
from .offers import Offer
from .pieces import Piece, Stock
from .tongue import Tongue
from .views import ROOT, Link, Share

SHARED = ("articles", "community", "testimonials")


class Kits(Generator):
    """Runs after the pages, with the tongues they were written in."""

    def generate_output(self, writer: Writer) -> None:
        hands: Hands = self.context["parvis_hands"]
        tongues: dict[str, Tongue] = self.context["parvis_tongues"]
        stock: Stock = self.context["parvis_stock"]
        counting.prepare()
        for piece in stock.pieces:
            if piece.kind in SHARED and not piece.state:
                for lang in wordings.languages(piece, stock):
                    path = tongues[lang].addresses.share(piece.path, lang)
                    hands.take(f"{path}index.html", partial(html, tongues[lang], piece, path))
        advice.give(tongues, stock)


def html(tongue: Tongue, piece: Piece, path: str) -> str:
    """The share page of a piece in one language."""
    card = tongue.cards.card(piece)
    title = tongue.heads.words.gettext("Share")
    page = tongue.heads.page(
        "share", f"{title}: {card.title}", card.summary or card.title, path,
        there=_there(tongue, piece), nearest=lambda lang: tongue.addresses.section(lang, piece.kind),
        trail=(tongue.heads.section(piece.kind), Link(card.title, card.url), Link(title, ROOT + path)),
        image=tongue.drawn.shown(piece, card.image), noindex=True,
    )  # fmt: skip
    return tongue.show.html(page, up(path), share=view(tongue, piece))


def view(tongue: Tongue, piece: Piece) -> Share:
    """What it shows; outside the time for sharing, no texts."""
    head, settings = piece.head, tongue.settings.operator.share
    item = brief(piece, tongue.settings, tongue.addresses, tongue.lang)
    shown = Share(
        tongue.cards.card(piece),
        item.url,
        embargo=head.share.embargo,
        until=head.share.until,
        drawn=tongue.drawn.images(piece),
    )
    if not wordings.shareable(head, tongue.now):
        return shown
    told = wordings.telling(piece, item, tongue.lang, tongue.brand.name)
    topics = (topic.label.in_(tongue.lang) for topic in tongue.stock.topics(piece))
    offer = Offer(head.id, item.url, item.title, told, hashtags((*topics, *tongue.stock.stray(piece))))
    link = wordings.tagged(item.url, network="qr", item=head.id, tags=settings.tags)
    return replace(
        shown,
        networks=tuple(offers.offered(offer, settings)),
        words=wordings.labelled(told.label, str(told.of("any")[0][0])),
        code=qr.code(link),
    )


def _there(tongue: Tongue, piece: Piece) -> dict[str, str]:
    """The share pages of a piece and of its translations, by language; a translation's own goes before."""
    share = tongue.addresses.share
    own = {lang: share(piece.path, lang) for lang in wordings.languages(piece, tongue.stock)}
    return own | {lang: share(other.path, lang) for lang, other in tongue.stock.translations(piece).items()}


def generators(pelican: Pelican) -> type[Kits]:
    return Kits


def register() -> None:
    signals.get_generators.connect(generators)
