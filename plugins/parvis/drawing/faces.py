"""The typefaces of cards, and which one has a letter. Where they are from tells docs/typefaces.py."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

FOLDER = Path(__file__).resolve().parent / "typefaces"
EM = 4096
"""Units that widths are measured in: so many are the size of a letter."""
LEADING = {"arabic": 1.7, "devanagari": 1.5, "bengali": 1.5, "tamil": 1.45, "thai": 1.6, "cjk": 1.32, "italic": 1.26}
SCRIPTS = (
    *("arabic", "hebrew", "devanagari", "bengali", "tamil", "thai", "georgian", "armenian", "cjk"),
    *("symbols", "signs", "math", "emoji"),
)
PICTURES = {"symbols", "signs", "math", "emoji"}


class Face(NamedTuple):
    """One typeface. `leading` is the distance of its lines, in sizes."""

    name: str
    font: hb.Font
    leading: float

    def has(self, letters: Iterable[str]) -> bool:
        return all(self.font.get_nominal_glyph(ord(letter)) is not None for letter in letters)


@cache
def face(name: str) -> Face:
    file = next(FOLDER.glob(f"{name}.[ot]tf"))
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(file))))
    font.scale = (EM, EM)
    return Face(name, font, LEADING.get(name, 1.18))


@cache
def family(first: str) -> tuple[Face, ...]:
    """A face for Latin, Greek and Cyrillic, and those that stand in for the letters it has not."""
    others = ("serif",) if first == "sans" else ("sans",)
    return tuple(face(name) for name in (first, *others, *SCRIPTS))
