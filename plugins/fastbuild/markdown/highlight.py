"""Code in its colours: a language's lexer is looked up once, a formatter with its style sheet made once.

To guess a language, Pygments asks each lexer about the text, and Python each time for lexers that are installed beside
its own. Here those that have something to say are found once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

import markdown.extensions.codehilite

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
        if not (codehilite.pygments and self.use_pygments and self.pygments_formatter == "html"):
            return super().hilite(shebang)
        try:
            kind = _named(self.lang) or (_guessed(self.src) if self.guess_lang else None) or _named("text")
            lexer = kind(**self.options)
        except ValueError:  # an option that this lexer does not take
            return super().hilite(shebang)
        return str(codehilite.highlight(self.src, lexer, _formatter(self.options)))


@lru_cache(maxsize=256)
def _named(language: str | None) -> Any:
    """The class of a language's lexer; None where there is none."""
    try:
        return type(codehilite.get_lexer_by_name(language))
    except ValueError:
        return None


def _guessed(code: str) -> Any:
    """The class of the lexer that claims most; None where none does."""
    told = import_module("pygments.modeline").get_filetype_from_buffer(code)
    if told and (kind := _named(told)):
        return kind
    most, best = 0.0, None
    for kind in _claiming():
        claim = kind.analyse_text(code)
        if claim == 1.0:
            return kind
        if claim > most:
            most, best = claim, kind
    return best


@lru_cache(maxsize=1)
def _claiming() -> list[Any]:
    """Lexers that look at a text, in Pygments' order."""
    nothing = import_module("pygments.lexer").Lexer.analyse_text
    known = import_module("pygments.lexers")._iter_lexerclasses()
    return [kind for kind in known if kind.analyse_text is not nothing]


def _formatter(options: dict[str, Any]) -> Any:
    """Made once for all options that say the same."""
    said = repr(sorted(options.items()))
    if said not in FORMATTERS:
        if len(FORMATTERS) >= MOST:
            FORMATTERS.clear()
        FORMATTERS[said] = codehilite.get_formatter_by_name("html", **options)
    return FORMATTERS[said]
