"""A small tree of formatted words: plain lists of children, read in linear time whatever a stranger sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

BOXES = {
    "address", "article", "aside", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "header", "hgroup", "main", "nav", "section", "summary",
}  # fmt: skip
TABLE = {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
GAP = "gap"  # an empty line between paragraphs
BLOCKS = {"blockquote", "hr", "li", "ol", "p", "pre", "ul", GAP} | BOXES | TABLE | HEADINGS
VOID = {"br", "hr", "img", GAP}
TAG_OR_TEXT = re.compile(r"([^<]+)|</([a-z0-9]+)>|<([a-z0-9]+)((?: [a-z]+=\"[^\"]*\")*)>")
ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")


@dataclass(slots=True)
class Node:
    """An element. `attributes` hold what is kept of them: href, alt, start, and the number of a point in a list."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def below(self) -> Iterator[Node]:
        """Every element inside, in the order they begin."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.below()


def parsed(html: str) -> Node:
    """The tree of HTML as nh3 writes it: tags closed, small letters, double quotes, no comments."""
    root = Node("")
    opened = [root]
    for tag in TAG_OR_TEXT.finditer(html):
        text, closed, name, attributes = tag.groups()
        if text:
            opened[-1].children.append(unescape(text))
        elif closed:
            if len(opened) > 1 and closed == opened[-1].name:
                opened.pop()
        else:
            node = Node(name, {key: unescape(value) for key, value in ATTRIBUTE.findall(attributes)})
            opened[-1].children.append(node)
            if name not in VOID:
                opened.append(node)
    return root


def pieces(node: Node) -> Iterator[str]:
    """The words below a node, with a line end wherever a reader sees one."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name == "br":
            yield "\n"
        else:
            edge = "\n" if child.name in BLOCKS else ""
            yield edge
            yield from pieces(child)
            yield edge


def words(node: Node) -> str:
    """The words below a node, a line each, without empty ones."""
    return "\n".join(line for part in "".join(pieces(node)).split("\n") if (line := part.strip()))
