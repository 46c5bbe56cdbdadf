"""Runs of text: those without a sign of markup stay as they are, plain marks become elements at once."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from .marks import marked
from .twin import Twin

SIGNS = {
    "backtick": "`", "escape": "\\", "footnote": "[^", "reference": "[", "link": "[", "image_link": "![",
    "image_reference": "![", "short_reference": "[", "short_image_ref": "![", "autolink": "<", "automail": "<",
    "linebreak": "  \n", "html": "<", "entity": "&",
}  # fmt: skip
"""What a pattern cannot match without, by its name."""

PLACES = {"code": 0, "a": 1, "img": 2}
"""Of the patterns that make an element, before that of stress."""
STRESS = {"*": (("strong", "em"), False, False), "_": (("strong", "em"), True, False)}


class Inline(Twin, InlineProcessor):
    """Goes through the tree in the library's order, and hands each run of text that has a sign to its patterns."""

    _plan: list[tuple[Any, str]]
    _plain: bool
    _pictures: bool
    _InlineProcessor__processPlaceholders: Any
    _InlineProcessor__applyPattern: Any

    @classmethod
    def like(cls, part: Any) -> Inline:
        twin = super().like(part)
        patterns = part.md.inlinePatterns
        twin._plan = [(patterns[item.name], SIGNS.get(item.name, "")) for item in patterns._priority]
        twin._plain = _usual(part.md)
        twin._pictures = "image_link" in patterns
        return twin

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if ancestors is not None:
            return super().run(tree, ancestors)
        self.stashed_nodes = {}
        self.parent_map = {}
        self.ancestors = []
        waiting = [tree]
        for element in waiting:
            inserted: list[tuple[Element, list[Element]]] = []
            for child in element:
                text = child.text
                if text and _signed(text) and not isinstance(text, AtomicString):
                    nodes = self._nodes(child, text)
                    if nodes:
                        waiting += nodes
                        inserted.append((child, nodes))
                tail = child.tail
                if tail and _signed(tail):
                    self._follow(element, child, tail)
                if len(child):
                    waiting.append(child)
            for child, nodes in inserted:
                for place, node in enumerate(nodes):
                    child.insert(place, node)
        return tree

    def _nodes(self, child: Element, text: str) -> list[Element]:
        """Elements of the text of `child`, which keeps what stands before them."""
        if self._plain and not self.md.delimiters.regions:  # type: ignore[union-attr]  # then it has some
            found = marked(text, self._pictures)
            if found:
                child.text, nodes = found[0] or None, found[1]
                self._number(nodes)
                return nodes
        child.text = None
        made = self._InlineProcessor__processPlaceholders(self._InlineProcessor__handleInline(text), child)
        return [node for node, _ in made]

    def _number(self, nodes: list[Element]) -> None:
        """Stashes marks as the patterns would, one by one: where stress is mixed up, a number can come to light."""
        for node in sorted(nodes, key=_place) if len(nodes) > 1 else nodes:
            self.stashed_nodes[f"{len(self.stashed_nodes):04d}"] = node

    def _follow(self, element: Element, child: Element, tail: str) -> None:
        """The same for what stands behind `child`: its elements come next."""
        carrier = Element("d")
        text = self._InlineProcessor__handleInline(tail)
        child.tail = None
        found = self._InlineProcessor__processPlaceholders(text, carrier, False)
        if carrier.tail:
            child.tail = carrier.tail
        place = list(element).index(child) + 1
        for node, _ in reversed(found):
            element.insert(place, node)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern
        start, count = 0, len(self._plan)
        while patternIndex < count:
            pattern, sign = self._plan[patternIndex]
            if sign not in data:
                matched = False
                start = 0
            else:
                data, matched, start = apply(pattern, data, patternIndex, start)
            if not matched:
                patternIndex += 1
        return data


def _place(node: Element) -> int:
    return PLACES.get(node.tag, len(PLACES))


def _signed(text: str) -> bool:
    return (
        "*" in text
        or "[" in text
        or "`" in text
        or "_" in text
        or "<" in text
        or "&" in text
        or "\\" in text
        or "\x02" in text
        or "  \n" in text
    )


def _usual(md: Any) -> bool:
    """Whether what `marks` stands for is here, and both signs of stress mean what they do by themselves."""
    stress = md.delimiters
    return (
        all(name in md.inlinePatterns for name in ("backtick", "link", "em_strong"))
        and stress is md.inlinePatterns["em_strong"]
        and {token: _means(each) for token, each in stress.delimiters.items()} == STRESS
    )


def _means(delimiter: Any) -> tuple[Any, ...]:
    return delimiter.tags, delimiter.smart, delimiter.double
