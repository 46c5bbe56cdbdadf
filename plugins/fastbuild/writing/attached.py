"""`{attach}` links decide where a picture goes, in the order in which pages are written: the first one wins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pelican.contents import Content

from ..reading.light import Light
from ..reading.states import ATTACHING
from .sheets import Feed, Page, Sheet


def moves_others(content: Any) -> bool:
    """Whether there is such a link in it."""
    if content is None:
        return False
    if isinstance(content, Light):
        content.fill()
    flags = content.__dict__.get("_flags")
    return bool(flags & ATTACHING) if flags is not None else "attach" in f"{content._content}{content.metadata}"


def resolve(sheets: Sequence[Sheet]) -> None:
    """Finds out where attached files go, in Pelican's order. In a copy of this process that would be lost."""
    seen: set[int] = set()
    for sheet in sheets:
        for content in _contents(sheet):
            if id(content) not in seen:
                seen.add(id(content))
                content._update_content(content._content, content.get_siteurl())


def _contents(sheet: Sheet) -> list[Content]:
    if isinstance(sheet, Feed):
        return list(sheet.elements[: sheet.writer.settings["FEED_MAX_ITEMS"]])
    if isinstance(sheet, Page):
        return [each for each in (sheet.given.get("article"), sheet.given.get("page")) if isinstance(each, Content)]
    return []
