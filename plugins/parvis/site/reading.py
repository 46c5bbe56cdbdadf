"""Pelican's reader for our Markdown: typed front matter, editorial text whole, strangers' words through the gate."""

from __future__ import annotations

import os
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.contents import Author, Category, Tag
from pelican.readers import BaseReader, Readers
from pelican.utils import SafeDatetime, posixize_path

from .. import library
from ..kinds import Article, Head
from ..matter import Document
from .texts import Texts


class MatterReader(BaseReader):
    """Reads what the library has parsed; a file at fault, withdrawn or not yet due becomes a skipped one."""

    enabled = True
    file_extensions = ("md",)

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self._texts: Texts = settings["PARVIS_TEXTS"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        path = f"content/{posixize_path(os.path.relpath(source_path, self.settings['PATH']))}"
        document = self._texts.documents.get(path)
        if document is None:
            return "", {"status": "skip", "title": path}
        good = path in self._texts.notes  # of others Pelican would follow the links before the faults end the run
        return self._texts.html(document) if good else "", self._metadata(document)

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
