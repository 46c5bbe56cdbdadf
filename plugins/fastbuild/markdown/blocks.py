"""Blocks that one look tells of: plain paragraphs, headings, lists of plain lines, stashed HTML.

Each rule says no more than what the library's processors, asked one after the other, come to; where a rule is not
sure, they are asked.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.util import STX

HEADING = re.compile(r"(#{1,6})([^#\\\n]+)")
WORDS = r"""(?:[^\W\d_]|[^\x00-\x7f\s\d]|["'(/$%,.;?@{}~<&`\\]|\d++(?!\.[ ])|\*{1,2}[^\W_]|_{1,2}[^\W_]|!(?!!!)|\[)"""
BEGINS = re.compile(WORDS)
"""How a line of words begins: not as a heading, rule, quote, list, definition or code."""
LINES = re.compile(rf"{WORDS}[^\n]*+(?:\n{WORDS}[^\n]*+)*+")
BULLET = re.compile(rf"()[*+-] +({WORDS}.*)")
NUMBER = re.compile(rf"(\d+)\. +({WORDS}.*)")
STASHED = re.compile(r"\x02wzxhzdk:([0-9]+)\x03")
DEFINED = "]:"
"""Of a reference, a footnote or an abbreviation."""


class Plain(BlockProcessor):
    """Asked before all others; takes blocks as long as it is sure of them."""

    _counts: bool
    """Whether a list says the number that it begins with."""

    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """False where the first block is for the others."""
        if self.parser.state.isstate("list"):
            return self._item(parent, blocks)
        taken = 0
        for block in blocks:
            if not self._take(parent, block):
                break
            taken += 1
        del blocks[:taken]
        return taken > 0

    def _item(self, parent: Element, blocks: list[str]) -> bool:
        """The words of an item of a tight list, which stand in no paragraph."""
        if parent.text or len(parent) or not _words(blocks[0]):
            return False
        parent.text = blocks.pop(0)
        return True

    def _take(self, parent: Element, block: str) -> bool:
        if _words(block):
            SubElement(parent, "p").text = block
            return True
        first = block[:1]
        if first == "#":
            heading = HEADING.fullmatch(block)
            if heading:
                SubElement(parent, f"h{len(heading[1])}").text = heading[2].strip()
            return heading is not None
        if first in "\n":  # nothing, too
            return self._blank(parent, block)
        if first == STX:
            return self._stashed(parent, block)
        return self._list(parent, block)

    def _blank(self, parent: Element, block: str) -> bool:
        """Blank lines count only behind code."""
        if len(parent) and parent[-1].tag == "pre":
            return False
        rest = block.lstrip("\n")
        return not rest or self._take(parent, rest)

    def _stashed(self, parent: Element, block: str) -> bool:
        place = STASHED.fullmatch(block)
        stash = self.parser.md.htmlStash.rawHtmlBlocks
        if place and int(place[1]) < len(stash) and isinstance(stash[int(place[1])], str):
            SubElement(parent, "p").text = block
            return True
        return False

    def _list(self, parent: Element, block: str) -> bool:
        """A new list, of which each line is an item of words."""
        if parent.tag in ("ol", "ul") or (len(parent) and parent[-1].tag in ("ol", "ul")):
            return False
        kind = BULLET if block[0] in "*+-" else NUMBER
        if not kind.match(block) or DEFINED in block or "|" in block:
            return False
        items = [kind.fullmatch(line) for line in block.split("\n")]
        if not all(items):
            return False
        if kind is BULLET:
            made = SubElement(parent, "ul")
        else:
            made = SubElement(parent, "ol")
            first: Any = items[0]
            if first[1] != "1" and not self.parser.blockprocessors["olist"].LAZY_OL:  # type: ignore[attr-defined]
                made.attrib["start"] = first[1]
        for item in items:
            SubElement(made, "li").text = item[2]  # type: ignore[index]  # none is None
        return True


def _words(block: str) -> bool:
    """Whether a block is one paragraph: one line of words, or some that are no table and define nothing."""
    if "\n" not in block:
        return block[:1].isalpha() or (BEGINS.match(block) is not None and not (block[0] == "[" and DEFINED in block))
    return LINES.fullmatch(block) is not None and "|" not in block and DEFINED not in block
