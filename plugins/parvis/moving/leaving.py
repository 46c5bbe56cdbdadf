"""What others take along: the sources as OPML, every item as JSON lines and as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from .. import cells
from ..kinds import Said, Testimonial
from ..ledger import Ledger
from ..library import Library, withdrawn
from ..matter import Document
from ..settings import Settings

COLUMNS = (
    "id", "kind", "status", "date", "lang", "title", "author", "author_url", "source", "original", "use", "licence",
    "tags", "rating", "product", "consent", "text",
)  # fmt: skip


def opml(settings: Settings) -> bytes:
    """Every source with an address, as an outline that other readers of feeds take."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = settings.brand.name
    body = etree.SubElement(root, "body")
    for name, source in settings.sources.items():
        if source.url:
            label = source.label.in_(settings.brand.lang) or name
            said = {"type": "rss", "text": label, "title": label, "xmlUrl": source.url, "language": source.lang}
            etree.SubElement(body, "outline", {key: value for key, value in said.items() if value})
    made: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return made


def items(books: Library, ledger: Ledger) -> list[dict[str, Any]]:
    """Community posts and testimonials, whatever their status, by path; nothing that was erased or withdrawn."""
    kept = (document for document in books.documents.values() if not withdrawn(document, ledger))
    return [_item(document) for document in kept if isinstance(document.head, Said)]


def lines(listed: list[dict[str, Any]]) -> bytes:
    """An object a line."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in listed).encode()


def table(listed: list[dict[str, Any]]) -> bytes:
    """A row an item, cells that no spreadsheet takes for a formula."""
    return cells.table(COLUMNS, ([_cell(item.get(column)) for column in COLUMNS] for item in listed))


def _item(document: Document) -> dict[str, Any]:
    head = document.head
    assert isinstance(head, Said)
    reviewed = dict(_reviewed(head)) if isinstance(head, Testimonial) else {}
    said = {
        "id": head.id,
        "kind": "testimonial" if isinstance(head, Testimonial) else "community",
        "status": head.status,
        "date": head.date.isoformat() if head.date else "",
        "lang": head.lang,
        "title": head.title,
        "author": head.author.name,
        "author_url": head.author.url,
        "source": head.source,
        "original": head.original,
        "use": head.use,
        "licence": head.licence,
        "tags": list(head.tags),
        "text": document.body.strip(),
    }
    return {key: value for key, value in (said | reviewed).items() if value not in ("", [], None)}


def _reviewed(head: Testimonial) -> Iterator[tuple[str, Any]]:
    yield from (("rating", head.rating), ("product", head.product), ("role", head.role), ("reward", head.reward))
    if consent := head.consent:
        told = {"version": consent.version, "on": _day(consent.on), "until": _day(consent.until)}
        yield "consent", {key: value for key, value in told.items() if value}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _cell(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {inner}" for key, inner in value.items())
    return "" if value is None else value
