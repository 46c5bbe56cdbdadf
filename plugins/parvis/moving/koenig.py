"""What Ghost's editor keeps, where an export has no HTML of it: Lexical (since Ghost 5) and Mobiledoc (before)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from ..sources import Wrong
from ..sources.payload import Part
from .cards import card, picture

FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (16, "code"), (32, "sub"), (64, "sup"))
"""Bits of Lexical's `format`; underlines (8) and highlights (128) are no words of Markdown."""
INLINE = {"a", "b", "code", "em", "i", "s", "strong", "sub", "sup"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
BLOCKS = dict.fromkeys(("blockquote", "aside", "pull-quote"), "blockquote") | {tag: tag for tag in (*HEADINGS, "p")}
PLAIN = {
    "paragraph": "<p>{}</p>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "aside": "<blockquote><p>{}</p></blockquote>",
    "linebreak": "<br>",
    "tab": " ",
}


@dataclass(slots=True)
class Words:
    """A text of the editor as HTML that still has to pass the gate. `unknown` are cards that it could not say."""

    html: str = ""
    unknown: set[str] = field(default_factory=set)


def lexical(source: str) -> Words:
    """Raises ValueError where this is no such text."""
    root = _object(source).part("root")
    if "children" not in root.fields:
        raise Wrong("root.children", "a list", None)
    words = Words()
    words.html = _inside(root, words.unknown)
    return words


def mobiledoc(source: str) -> Words:
    """The same for format 0.3. Raises ValueError where this is no such text."""
    document = _object(source)
    words = Words()
    try:
        words.html = "".join(_section(section, document, words.unknown) for section in document.fields["sections"])
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"its sections are not those of Mobiledoc 0.3: {error}") from None
    return words


def _object(source: str) -> Part:
    try:
        document = json.loads(source)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(document, dict):
        raise Wrong("", "an object", document)
    return Part(document)


def _inside(node: Part, unknown: set[str]) -> str:
    return "".join(_node(child, unknown) for child in node.parts("children"))


def _node(node: Part, unknown: set[str]) -> str:
    kind = node.text("type").removeprefix("extended-")
    match kind:
        case "text":
            return _formatted(escape(node.text("text")), node.number("format") or 0)
        case "heading":
            tag = node.text("tag") if node.text("tag") in HEADINGS else "h2"
            return f"<{tag}>{_inside(node, unknown)}</{tag}>"
        case "link" | "autolink" | "at-link":
            return f'<a href="{escape(node.text("url"))}">{_inside(node, unknown)}</a>'
        case "list":
            return _list(node, unknown)
    made = PLAIN[kind].format(_inside(node, unknown)) if kind in PLAIN else card(kind, node)
    if made is None and not node.parts("children"):
        unknown.add(kind)
    return _inside(node, unknown) if made is None else made


def _formatted(words: str, bits: int) -> str:
    for bit, tag in FORMATS:
        words = f"<{tag}>{words}</{tag}>" if bits & bit else words
    return words


def _list(node: Part, unknown: set[str]) -> str:
    """Lexical keeps a list in a list as a point of its own, which belongs to the point before."""
    points: list[str] = []
    for point in node.parts("children"):
        said = _inside(point, unknown)
        if points and {child.text("type") for child in point.parts("children")} == {"list"}:
            points[-1] += said
        else:
            points.append(said)
    tag = "ol" if node.text("listType", "tag") in ("number", "ol") else "ul"
    start = f' start="{node.number("start")}"' if tag == "ol" and (node.number("start") or 1) > 1 else ""
    return f"<{tag}{start}>{''.join(f'<li>{point}</li>' for point in points)}</{tag}>"


def _section(section: Any, document: Part, unknown: set[str]) -> str:
    match section:
        case [1, str() as tag, list() as markers, *_]:
            block = BLOCKS.get(tag.lower(), "p")
            return f"<{block}>{_markers(markers, document)}</{block}>"
        case [2, str() as address, *_]:
            return picture(address, "")
        case [3, str() as tag, list() as points, *_]:
            block = "ol" if tag.lower() == "ol" else "ul"
            return f"<{block}>{''.join(f'<li>{_markers(point, document)}</li>' for point in points)}</{block}>"
        case [10, int() as number, *_]:
            kind, said, *_ = document.fields["cards"][number]
            made = card(kind, Part(said))
            unknown |= {kind} if made is None else set()
            return made or ""
    raise TypeError(str(section)[:40])


def _markers(markers: list[Any], document: Part) -> str:
    """Words with what opens before them and closes after; what stays open is closed at the end."""
    open_tags: list[str] = []
    parts: list[str] = []
    for kind, opened, closed, said in markers:
        for tag, start in _opened(opened, document):
            open_tags.append(tag)
            parts.append(start)
        parts.append(escape(said) if kind == 0 else _atom(document.fields["atoms"][said]))
        parts += [f"</{open_tags.pop()}>" for _ in range(closed)]
    return "".join(parts) + "".join(f"</{tag}>" for tag in reversed(open_tags))


def _opened(numbers: list[int], document: Part) -> Iterator[tuple[str, str]]:
    for number in numbers:
        tag, *given = document.fields["markups"][number]
        name = tag.lower() if tag.lower() in INLINE else "span"
        pairs = given[0] if given else []
        attributes = dict(zip(pairs[::2], pairs[1::2], strict=False))
        yield name, f'<a href="{escape(str(attributes.get("href", "")))}">' if name == "a" else f"<{name}>"


def _atom(atom: list[Any]) -> str:
    return "<br>" if atom[0] == "soft-return" else escape(atom[1])
