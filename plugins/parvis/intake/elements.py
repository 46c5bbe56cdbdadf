"""Elements as Markdown, by markdownify: what is more than paragraphs of words. It weighs, so it comes when needed."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from markdownify import ATX, MarkdownConverter

from .markdown import literal, literal_start
from .tree import BLOCKS, Node

ENTITY = re.compile(r"&(?=#?\w+;)")
FENCES = re.compile(r"`{3,}")


def write(tree: Node) -> str:
    """Any tree that `tidied` made."""
    return str(WRITER.convert_soup(_soup(tree))).strip()


def _soup(node: Node) -> BeautifulSoup:
    """The same tree for those who read Beautiful Soup."""
    whole = BeautifulSoup("", "html.parser")
    _plant(node, whole, whole)
    return whole


def _plant(node: Node, where: Tag, whole: BeautifulSoup) -> None:
    for child in node.children:
        if isinstance(child, str):
            where.append(NavigableString(child))
        else:
            tag = whole.new_tag(child.name, attrs=dict(child.attributes))
            where.append(tag)
            _plant(child, tag, whole)


def _inside(text: str, parent_tags: set[str]) -> str:
    """Literal text of a heading, which loses the `#` at its end, or of a cell, which ends at a bar."""
    return text.replace("|", "\\|") if "tr" in parent_tags else text.replace("#", "\\#")


def _starts_line(text: PageElement) -> bool:
    """Whether nothing is written before this text on its line; an emphasis or a link begins with its own mark."""
    before = text.previous_sibling
    if isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    if before is None:
        return isinstance(text.parent, BeautifulSoup) or (text.parent is not None and text.parent.name in BLOCKS)
    return isinstance(before, Tag) and (before.name in BLOCKS or before.name == "br")


def _edges(text: str) -> tuple[str, str, str]:
    """Text without the spaces around it, and those: `** x**` would be no emphasis."""
    inner = text.strip()
    return " " * text.startswith(" "), inner, " " * text.endswith(" ")


class Writer(MarkdownConverter):
    """What markdownify makes of each element, but for these."""

    def process_text(self, el: NavigableString, parent_tags: set[str]) -> str:
        text = str(super().process_text(el, parent_tags))  # type: ignore[misc]  # missing in its stubs
        if "_noformat" in parent_tags:
            return text
        if isinstance(el.next_element, Tag) and el.next_element.name == "a" and text.endswith("!"):
            text = text[:-1] + "\\!"  # or it would make a picture of the link
        if "_inline" in parent_tags:
            return _inside(text, parent_tags)
        return literal_start(text) if _starts_line(el) else text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return literal(text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        before, label, after = _edges(text.replace("\n", " "))
        address = str(el["href"]).replace("(", "%28").replace(")", "%29")
        if "_noformat" in parent_tags or not label:
            return text
        return f"{before}[{label}]({ENTITY.sub('&amp;', address)}){after}"

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags:
            return text
        before, inner, after = _edges(text)
        if "`" in inner or "tr" in parent_tags:
            return _inside(literal(text), parent_tags) if "_inline" in parent_tags else literal_start(literal(text))
        return f"{before}`{inner}`{after}" if inner else before

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        lines = (f"> {line}" if line.strip() else ">" for line in text.strip().split("\n"))
        return "\n\n" + "\n".join(lines) + "\n\n" if text.strip() else ""

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        lines = text.strip("\n").rstrip().split("\n")
        if lines == [""]:
            return ""
        if parent_tags & {"li", "blockquote", "td"}:  # Python-Markdown knows fences at the margin only
            return "\n\n" + "  \n".join(literal_start(literal(line.strip())) for line in lines if line.strip()) + "\n\n"
        fence = "`" * max(3, *(len(run) + 1 for run in FENCES.findall(text)), 3)
        return f"\n\n{fence}\n" + "\n".join(lines) + f"\n{fence}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_hN(n, el, text, parent_tags)) if text.strip() else ""  # type: ignore[misc]  # missing in its stubs

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        mark = f"{el['value']}." if el.get("value") else "-"
        width = max(4, len(mark) + 1)
        first, *others = text.strip().split("\n")
        lines = (" " * width + line if line.strip() else "" for line in others)
        return "\n".join([mark.ljust(width) + first, *lines]) + ("\n\n" if "" in others else "\n") if first else ""

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A blank line before and after, but for a list right below the one line of its point, at its end."""
        point, text = el.parent, text.rstrip()
        if point is None or point.name != "li" or "\n\n" in text or el.next_sibling is not None:
            return f"\n\n{text}\n\n"
        blocks = [part for part in point if isinstance(part, Tag) and part.name in BLOCKS]
        return f"\n{text}" if len(blocks) == 1 else f"\n\n{text}\n\n"

    convert_ul = convert_ol = convert_list

    def convert_gap(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else "\n\n"


WRITER = Writer(heading_style=ATX)
