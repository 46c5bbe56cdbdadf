"""What stands on a card and where: the house in serif, the square in sans behind its rule, words given in italics.

A design is drawn in any size: wide (1200 × 630) as networks show links, square (1080 × 1080) as they show pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from .. import colours
from . import letters
from .canvas import Canvas
from .lines import Paragraph, has
from .posters import WIDE, Poster
from .setting import Block, fitted

INK, SOFT = "#231e1a", "#665c52"
LARGE = (150, 132, 116, 104, 94, 85, 77, 70, 64, 58, 53, 48, 44, 40, 36, 33, 30, 27, 24)
SMALL = (34, 31, 28, 25, 22)
LABEL = (29, 26, 23, 20)
MARKS: Mapping[str, tuple[str, str]] = {
    "fr": ("«", "\u202f»"), "de": ("„", "“"), "ja": ("「", "」"), "es": ("«", "»"), "it": ("«", "»"), "ru": ("«", "»"),
}  # fmt: skip
STAR = "★"


class Sheet:
    """A canvas with margins, that a design sets its words on. From right to left where the words run so."""

    def __init__(self, poster: Poster, size: tuple[int, int], ground: str, face: str) -> None:
        self.poster, self.canvas = poster, Canvas(size, ground)
        self.width, self.height = size
        self.margin = 76 if self.width > self.height else 84
        self.soft = colours.nearest(SOFT, ground)
        self.text = paragraph(poster.text, face, poster.lang)
        self.turned = bool(self.text.base)

    @property
    def inner(self) -> int:
        return self.width - 2 * self.margin

    def at(self, left: float, block: Block, top: float, colour: str, *, far: bool = False, under: str = "") -> None:
        """A block whose near side is `left` from the side where lines begin; where `far`, from the side they end on."""
        end = self.turned != far
        x = self.width - left - block.width if end else left
        self.canvas.text(block, x, top, colour, under, end=end)

    def rule(self, left: int, top: int, width: int, height: int, colour: str) -> None:
        x = self.width - left - width if self.turned else left
        self.canvas.box((x, top, x + width, top + height), colour)

    def row(self, foot: int, near: tuple[str, str, str], far: tuple[str, str, str], left: int) -> None:
        """One line of small text whose letters stand on `foot`: words, face and colour on either side."""
        room = self.width - left - self.margin
        other = single(*far[:2], room * 0.42, LABEL) if far[0] else None
        free = room - (other.reach + 40 if other else 0)
        block = single(*near[:2], free, SMALL)
        self.at(left, block, foot - block.top, near[2])
        if other:
            self.at(self.margin, other, foot - other.top, far[2], far=True)


@lru_cache(maxsize=64)
def paragraph(text: str, face: str, lang: str = "") -> Paragraph:
    """A text in letters that there are. A card's two sizes ask for the same, and all cards for the brand's name."""
    return Paragraph(letters.settable(text, lambda cluster: has(cluster, face))[0], face, lang)


def single(text: str, face: str, width: float, sizes: tuple[int, ...] = SMALL) -> Block:
    """One line, small enough for its place, else cut with an ellipsis."""
    return fitted(paragraph(text, face), width, 99, sizes, most=1)


def legible(poster: Poster) -> bool:
    """Whether the faces have nearly all the letters of its words: a card of gaps helps nobody."""
    return letters.settable(poster.text, lambda cluster: has(cluster, "serif"))[1] > 0.8


def draw(poster: Poster, size: tuple[int, int] = WIDE) -> bytes:
    """The card as PNG, the same bytes each time."""
    return DESIGNS[poster.kind](poster, size).canvas.png()


def article(poster: Poster, size: tuple[int, int]) -> Sheet:
    """The brand's voice: paper, a cornice in the accent, the title large."""
    sheet = Sheet(poster, size, colours.PAPER, "serif")
    accent = colours.palette(poster.colour)["accent"].day
    sheet.canvas.box((0, 0, sheet.width, 14), accent)
    head, foot = sheet.margin + 34, sheet.height - sheet.margin + 8
    sheet.row(head, (poster.brand, "serif", accent), (poster.label, "sans", sheet.soft), sheet.margin)
    top, room = head + 48, foot - 76 - (head + 48)
    block = fitted(sheet.text, sheet.inner, room, LARGE)
    sheet.at(sheet.margin, block, top + (room - block.height) * 0.42, INK)
    sheet.row(foot, (poster.author, "sans", INK), (poster.place, "sans", sheet.soft), sheet.margin)
    return sheet


