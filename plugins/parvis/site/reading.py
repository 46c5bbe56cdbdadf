"""Pelican's reader for our Markdown: typed front matter, editorial text whole, strangers' words through the gate."""

from __future__ import annotations

import os
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.contents import Author, Category, Tag
from pelican.readers import BaseReader, Readers
from pelican.utils import SafeDatetime, posixize_path

from .. import html, library
from ..errors import Fault
from ..kinds import Article, Head, Said
from ..matter import Document
from . import bounds, guard, markdown
from .ahead import Ahead

HINT = "say it more simply: shorter paragraphs, fewer levels"


class MatterReader(BaseReader):
    """Reads what the library has parsed; a file at fault, withdrawn or not yet due becomes a skipped one."""

    enabled = True
    file_extensions = ("md",)

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self._library = settings["PARVIS_LIBRARY"]
        self._folder = settings["PARVIS_SETTINGS"].folder
        self._going = {path: self._goes_out(path) for path in self._library.documents}
        self._editorial, self._strangers = markdown.editorial(), markdown.strangers()
        if settings["PARVIS_AHEAD"] is None:  # each generator has a reader of its own, and all read the same texts
            going = [document for path, document in self._library.documents.items() if self._goes_out(path)]
            settings["PARVIS_AHEAD"] = Ahead(going, self._made)
        self._ahead: Ahead = settings["PARVIS_AHEAD"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        path = f"content/{posixize_path(os.path.relpath(source_path, self.settings['PATH']))}"
        document = self._library.documents.get(path)
        if document is None or not self._goes_out(path):
            return "", {"status": "skip", "title": path}
        return self._html(document), self._metadata(document)

    def _goes_out(self, path: str) -> bool:
        waiting = self.settings["PARVIS_PREVIEW"] and path in self._library.waiting
        return waiting or path in self._library.live

    def _html(self, document: Document) -> str:
        made = self._ahead.html(document.path)
        if isinstance(document.head, Said):
            return self._said(document, document.head) if made is None else made
        try:
            text = self._text(document) if made is None else made
        except bounds.TooMuch as fault:
            self.settings["PARVIS_FAULTS"].append(Fault(document.path, document.line, f"the text {fault}", HINT))
            return ""
        faults = [*guard.faults(text, document, self._going, self._folder)]
        self.settings["PARVIS_FAULTS"].extend(faults)
        return "" if faults else text  # Pelican would follow its links before the faults end the run

    def _said(self, document: Document, head: Said) -> str:
        return "" if head.use == "link" else markdown.said(self._strangers, document.body)

    def _text(self, document: Document) -> str:
        return markdown.convert(self._editorial, html.prose(document.body))

    def _made(self, document: Document) -> str | None:
        """None for a text that takes too much work: why, is told when it is read."""
        try:
            return self._said(document, document.head) if isinstance(document.head, Said) else self._text(document)
        except bounds.TooMuch:
            return None

    def _metadata(self, document: Document) -> dict[str, Any]:
        """What Pelican and its plugins know a text by; addresses are ours."""
        head, ours = document.head, self.settings
        known = ours["PARVIS_SETTINGS"]
        home = library.home(known, head)
        url = ours["PARVIS_ADDRESSES"].document(document, home)
        zone = known.brand.timezone
        moment = (head.date or ours["PARVIS_NOW"]).astimezone(zone)
        found: dict[str, Any] = {
            "id": head.id,
            "title": head.title,
            "date": SafeDatetime.fromtimestamp(moment.timestamp(), zone),
            "lang": home,
            "tags": [Tag(tag, ours) for tag in head.tags],
            "status": "hidden" if head.status == "hidden" else "published",
            "slug": document.slug,
            "url": url,
            "save_as": f"{url}index.html",
            "category": Category(_category(head) or known.brand.name, ours),
            "document": document,
        }
        if head.translation_key:
            found["translation_key"] = head.translation_key
        return found | _editorial(head, ours)


def _category(head: Head) -> str:
    return head.category if isinstance(head, Article) else ""


def _editorial(head: Head, settings: dict[str, Any]) -> dict[str, Any]:
    author = head.author if isinstance(head, Article) else ""
    summary = getattr(head, "summary", "")
    found: dict[str, Any] = {"authors": [Author(author, settings)]} if author else {}
    return found | ({"summary": str(Markup.escape(summary))} if summary else {})


def use(readers: Readers) -> None:
    readers.reader_classes["md"] = MatterReader


def register() -> None:
    signals.readers_init.connect(use)
