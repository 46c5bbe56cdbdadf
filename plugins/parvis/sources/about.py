"""What a document says of itself before its first item: by that one sees when it is somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import About, Got, encoding
from .values import words

LOOKED_AT = 65_536
FIRST = re.compile(r"<(?:\w+:)?(?:item|entry)\b|\"items\"\s*:", re.IGNORECASE)
TITLE = re.compile(r"<(?:\w+:)?title\b[^<>]*>\s*(?:<!\[CDATA\[)?([^<\]]{1,300})", re.IGNORECASE)
GENERATOR = re.compile(
    r"<(?:\w+:)?generator\b[^<>]*>\s*(?:<!\[CDATA\[)?([^<\]]{1,300})"
    r"|<meta\b[^<>]*\bname=[\"']?generator[\"']?[^<>]*\bcontent=[\"']([^\"'<>]{1,300})",
    re.IGNORECASE,
)
JSON = re.compile(r"\A\s*\{(?:[^{}\[\]]*,)?\s*\"title\"\s*:\s*\"([^\"\\]{1,300})\"")
VERSION = re.compile(r"[\s/?:v-]*\d[\w.+-]*.*$")


def of(pages: Iterable[Got | None]) -> About:
    """The title and the maker of the last of some pages that names either; a maker's version is no part of it."""
    for page in reversed([page for page in pages if page]):
        head = Got(page[:LOOKED_AT], page.url, page.type)
        text = FIRST.split(encoding.decode(head, *encoding.named(head.type, head)), maxsplit=1)[0]
        title, maker = TITLE.search(text) or JSON.match(text + '"items":'), GENERATOR.search(text)
        if title or maker:
            made = words(maker[1] or maker[2]) if maker else ""
            return About(words(title[1]) if title else "", VERSION.sub("", made).strip())
    return About()
