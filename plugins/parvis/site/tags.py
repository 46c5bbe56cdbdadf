"""HTML source, tag by tag: for those who change what stands between tags, or put something around an element.

It never rewrites what it walks over: joining all pieces gives the source back, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

PIECE = re.compile(r"""<!--.*?-->|</?([a-zA-Z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LANG = re.compile(r"""\slang\s*=\s*["']?([A-Za-z-]+)""")


class Piece(NamedTuple):
    """A tag, a comment or the text between two of them. `name` is '' for text and comments, `step` 1 for an opening
    tag, -1 for a closing one, 0 for anything else."""

    source: str
    name: str = ""
    step: int = 0

    @property
    def is_text(self) -> bool:
        return not self.name and not self.source.startswith("<!--")

    @property
    def lang(self) -> str:
        found = LANG.search(self.source) if self.step == 1 and "lang" in self.source else None
        return found[1] if found else ""


def pieces(html: str) -> Iterator[Piece]:
    """Everything in the source, in order."""
    rest = 0
    for found in PIECE.finditer(html):
        if rest < found.start():
            yield Piece(html[rest : found.start()])
        yield _piece(found)
        rest = found.end()
    if rest < len(html):
        yield Piece(html[rest:])


def _piece(found: re.Match[str]) -> Piece:
    source, name = found[0], (found[1] or "").lower()
    if not name or name in VOID or source.endswith("/>"):
        return Piece(source, name)
    return Piece(source, name, -1 if source.startswith("</") else 1)
