"""Pieces as the theme shows them in lists: one card each, made once per language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup, escape

from ..kinds import Ambassador, Article, Page, Said, Testimonial
from ..options import Topic
from ..settings import Settings
from . import pictures, typography
from .addresses import Addresses
from .pieces import Piece
from .stock import Stock
from .views import ROOT, Card, Face, Image, Link, Signature

KINDS = {"articles": "article", "community": "community", "testimonials": "testimonial"}
LETTERS = 12
"""Of one word, on average and at most."""
WHOLE, EXCERPT = 60, 50


class Cards:
    """The cards of one language."""

    def __init__(self, lang: str, stock: Stock, settings: Settings, addresses: Addresses) -> None:
        self._lang, self._stock, self._settings, self._addresses = lang, stock, settings, addresses
        self._made: dict[str, Card] = {}

    def card(self, piece: Piece) -> Card:
        path = piece.document.path
        if path not in self._made:
            self._made[path] = self._voice(piece) if isinstance(piece.head, Said) else self._article(piece)
        return self._made[path]

    def cards(self, pieces: Iterable[Piece]) -> tuple[Card, ...]:
        return tuple(map(self.card, pieces))

    def face(self, piece: Piece) -> Face:
        head = piece.head
        assert isinstance(head, Ambassador)
        return Face(head.name, initials(head.name), head.title, ROOT + piece.path, piece.lang)

    def topic(self, topic: Topic, count: int = 0) -> Link:
        return Link(topic.label.in_(self._lang), ROOT + self._addresses.topic(self._lang, topic.id), count=count)

    def topics(self, piece: Piece) -> tuple[Link, ...]:
        """Links to the brand's topics that have a page in this language."""
        return tuple(self.topic(topic) for topic in self._stock.topics(piece))

    def _article(self, piece: Piece) -> Card:
        head = piece.head
        author = head.author if isinstance(head, Article) else ""
        summary = getattr(head, "summary", "") or words(piece.opening, EXCERPT)
        return Card(
            kind=KINDS[piece.kind],
            key=piece.document.slug,
            title=typography.fine_text(head.title, piece.lang),
            url=ROOT + piece.path,
            lang=piece.lang,
            date=piece.date,
            author=Signature(author or self._settings.brand.name, initials(author or self._settings.brand.name)),
            summary=typography.fine_text(summary, piece.lang),
            image=picture(head, self._settings.content),
            topics=self.topics(piece),
            tags=self._stock.stray(piece),
            category=head.category if isinstance(head, Article) else "",
            share=ROOT + self._addresses.share(piece.path, piece.home),
            commercial=head.commercial,
            state=piece.state,
        )

    def _voice(self, piece: Piece) -> Card:
        head = piece.head
        assert isinstance(head, Said)
        said = piece.words
        given = head if isinstance(head, Testimonial) else None
        source = self._settings.sources.get(head.source)
        shown = piece.html if words(said, WHOLE) == said else Markup(f"<p>{escape(words(said, EXCERPT))}</p>")
        return Card(
            kind=KINDS[piece.kind],
            key=piece.document.slug,
            title=head.title,
            titled=not said.startswith(head.title.rstrip("… ")),
            url=ROOT + piece.path,
            lang=piece.lang,
            date=piece.date,
            author=Signature(head.author.name, initials(head.author.name), head.author.url),
            summary=words(said, EXCERPT),
            words=typography.unbroken(shown, piece.lang),
            topics=self.topics(piece),
            tags=self._stock.stray(piece),
            source=self._settings.source_label(head.source, self._lang),
            glyph=source.glyph if source else "web",
            original=head.original,
            share=ROOT + self._addresses.share(piece.path, piece.home),
            commercial=head.commercial,
            pinned=head.pinned,
            rating=given.rating or 0 if given else 0,
            product=given.product if given else "",
            role=given.role if given else "",
            experience=given.experience_date if given else None,
            verified=given.verified if given else "",
            reward=given.reward if given else "",
            translated_from=given.translated_from if given else "",
            state=piece.state,
        )


def picture(head: object, content: Path) -> Image | None:
    """The picture an article or a page names, with its size."""
    if not isinstance(head, Article | Page) or not head.image:
        return None
    return pictures.of(head.image, head.alt, content)


def initials(name: str) -> str:
    """Two letters for the disc: of the first and the last word that begin with a letter or digit."""
    starts = [word[0] for word in name.split() if word[0].isalnum()]
    return "".join(starts[:: max(len(starts) - 1, 1)][:2]).upper() or "·"


def words(text: str, most: int) -> str:
    """The first words of a line of text, with an ellipsis where it goes on. Not every script has spaces."""
    kept = " ".join(text.split(maxsplit=most)[:most])[: most * LETTERS]
    return kept.rstrip(" ,;:–-") + "…" if len(kept) < len(text) else text
