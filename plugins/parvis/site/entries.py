"""Pieces as feed entries: absolute addresses, our own permanent ids, as much text as each item's `use` allows."""

from __future__ import annotations

from dataclasses import replace
from mimetypes import guess_type

from .. import html
from ..kinds import Article, Said
from ..model import Entry, Person, Picture
from ..settings import Settings
from . import pictures
from .addresses import Addresses
from .cards import KINDS, words
from .pieces import Piece
from .views import ROOT

SUMMARY = 60


def entry(piece: Piece, settings: Settings, addresses: Addresses, lang: str) -> Entry:
    """One piece for a feed of `lang`; what is said of its source is in that language, its words stay as they are."""
    made = brief(piece, settings, addresses, lang)
    if isinstance(piece.head, Said) and piece.head.use == "link":
        return made
    return replace(made, html=html.portable(piece.html.replace(ROOT, f"{addresses.site}/"), made.url))


def brief(piece: Piece, settings: Settings, addresses: Addresses, lang: str) -> Entry:
    """The same without its text, for where it is passed on and not read."""
    head, brand = piece.head, settings.brand
    made = Entry(
        id=tag(brand.authority, head.id),
        url=addresses.absolute(piece.path),
        title=head.title,
        summary=getattr(head, "summary", "") or words(piece.words, SUMMARY),
        published=piece.date,
        updated=piece.date,
        lang=piece.lang,
        tags=head.tags,
        kind=KINDS[piece.kind],
        commercial="" if head.commercial == "none" else head.commercial,
    )
    if isinstance(head, Said):
        return _said(made, head, settings, lang)
    assert isinstance(head, Article)
    author = Person(head.author or brand.name, "" if head.author else f"{addresses.site}/")
    return replace(made, author=author, updated=head.updated or piece.date, picture=_picture(head, settings, addresses))


def tag(authority: str, id: str) -> str:
    """A `tag:` URI (RFC 4151): an id that outlives every address."""
    return f"tag:{authority}:{id}"


def _said(made: Entry, head: Said, settings: Settings, lang: str) -> Entry:
    source = settings.sources.get(head.source)
    return replace(
        made,
        author=head.author,
        source=settings.source_label(head.source, lang),
        source_url=source.url if source else "",
        via=head.original,
    )


def _picture(head: Article, settings: Settings, addresses: Addresses) -> Picture | None:
    file = settings.content / head.image
    if not head.image:
        return None
    width, height = pictures.size(file)
    type, _ = guess_type(file.name)
    return Picture(
        addresses.absolute(pictures.address(head.image)), head.alt, width, height, file.stat().st_size, type or ""
    )
