"""Where code stands in a text: between fences, or set off by its indent."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.codehilite import HiliteTreeprocessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor

from .highlight import CodeHilite
from .twin import Twin

SIGNS = ("```", "~~~")


class Hilite(Twin, HiliteTreeprocessor):
    """Code that is set off by its indent."""

    def run(self, root: Element) -> None:
        for block in root.iter("pre"):
            if len(block) == 1 and block[0].tag == "code" and block[0].text is not None:
                config = self.config.copy()
                code = CodeHilite(
                    self.code_unescape(block[0].text),
                    tab_length=self.md.tab_length,
                    style=config.pop("pygments_style", "default"),
                    **config,
                )
                placeholder = self.md.htmlStash.store(code.hilite())
                block.clear()
                block.tag, block.text = "p", placeholder


class Fences(Twin, FencedBlockPreprocessor):
    """Code between fences, which are looked for only where their signs stand."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if not any(sign in text for sign in SIGNS):
            return text.split("\n")
        if not self.checked_for_deps or not self.codehilite_conf.get("use_pygments"):
            return super().run(lines)
        pieces, done = list[str](), 0
        for place in _fences(text):
            match = self.FENCED_BLOCK_RE.match(text, place) if place >= done else None
            if match and not (match["attrs"] is not None and get_attrs_and_remainder(match["attrs"])[1]):
                pieces += [text[done:place], "\n", self._stored(match), "\n"]
                done = match.end()
        return "".join([*pieces, text[done:]]).split("\n")

    def _stored(self, match: Any) -> str:
        """The placeholder of one block of code."""
        if match["attrs"] is not None or match["hl_lines"]:
            return super().run(match[0].split("\n"))[1]
        config = self.codehilite_conf.copy()
        style = config.pop("pygments_style", "default")
        code = CodeHilite(match["code"], lang=match["lang"] or None, style=style, **config)
        return str(self.md.htmlStash.store(code.hilite(shebang=False)))


def _fences(text: str) -> list[int]:
    """Where a line begins with the sign of a fence."""
    found = [0] if text.startswith(SIGNS) else []
    for sign in SIGNS:
        place = text.find(f"\n{sign}")
        while place >= 0:
            found.append(place + 1)
            place = text.find(f"\n{sign}", place + 1)
    return sorted(found)
