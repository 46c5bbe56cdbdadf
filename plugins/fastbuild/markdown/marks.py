"""Plain marks: `code`, *emphasis*, **strength**, [links](address) and ![pictures](address), none within another.

Where each sign of a text belongs to such a mark, the library's patterns, tried one after the other with placeholders
between them, come to the very same elements. Any other sign, and they are tried.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString, code_escape

SIGN = re.compile(r"[`\[*_\\<&\x02]")
NONE = r"`\[\]*_\\<&\x02"
CODE = re.compile(r"`([^`]+)`(?!`)")
STAR = re.compile(rf"(\*{{1,2}})([^\W_](?:[^{NONE}]*[^\W_])?)\1(?!\*)")
UNDERSCORE = re.compile(rf"(?<!\w)(_{{1,2}})([^\W_](?:[^{NONE}]*[^\W_])?)\1(?!\w)")
WITHIN = re.compile(r"(?<=[^\W_])_(?=[^\W_])")
"""An underscore within a word marks nothing."""
LINK = re.compile(rf"\[([^\s^{NONE}][^{NONE}]*)\]\(([^\s()<>\"'\[\]`\\&\x02]+)\)")


def marked(text: str, pictures: bool) -> tuple[str, list[Element]] | None:
    """What stands before the first mark, and the marks, each with what follows it. None: ask the patterns."""
    if "  \n" in text:
        return None
    nodes: list[Element] = []
    starts, ends = [len(text)], [0]
    place = 0
    while sign := SIGN.search(text, place):
        start = sign.start()
        if text[start] == "_" and WITHIN.match(text, start):
            place = start + 1
            continue
        picture = text[start] == "[" and text[start - 1 : start] == "!"
        found = _mark(text, start, picture) if pictures or not picture else None
        if found is None:
            return None
        node, place = found
        nodes.append(node)
        starts.insert(-1, start - picture)
        ends.append(place)
    for node, end, start in zip(nodes, ends[1:], starts[1:], strict=True):
        if start > end:
            node.tail = text[end:start]
    return text[: starts[0]], nodes


def _mark(text: str, start: int, picture: bool) -> tuple[Element, int] | None:
    """The mark that begins at a sign, and where it ends."""
    sign = text[start]
    if sign == "[" and (link := LINK.match(text, start)):
        return (_picture if picture else _link)(link[1], link[2]), link.end()
    if sign == "`" and (code := CODE.match(text, start)):
        node = Element("code")
        node.text = AtomicString(code_escape(code[1].strip()))
        return node, code.end()
    if sign in "*_" and (stress := (STAR if sign == "*" else UNDERSCORE).match(text, start)):
        node = Element("em" if len(stress[1]) == 1 else "strong")
        node.text = stress[2]
        return node, stress.end()
    return None


def _link(words: str, address: str) -> Element:
    node = Element("a", {"href": address})
    node.text = words
    return node


def _picture(words: str, address: str) -> Element:
    return Element("img", {"src": address, "alt": words})
