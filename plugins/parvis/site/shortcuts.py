"""Shorter ways through Python-Markdown to the same HTML: what cannot be there is not looked for.

By itself it asks twenty processors about each block and twenty patterns about each run of text, most of them for a
sign that stands nowhere in it. Processors and patterns of other extensions are asked as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

SIGNS = {
    "backtick": "`", "escape": "\\", "footnote": "[^", "reference": "[", "link": "[", "image_link": "![",
    "image_reference": "![", "short_reference": "[", "short_image_ref": "![", "autolink": "<", "automail": "<",
    "linebreak": "  \n", "html": "<", "entity": "&",
}  # fmt: skip
"""What a pattern cannot match without, by its name in Python-Markdown 3."""
SIGN = re.compile(r"[`\\\[<&*_\n]")
SENTENCES = re.compile(r"[^\W\d_][^\n|:<>\[\]{}`#=~\\^]*\Z")
"""One line that begins with a letter and holds nothing that another processor than that of paragraphs looks for."""


class Inline(InlineProcessor):
    """Leaves alone what bears no sign, and looks only for those that a text has."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        text = "".join(tree.itertext())
        patterns = self.md.inlinePatterns
        needless = [patterns[name] for name, sign in SIGNS.items() if name in patterns and sign not in text]
        self.inlinePatterns = [p for p in patterns if p not in needless]  # type: ignore[assignment]  # it is indexed
        plain = list(_unsigned(tree))
        for element in plain:
            element.text = AtomicString(element.text)
        super().run(tree, ancestors)
        for element in plain:
            element.text = str(element.text)
        return tree


def _unsigned(tree: Element) -> Iterator[Element]:
    for element in tree.iter():
        if type(element.text) is str and not SIGN.search(element.text):
            yield element


class Sentences(BlockProcessor):
    """Takes plain sentences straight to where they end up."""

    def test(self, parent: Element, block: str) -> bool:
        return SENTENCES.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        self.parser.blockprocessors["paragraph"].run(parent, blocks)


class Shortcuts(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Inline(md), "inline", 20)
        md.parser.blockprocessors.register(Sentences(md.parser), "sentences", 999)
