"""Steps over the tree that pass by what they would leave as it is."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import STX

from .twin import Twin


class Prettify(Twin, PrettifyTreeprocessor):
    """Asks once about each kind of element whether it is a block."""

    _blocks: dict[Any, bool]
    _named: list[str]

    @classmethod
    def like(cls, part: Any) -> Prettify:
        twin = super().like(part)
        twin._blocks, twin._named = {}, []
        return twin

    def run(self, root: Element) -> None:
        if self._named != self.md.block_level_elements:
            self._blocks, self._named = {}, list(self.md.block_level_elements)
        super().run(root)

    def _is_block(self, tag: Any) -> bool:
        known = self._blocks.get(tag)
        if known is None:
            known = self._blocks[tag] = self.md.is_block_level(tag)
        return known

    def _prettifyETree(self, elem: Element) -> None:
        if self._is_block(elem.tag) and elem.tag not in ("code", "pre"):
            if len(elem) and self._is_block(elem[0].tag) and (not elem.text or not elem.text.strip()):
                elem.text = "\n"
            blocks = self._blocks
            for child in elem:
                known = blocks.get(child.tag)
                if known is None:
                    known = self._is_block(child.tag)
                if known and len(child):
                    self._prettifyETree(child)
                elif known and not (child.tail and child.tail.strip()):
                    child.tail = "\n"
        if not elem.tail or not elem.tail.strip():
            elem.tail = "\n"


class Attributes(Twin, AttrListTreeprocessor):
    """Attributes stand in braces."""

    def run(self, doc: Element) -> None:
        if "{" in "".join(doc.itertext()) or "{" in (doc.tail or ""):
            super().run(doc)


class Unescape(Twin, UnescapeTreeprocessor):
    """Escaped characters stand behind the sign of a placeholder."""

    def run(self, root: Element) -> None:
        for elem in root.iter():
            text, tail = elem.text, elem.tail
            if text and STX in text and elem.tag != "code":
                elem.text = self.unescape(text)
            if tail and STX in tail:
                elem.tail = self.unescape(tail)
            for key, value in elem.items():
                if value is not None and STX in value:
                    elem.set(key, self.unescape(value))


class Contents(Twin, TocTreeprocessor):
    """The place of a table of contents is looked for where its marker stands in the text."""

    def replace_marker(self, root: Element, elem: Element) -> None:
        if self.marker in "".join(root.itertext()):
            super().replace_marker(root, elem)
