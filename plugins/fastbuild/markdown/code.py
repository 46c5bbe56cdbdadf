"""Code in its colours: Pygments' lexer is looked up once a language, its formatter and style sheet made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import markdown.extensions.codehilite
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.codehilite import HiliteTreeprocessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor

from .twin import Twin

SIGNS = ("```", "~~~")
codehilite: Any = markdown.extensions.codehilite
"""With what it found of Pygments."""
FORMATTERS: dict[str, Any] = {}
MOST = 64


class CodeHilite(markdown.extensions.codehilite.CodeHilite):
    _parseHeader: Callable[[], None]

    def hilite(self, shebang: bool = True) -> str:
        self.src = self.src.strip("\n")
        if self.lang is None and shebang:
            self._parseHeader()
        if not (self.lang and codehilite.pygments and self.use_pygments and self.pygments_formatter == "html"):
            return super().hilite(shebang)
        try:
            lexer = _lexer(self.lang)(**self.options)
        except ValueError:
            return super().hilite(shebang)
        return str(codehilite.highlight(self.src, lexer, _formatter(self.options)))


@lru_cache(maxsize=256)
def _lexer(language: str) -> Any:
    """The class of a language's lexer; ValueError where there is none."""
    return type(codehilite.get_lexer_by_name(language))


def _formatter(options: dict[str, Any]) -> Any:
    """Made once for all options that say the same."""
    said = repr(sorted(options.items()))
    if said not in FORMATTERS:
        if len(FORMATTERS) >= MOST:
            FORMATTERS.clear()
        FORMATTERS[said] = codehilite.get_formatter_by_name("html", **options)
    return FORMATTERS[said]


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
