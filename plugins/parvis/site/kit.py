"""The plugin that writes a share page for each item: ready texts, addresses that open with them, no script."""

from __future__ import annotations

from functools import partial

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from . import wordings
from .addresses import up
from .entries import brief
from .pieces import Piece
from .tongue import Tongue
from .views import Link, Share

SHARED = ("articles", "community", "testimonials")


class Kits(Generator):
    """Runs after the pages, with the tongues they were written in."""

    def generate_output(self, writer: Writer) -> None:
        tongues: dict[str, Tongue] = self.context["parvis_tongues"]
        for piece in self.context["parvis_stock"].pieces:
            if piece.kind in SHARED and not piece.state:
                tongue = tongues[piece.home]
                path = tongue.addresses.share(piece.path, piece.home)
                tongue.show.hands.take(f"{path}index.html", partial(html, tongue, piece, path))
        for tongue in tongues.values():
            tongue.show.hands.done()


def html(tongue: Tongue, piece: Piece, path: str) -> str:
    """The share page of a piece."""
    card = tongue.cards.card(piece)
    made = brief(piece, tongue.settings, tongue.addresses, tongue.lang)
    head = piece.head
    view = Share(
        card=card,
        link=made.url,
        wordings=tuple(wordings.ready(head, made)) if wordings.shareable(head, tongue.now) else (),
        embargo=head.share.embargo,
        until=head.share.until,
        drawn=tongue.drawn.images(piece),
    )
    title = tongue.heads.words.gettext("Share")
    page = tongue.heads.page(
        "share", f"{title}: {card.title}", card.summary or card.title, path,
        there=_there(tongue, piece), nearest=lambda lang: tongue.addresses.section(lang, piece.kind),
        trail=(tongue.heads.section(piece.kind), Link(card.title, card.url), Link(title, card.share)),
        image=tongue.drawn.shown(piece, card.image), noindex=True,
    )  # fmt: skip
    return tongue.show.html(page, up(path), share=view)


def _there(tongue: Tongue, piece: Piece) -> dict[str, str]:
    others = tongue.stock.translations(piece).items()
    return {lang: tongue.addresses.share(other.path, lang) for lang, other in others}


def generators(pelican: Pelican) -> type[Kits]:
    return Kits


def register() -> None:
    signals.get_generators.connect(generators)
