"""Limits that a document keeps before a parser sees it. Each is one pass, linear in its length, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

DEEPEST = 200
MOST_ATTRIBUTES = 120
ITEMS = ("item", "entry")
UNCOUNTED = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "param", "wbr", "p", "li", "dt", "dd",
    "tr", "td", "th", "tbody", "thead", "option",
}  # fmt: skip
OPENING = re.compile(r"<(?:!--|!\[CDATA\[|![A-Z]*|\?|/?[^\W\d][\w.:-]*)", re.IGNORECASE)
SKIPPED = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
INSIDE = re.compile(r"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+'|["'])*+""")
ATTRIBUTE = re.compile(r"""[^\s=<>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>]*))?""")
NAME = r"[^\s<>&;%\"']{1,60}"
HARMLESS = re.compile(
    rf"<!ENTITY\s+(?:%\s+{NAME}\s+(?:PUBLIC|SYSTEM)\s[^<>]{{0,400}}"
    rf"|{NAME}\s+(?:\"(?:&#\w{{1,8}};|[^&%<>\"]{{0,40}})\"|'(?:&#\w{{1,8}};|[^&%<>']{{0,40}})')\s*)>",
    re.IGNORECASE,
)
DECLARATION = re.compile(r"\A\s*<\?xml\s[^>]*>")
REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]*)|0*(\d*));?")
ILLEGAL = {
    code: None
    for first, last in ((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x7F), (0xD800, 0xDFFF), (0xFFFE, 0xFFFF))
    for code in range(first, last + 1)
}


class TooMuch(Exception):
    """What a document asks of its reader beyond the limits of this file."""


class Tag(NamedTuple):
    """A tag or declaration: where it starts and ends, its name as written, whether it ends an element or is empty."""

    start: int
    end: int
    name: str
    closes: bool
    alone: bool
    attributes: int

    @property
    def local(self) -> str:
        return self.name.rpartition(":")[2].lower()


def tags(text: str) -> Iterator[Tag]:
    """Tags and declarations in order. Comments, CDATA and instructions are passed over, if they ever end."""
    endless: set[str] = set()
    at = 0
    while found := OPENING.search(text, at):
        opening, at = found[0], found.end()
        if end := SKIPPED.get(opening.upper()):
            stop = -1 if end in endless else text.find(end, at)
            if stop < 0:
                endless.add(end)
            else:
                at = stop + len(end)
        elif opening.startswith("<!"):
            yield Tag(found.start(), at, opening[1:], False, True, 0)
        else:
            rest = INSIDE.match(text, at)
            inside = rest[0] if rest else ""
            at += len(inside)
            count = sum(1 for _ in ATTRIBUTE.finditer(inside)) if len(inside) > 2 * MOST_ATTRIBUTES else 0
            yield Tag(found.start(), at, opening.strip("</"), opening[1] == "/", inside.endswith("/"), count)


def root(text: str) -> str:
    """The name of the first element in small letters and without its prefix, or ""."""
    return next((tag.local for tag in tags(text) if not tag.name.startswith("!")), "")


def bounded(text: str, most: int) -> str:
    """An XML document of at most `most` items, its elements closed again where it was cut.

    What no XML may hold is gone: control characters, and references to them or to half a character. Raises TooMuch
    for an entity that is declared as more than a few characters, for elements nested deeper than 200 and for a tag of
    more than 120 attributes. Sets of characters that a DTD would bring (Drupal's feeds name one) are never fetched.
    """
    text = REFERENCE.sub(_legal, DECLARATION.sub("", text, count=1).translate(ILLEGAL))
    first: tuple[str, int] | None = None
    open_tags: list[str] = []
    items = 0
    for tag in tags(text):
        if tag.name.upper() == "!ENTITY" and not HARMLESS.match(text, tag.start):
            raise TooMuch("it declares entities, and those are never expanded")
        if tag.attributes > MOST_ATTRIBUTES:
            raise TooMuch(f"one of its tags has {tag.attributes} attributes, more than {MOST_ATTRIBUTES}")
        if tag.local in ITEMS and not tag.closes:
            first = first or (tag.name, len(open_tags))
            items += first == (tag.name, len(open_tags))
            if items > most:
                return text[: tag.start] + "".join(f"</{name}>" for name in reversed(open_tags))
        _follow(open_tags, tag)
        if len(open_tags) > DEEPEST:
            raise TooMuch(f"its elements are nested deeper than {DEEPEST}")
    return text


def deeper(html: str, most: int) -> bool:
    """Whether elements of some HTML are nested deeper than `most`."""
    if html.count("<") <= most:
        return False
    open_tags: list[str] = []
    for tag in tags(html.lower()):
        _follow(open_tags, tag)
        if len(open_tags) > most:
            return True
    return False


def cut(html: str, most: int) -> str:
    """The first `most` characters of some HTML, without a piece of a tag or a reference at the end."""
    kept = html[:most]
    for opening, closing, longest in (("<", ">", 1000), ("&", ";", 12)):
        at = kept.rfind(opening, -longest)
        if at >= 0 and kept.find(closing, at) < 0:
            kept = kept[:at]
    return kept


def _follow(open_tags: list[str], tag: Tag) -> None:
    """Notes an element as open or closed; an end tag closes what was left open inside."""
    if tag.closes:
        if tag.name in open_tags:
            while open_tags.pop() != tag.name:
                pass
    elif not tag.alone and tag.local not in UNCOUNTED:
        open_tags.append(tag.name)


def _legal(reference: re.Match[str]) -> str:
    """A character reference as it is, or nothing where XML knows no such character."""
    digits, base = (reference[1], 16) if reference[1] is not None else (reference[2], 10)
    if not digits and len(reference[0]) < 4:
        return reference[0]
    code = int(digits, base) if 0 < len(digits) < 8 else 0
    legal = code in (9, 10, 13) or (0x20 <= code <= 0x10FFFF and code not in ILLEGAL)
    return (reference[0] if len(reference[0]) < 12 else f"&#{code};") if legal else ""