def community(poster: Poster, size: tuple[int, int]) -> Sheet:
    """The square: its own ground, its rule at the side, who speaks before what is said."""
    roles = colours.palette(poster.colour)
    sheet = Sheet(poster, size, roles["square"].day, "sans")
    companion = colours.nearest(roles["companion"].day, sheet.canvas.ground)
    left, disc = sheet.margin + 44, 84
    sheet.rule(sheet.margin, sheet.margin, 8, sheet.height - 2 * sheet.margin, companion)
    head, foot = sheet.margin + 55, sheet.height - sheet.margin
    _disc(sheet, left, sheet.margin, disc)
    sheet.row(head, (poster.author, "sans", INK), (poster.label, "sans", sheet.soft), left + disc + 24)
    top, room = sheet.margin + disc + 36, foot - 80 - (sheet.margin + disc + 36)
    block = fitted(sheet.text, sheet.width - left - sheet.margin, room, LARGE[2:])
    sheet.at(left, block, top + (room - block.height) * 0.42, INK)
    accent = colours.nearest(roles["deep"].day, sheet.canvas.ground)
    sheet.row(foot, (poster.brand, "serif", accent), (poster.place, "sans", sheet.soft), left)
    return sheet


def _disc(sheet: Sheet, left: int, top: int, across: int) -> None:
    roles = colours.palette(sheet.poster.colour)
    ground = roles["disc"].day
    x = sheet.width - left - across if sheet.turned else left
    sheet.canvas.disc(x, top, across, ground)
    block = single(sheet.poster.initials, "sans", across * 0.7, (38, 34, 30, 26, 22, 18))
    middle = x + (across - block.reach) / 2
    colour = colours.nearest(roles["companion"].day, ground)
    sheet.canvas.text(block, middle, top + (across - block.height) / 2, colour, ground)


def testimonial(poster: Poster, size: tuple[int, int]) -> Sheet:
    """Words given: large italics, the opening mark hung into the margin, stars, then who gave them."""
    opening, closing = MARKS.get(poster.lang.partition("-")[0], ("“", "”"))
    words = letters.tidy(poster.text).rstrip() + closing
    sheet = Sheet(replace(poster, text=words), size, colours.PAPER, "italic")
    accent = colours.palette(poster.colour)["accent"].day
    left, head, foot = sheet.margin + 74, sheet.margin, sheet.height - sheet.margin + 8
    bottom = foot - 62 - (56 if poster.line else 0) - (78 if poster.stars else 0)
    block = fitted(sheet.text, sheet.width - left - sheet.margin, bottom - head, LARGE[2:])
    top = head + (bottom - head - block.height) * 0.42
    mark = single(opening, "italic", 74, (min(round(block.size * 1.1), 96),))
    sheet.at(left - mark.reach - 14, mark, top + block.top - mark.top, accent)
    sheet.at(left, block, top, INK)
    line = foot - (48 if poster.line else 0)
    if poster.stars:
        _stars(sheet, left, line - 96, accent)
    sheet.row(line, (poster.author, "sans", INK), (poster.brand, "serif", accent), left)
    if poster.line or poster.place:
        sheet.row(foot, (poster.line, "sans", sheet.soft), (poster.place, "sans", sheet.soft), left)
    return sheet


def _stars(sheet: Sheet, left: int, top: int, colour: str) -> None:
    """As many as were given in the accent, the rest pale: they are told by number, not by colour alone."""
    pale = colours.mixed(sheet.canvas.ground, INK, 0.16)
    for number in range(5):
        star = single(STAR, "sans", 60, (40,))
        sheet.at(left + number * 46, star, top, colour if number < sheet.poster.stars else pale)


DESIGNS = {"article": article, "community": community, "testimonial": testimonial}
