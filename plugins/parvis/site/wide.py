"""What may be wider than a phone, tables and code, put where a keyboard can scroll it.

WCAG 2.1.1: what scrolls must take the focus; what takes the focus must have a name.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from . import tags


@dataclass(frozen=True, slots=True)
class Wide:
    """A filter for the HTML of one text. `table` and `code` name what scrolls for those who cannot see it."""

    table: str
    code: str

    def __call__(self, html: Markup) -> Markup:
        safe = escape(html)
        if "<table" not in safe and "<pre" not in safe:
            return safe
        out, depth = [], 0
        for piece in tags.pieces(str(safe)):
            source = piece.source
            if piece.name == "table":
                if piece.step == 1 and depth == 0:
                    source = f'<div class="scroll"{self._group(self.table)}>{source}'
                depth = max(depth + piece.step, 0)
                if piece.step == -1 and depth == 0:
                    source = f"{source}</div>"
            elif piece.name == "pre" and piece.step == 1 and "tabindex" not in source:
                source = f"<pre{self._group(self.code)}{source[4:]}"
            out.append(source)
        return Markup("".join(out))

    def _group(self, label: str) -> str:
        return f' tabindex="0" role="group" aria-label="{escape(label)}"'
