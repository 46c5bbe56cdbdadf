"""Takes over from Pelican's generators: what they read becomes the stock that our pages, feeds and kits are made from.

Articles and pages stay Pelican's own, so that other plugins go on working; only their writing is ours. Their
generators find their lists empty while they write, and full again after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.writers import Writer

from ..kinds import Said
from ..matter import Document
from . import late, markdown, pictures
from .pieces import Piece
from .stock import Stock
from .views import ROOT

Row = TypeVar("Row")
LISTS = {
    ArticlesGenerator: (
        "articles", "translations", "hidden_articles", "hidden_translations", "drafts", "drafts_translations",
        "dates", "tags", "categories", "authors", "period_archives",
    ),
    PagesGenerator: (
        "pages", "translations", "hidden_pages", "hidden_translations", "draft_pages", "draft_translations",
    ),
}  # fmt: skip

COUNTED = {
    ArticlesGenerator: (("articles", "articles", True), ("hidden_articles", "articles", False)),
    PagesGenerator: (("pages", "pages", True), ("hidden_pages", "pages", False)),
}


def _given(generators: Sequence[Generator]) -> Iterator[Content]:
    """What Pelican and `said` read; equal dates by path, since Pelican has them in an order of chance."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            yield from sorted(generator.articles, key=_newest)
            yield from sorted(generator.hidden_articles, key=_newest)
        elif isinstance(generator, PagesGenerator):
            yield from (*generator.pages, *generator.hidden_pages)
    yield from generators[0].context.get("parvis_voices", ())


def _newest(article: Article) -> tuple[float, str]:
    return -article.date.timestamp(), article.relative_source_path


def gather(generators: Sequence[Generator]) -> None:
    """Puts the stock into Pelican's context as `parvis_stock`."""
    settings, context = generators[0].settings, generators[0].context
    if settings["PARVIS_ALONE"]:
        found: list[Piece] = [*late.pieces(settings, context)]
        context["parvis_taken"] = [*_counted(generators, found)]
        if settings["PARVIS_RECALLED"]:
            context["parvis_stock"] = recalled(found, settings)
            return
    else:
        found = [*_pieces(_given(generators), settings)]
        context["parvis_taken"] = [taken for generator in generators for taken in _take(generator)]
    context["parvis_stock"] = Stock.of(found, settings["PARVIS_SETTINGS"].brand)
    if settings["PARVIS_FOLLOWING"]:
        settings["PARVIS_FOLLOWING"].words({piece.source: piece.stamp for piece in found})


def recalled(pieces: Sequence[Piece], settings: Mapping[str, Any]) -> Stock:
    """The stock of an edit: pieces come in its order, and with their topics."""
    known, brand = settings["PARVIS_RECALLED"], settings["PARVIS_SETTINGS"].brand
    settings["PARVIS_FOLLOWING"].words(
        {piece.source: piece.stamp for piece in pieces if piece.source in known.documents}
    )
    topics = {source: [brand.topics[place] for place in places] for source, places in known.topics()}
    return Stock(tuple(pieces), brand, _topics_of=topics)


class GiveBack(Generator):
    """Runs after Pelican's own: they count their lists at the end of a run, and other plugins read them."""

    def generate_output(self, writer: Writer) -> None:
        for generator, name, kept in self.context.pop("parvis_taken", ()):
            setattr(generator, name, kept)


def generators(pelican: Pelican) -> type[GiveBack]:
    return GiveBack


def _take(generator: Generator) -> Iterator[tuple[Generator, str, Any]]:
    for name in _of_kind(LISTS, generator):
        kept = getattr(generator, name)
        yield generator, name, kept
        setattr(generator, name, type(kept)())


def _of_kind(table: Mapping[type[Generator], tuple[Row, ...]], generator: Generator) -> tuple[Row, ...]:
    """What is said of Pelican's generator, or of one that is made of it: fastbuild has its own."""
    return next((rows for kind, rows in table.items() if isinstance(generator, kind)), ())


def _counted(generators: Sequence[Generator], pieces: Sequence[Piece]) -> Iterator[tuple[Generator, str, Any]]:
    """What Pelican counts at the end of a run, though it has read nothing."""
    for generator in generators:
        for name, kind, listed in _of_kind(COUNTED, generator):
            yield generator, name, [piece for piece in pieces if piece.kind == kind and piece.listed == listed]


def _pieces(contents: Iterable[Content], settings: dict[str, Any]) -> Iterator[Piece]:
    library, replies = settings["PARVIS_LIBRARY"], markdown.strangers(settings["PARVIS_MARKDOWN"])
    for content in contents:
        document: Document = content.document
        head = document.head
        reply = head.reply.text if isinstance(head, Said) and head.reply else ""
        waiting = document.path in library.waiting
        yield Piece(
            document=document,
            kind=document.path.split("/")[1],
            path=content.url,
            lang=head.lang or settings["DEFAULT_LANG"],
            home=content.lang,
            html=Markup(pictures.encoded(content.get_content(ROOT.rstrip("/")))),
            date=datetime.combine(content.date.date(), content.date.timetz()),  # Pelican's own is slow to write
            state=("draft" if head.status == "draft" else "pending") if waiting else "",
            reply=markdown.said(replies, reply),
        )


def register() -> None:
    signals.all_generators_finalized.connect(gather)
    signals.get_generators.connect(generators)
