"""JSON Feed 1.1 (jsonfeed.org/version/1.1): the items of RSS and Atom, with the same ids, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ...model import Entry, Person, Picture
from .channel import Channel, Sheet

VERSION = "https://jsonfeed.org/version/1.1"


def document(channel: Channel, sheet: Sheet, items: Iterable[str]) -> bytes:
    head = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": sheet.url,
        "description": channel.description,
        "next_url": sheet.older,
        "icon": channel.image.url if channel.image else "",
        "authors": [{"name": channel.author, "url": channel.site}],
        "language": channel.lang,
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
    }
    members = ",\n".join(f"{json.dumps(name)}: {_text(value)}" for name, value in head.items() if value)
    listed = ",\n".join(items)
    return f'{{\n{members},\n"items": [\n{listed}\n]\n}}\n'.encode()


def item(entry: Entry) -> str:
    """One item; its text is HTML where the item's `use` allows it, else the summary as plain text."""
    said = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.via,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": "" if entry.html else entry.summary or entry.title,
        "summary": entry.summary,
        "image": entry.picture.url if entry.picture else "",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [_author(entry)] if entry.author.name or entry.source else [],
        "tags": list(entry.tags),
        "language": entry.lang,
        "attachments": [_attachment(entry.picture)] if entry.picture and entry.picture.type else [],
    }
    return _text({name: value for name, value in said.items() if value})


def _author(entry: Entry) -> dict[str, str]:
    author = entry.author if entry.author.name else Person(entry.source, entry.author.url)
    return {"name": author.name} | ({"url": author.url} if author.url else {})


def _attachment(picture: Picture) -> dict[str, Any]:
    told: dict[str, Any] = {"url": picture.url, "mime_type": picture.type}
    told |= {"title": picture.alt} if picture.alt else {}
    return told | ({"size_in_bytes": picture.size} if picture.size else {})


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
