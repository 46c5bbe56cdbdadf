"""The plugin that writes a share page for each item and language: texts, addresses that open with them, a QR code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from . import advice, wordings
from .entries import brief
from .hashtags import hashtags
from .pieces import Piece
from .show import Views
from .stock import Stock
from .tongue import Tongue
from .views import ROOT, Link, Page, Share

SHARED = ("articles", "community", "testimonials")


class Kits(Generator):
    """Runs after the pages, with the tongues they were written in."""

    def generate_output(self, writer: Writer) -> None:
        tongues: dict[str, Tongue] = self.context["parvis_tongues"]
        stock: Stock = self.context["parvis_stock"]
        self.context["parvis_sheets"].turn()
        ends = {tongue.addresses.share("", lang) for lang, tongue in tongues.items()}
        for piece in self.context["parvis_sheets"].wanted.pieces(stock.pieces, ends):
            if piece.kind in SHARED and not piece.state:
                for lang in wordings.languages(piece, stock):
                    tongue = tongues[lang]
                    path = tongue.addresses.share(piece.path, lang)
                    if tongue.show.wants(path):
                        make = partial(page, tongue, piece, path)
                        tongue.show.late(path, None, [piece], inputs(tongue, piece), make)
        if recalled := self.settings["PARVIS_RECALLED"]:
            advice.repeat(recalled.advice)
        else:
            self.context["parvis_advice"] = advice.give(tongues, stock)


def inputs(tongue: Tongue, piece: Piece) -> Iterator[str]:
    """All that a share page is made from beside its piece."""
    for pair in _there(tongue, piece).items():
        yield from pair
    yield from tongue.drawn.keys(piece)
    yield str(wordings.shareable(piece.share, tongue.now))


def page(tongue: Tongue, piece: Piece, path: str) -> tuple[Page, Views]:
    """The share page of a piece in one language."""
    card = tongue.cards.card(piece)
    title = tongue.heads.words.gettext("Share")
    head = tongue.heads.page(
        "share", f"{title}: {card.title}", card.summary or card.title, path,
        there=_there(tongue, piece), nearest=lambda lang: tongue.addresses.section(lang, piece.kind),
        trail=(tongue.heads.section(piece.kind), Link(card.title, card.url), Link(title, ROOT + path)),
        image=tongue.drawn.shown(piece, card.image), noindex=True,
    )  # fmt: skip
    return head, {"share": view(tongue, piece)}


def view(tongue: Tongue, piece: Piece) -> Share:
    """What it shows; outside the time for sharing, no texts."""
    from . import offers, qr  # dear to load: after an edit, who makes the page does

    head, settings = piece.head, tongue.settings.operator.share
    item = brief(piece, tongue.settings, tongue.addresses, tongue.lang)
    shown = Share(
        tongue.cards.card(piece),
        item.url,
        embargo=head.share.embargo,
        until=head.share.until,
        drawn=tongue.drawn.images(piece),
    )
    if not wordings.shareable(head.share, tongue.now):
        return shown
    told = wordings.telling(piece, item, tongue.lang, tongue.brand.name)
    topics = (topic.label.in_(tongue.lang) for topic in tongue.stock.topics(piece))
    offer = offers.Offer(head.id, item.url, item.title, told, hashtags((*topics, *tongue.stock.stray(piece))))
    link = wordings.tagged(item.url, network="qr", item=head.id, tags=settings.tags)
    return replace(
        shown,
        networks=tuple(offers.offered(offer, settings)),
        words=wordings.labelled(told.label, str(next(iter(told.of("any")))[0])),
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
