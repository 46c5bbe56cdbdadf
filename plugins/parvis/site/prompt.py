"""The page of an article or a page whose words were changed, made at once from what the build of this process knows.

Lists, feeds and share pages follow with the next build, which makes this page again too: what is there in the end is
what a clean build makes. Where anything but the words changed, nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from ..errors import Refused
from ..kept import documents as kept
from ..kinds import Article, Page
from . import documents, late
from .cards import Cards
from .pieces import Piece
from .sheets import Sheets
from .shelf import Shelf
from .tongue import Tongue


class Prompt:
    """Listens to the one build of this process."""

    def __init__(self) -> None:
        self._context: dict[str, Any] = {}
        self._settings: dict[str, Any] = {}
        signals.all_generators_finalized.connect(self._keep)

    def _keep(self, generators: Sequence[Generator]) -> None:
        self._context, self._settings = generators[0].context, generators[0].settings

    def pages(self, changed: Sequence[str]) -> Iterator[str]:
        """Writes the pages of these texts, by their paths below the project; gives the names of those that it wrote."""
        amend = getattr(self._context["parvis_sheets"].writer, "amend", None)
        if amend is None or not self._settings["PARVIS_ALONE"]:
            return
        pieces = filter(None, map(self._renewed, changed))
        yield from (name for piece in pieces for name, make in self._sheets(piece) if amend(name, make().encode()))

    @cached_property
    def _pieces(self) -> dict[str, Piece]:
        return {piece.document.path: piece for piece in self._context["parvis_stock"].pieces}

    def _renewed(self, path: str) -> Piece | None:
        """The piece, which says what its file says now wherever it stands."""
        piece, folder = self._pieces.get(path), self._settings["PARVIS_SETTINGS"].folder
        if piece is None or not isinstance(piece.head, Article | Page):
            return None
        try:
            document = kept.parsed(path, Path(folder, path).read_bytes())
        except (Refused, OSError):
            return None
        found = late.renewed(self._settings, self._context, document)
        if found is None:
            return None
        vars(piece).clear()
        vars(piece).update(vars(found))
        return piece

    def _sheets(self, piece: Piece) -> list[tuple[str, Callable[[], str]]]:
        known: Tongue = self._context["parvis_tongues"][piece.home]
        sheets = Taken(self._context["parvis_sheets"].writer)
        show = replace(known.show, sheets=sheets, pages=[])
        tongue = replace(known, show=show, cards=Cards(known.lang, known.stock, known.settings, known.addresses))
        if isinstance(piece.head, Article):
            documents.article(tongue, piece, Shelf(known.lang, known.stock.listed("articles", known.lang), known.store))
        else:
            documents.prose(tongue, piece)
        return sheets.names


class Taken(Sheets):
    """Sheets that are written by whoever took them."""

    def __init__(self, writer: Any) -> None:
        super().__init__(writer)
        self.names: list[tuple[str, Callable[[], str]]] = []

    def take(self, path: str, inputs: str, make: Callable[[], str], shows: Sequence[Piece] | None = None) -> None:
        self.names.append((path, make))
