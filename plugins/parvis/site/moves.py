"""Paths that texts had before lead to where they are now: a page each, since a folder of files knows no redirects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import unquote

from pelican.writers import Writer

from ..kinds import Article, Page
from . import show
from .addresses import up
from .pieces import Piece
from .stock import Stock
from .tongue import Tongue

PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={here}">
</head>
<body><main><h1>{title}</h1><p><a href="{here}">{moved}</a></p></main></body>
</html>
"""


def write(stock: Stock, tongues: Mapping[str, Tongue], writer: Writer) -> list[str]:
    """The first text that claims a path gets it, and none gets the path of a page of ours. Gives the files."""
    written = []
    taken = {f"{path}index.html" for tongue in tongues.values() for path in _ours(stock, tongue)}
    for piece, file in _claims(stock):
        if file not in taken:
            taken.add(file)
            show.text(writer, file, page(piece, file, tongues[piece.home]))
            written.append(file)
    return written


def page(piece: Piece, file: str, tongue: Tongue) -> str:
    """A page that leads on at once, and says so to whoever stays."""
    return PAGE.format(
        lang=escape(tongue.lang),
        title=escape(piece.head.title),
        canonical=escape(tongue.addresses.absolute(piece.path)),
        here=escape(f"{up(file)}{piece.path}"),
        moved=escape(tongue.heads.words.gettext("This page has moved.")),
    )


def _claims(stock: Stock) -> Iterator[tuple[Piece, str]]:
    for piece in stock.pieces:
        for moved in piece.head.moved_from if isinstance(piece.head, Article | Page) else ():
            path = unquote(moved).strip("/")
            yield piece, path if path.endswith((".html", ".htm")) else f"{path}/index.html"


def _ours(stock: Stock, tongue: Tongue) -> Iterator[str]:
    """Where pages stand: those of texts, and all that the language has shown so far."""
    yield from (piece.path for piece in stock.pieces)
    site = f"{tongue.addresses.site}/"
    yield from (shown.canonical.removeprefix(site) for shown in tongue.show.pages)
