"""Pieces straight from our own texts, where no other plugin asks for Pelican's contents: nothing is made unasked.

The bytes are the same either way: links are followed by Pelican's own rules, and in its order where that matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any

from markdown import Markdown
from markupsafe import Markup

from .. import library
from ..kept.pictures import Pictures
from ..kinds import Article, Page, Said
from ..matter import Document
from . import markdown
from .inside import FILES, TEXTS, Target
from .pieces import Late, Piece
from .recall import Recalled
from .texts import Texts


def pieces(settings: dict[str, Any], context: dict[str, Any]) -> list[Late]:
    """Everything that goes out. `context` is Pelican's, with the files it will copy."""
    maker = _Maker(settings, context)
    if recalled := settings["PARVIS_RECALLED"]:
        return [*maker.recalled(recalled)]
    made = [maker.piece(document) for document in maker.texts.documents.values() if maker.good(document)]
    if maker.attaches:  # where a file goes is for those to say who ask first
        for piece in sorted(made, key=_turn):
            vars(piece)["stamp"] = blake2b(f"{piece.stamp} {piece.html}".encode(errors="replace")).hexdigest()
    return made


def renewed(settings: dict[str, Any], context: dict[str, Any], document: Document) -> Late | None:
    """The piece of an editorial text whose words became others; None where more than its words may be others then, or
    it is at fault."""
    texts: Texts = settings["PARVIS_TEXTS"]
    before = texts.documents.get(document.path)
    if not before or before.head != document.head or before.digest == document.digest:
        return None
    note = texts.renewed(document)
    if not note or note.attaches or not settings["PARVIS_COPIED"].issuperset(note.files):
        return None
    texts.notes[document.path] = note
    return _Maker(settings, context).piece(document)


def _turn(piece: Late) -> tuple[int, float, str, str]:
    """When Pelican would come to a text: listed articles by date, hidden ones, pages by name, all others by path."""
    path = piece.document.path
    if piece.kind == "articles":
        return 0 if piece.listed else 1, -piece.date.timestamp(), "", path
    if piece.kind == "pages":
        return 2 if piece.listed else 3, 0.0, PurePosixPath(path).name, path
    return 4, 0.0, "", path


class _Maker:
    """What the pieces of one site have in common."""

    def __init__(self, settings: dict[str, Any], context: dict[str, Any]) -> None:
        self.texts: Texts = settings["PARVIS_TEXTS"]
        self.attaches = any(note.attaches for note in self.texts.notes.values())
        self._known, self._now = settings["PARVIS_SETTINGS"], settings["PARVIS_NOW"]
        self._further: markdown.Further = settings["PARVIS_MARKDOWN"]
        self._waiting, self._files = settings["PARVIS_LIBRARY"].waiting, context[FILES]
        self._pictures = Pictures(self._known.content, settings["PARVIS_STORE"])
        self._markdown = str(self._further)
        self._answers = dict[tuple[str, str], str]()
        self._by = {"html": self._html, "reply": self._reply}

    def good(self, document: Document) -> bool:
        """Faults end the run before anything is written, but after other plugins have looked at what was read."""
        return document.path in self.texts.notes

    def piece(self, document: Document) -> Late:
        path, head = document.path, document.head
        lang, zone = self._known.brand.lang, self._known.brand.timezone
        state = ("draft" if head.status == "draft" else "pending") if path in self._waiting else ""
        return Late(
            self._by,
            self._stamp(document, state),
            document=document,
            head=head,
            kind=path.split("/", 2)[1],
            path=self.texts.urls[path.removeprefix("content/")],
            lang=head.lang or lang,
            home=library.home(self._known, head),
            date=datetime.fromtimestamp((head.date or self._now).timestamp(), zone),
            state=state,
        )

    def recalled(self, recalled: Recalled) -> Iterator[Late]:
        """Pieces as they were, in their order; those that changed say what they say now."""
        zone, documents = self._known.brand.timezone, self.texts.documents
        for row in recalled.rows():
            path = row["source"]
            piece = Late.__new__(Late)
            known = vars(piece)
            known.update(
                row,
                _made_by=self._by,
                document=documents[path],
                kind=path.split("/", 2)[1],
                date=datetime.fromtimestamp(row["date"], zone),
                state="",
            )
            if path in recalled.documents:
                known["stamp"] = self._stamp(documents[path], "")
            yield piece

    def _html(self, piece: Piece) -> str:
        document = piece.document
        text = self.texts.html(document)
        if isinstance(document.head, Said):
            return text
        return self.texts.linking(document, text).resolved(self._text, self._files.get)

    def _text(self, path: str) -> Target | None:
        url = self.texts.urls.get(path)
        return None if url is None else Target(url)

    def _reply(self, piece: Piece) -> Markup:
        head = piece.head
        reply = head.reply.text if isinstance(head, Said) and head.reply else ""
        return markdown.said(self._strangers, reply) if reply else Markup()

    def _stamp(self, document: Document, state: str) -> str:
        """Of a text all that stands in its file, where its links lead, and the pictures it shows."""
        head, note = document.head, self.texts.notes[document.path]
        said = [document.path, document.digest, state, self._markdown]
        said += [self._answer(shelf, path) for shelf, path, _ in note.asked]
        if isinstance(head, Article | Page) and head.image:
            said.append(self._pictures.digest(head.image))
        if head.date is None:
            said.append(str(self._now))
        return blake2b("\n".join(said).encode(errors="replace"), digest_size=16).hexdigest()

    def _answer(self, shelf: str, path: str) -> str:
        if (shelf, path) not in self._answers:
            self._answers[shelf, path] = self._asked(shelf, path)
        return self._answers[shelf, path]

    def _asked(self, shelf: str, path: str) -> str:
        if shelf == TEXTS:
            return self.texts.urls.get(path, "")
        file = self._files.get(path)
        url = file.url if file and not self.attaches else ""
        return f"{url} {self._pictures.digest(path)}" if file else ""

    @cached_property
    def _strangers(self) -> Markdown:
        return markdown.strangers(self._further)
