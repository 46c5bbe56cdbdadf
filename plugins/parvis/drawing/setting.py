"""Sets a text into a box: as large as it may be, in lines of like length, its words whole.

Only where a single word is longer than the box at a size that can still be read is it broken, between two letters; and
only what is too long even then ends in an ellipsis, at the end of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .faces import EM
from .lines import Line, Paragraph, Unit

AIR = 0.06
"""Between the ink of two lines at least, in sizes."""
ELLIPSIS = "…"
READABLE, BROKEN = 34, 53
"""Pixels: no word is set smaller than READABLE to keep it whole, and none larger than BROKEN when it is broken."""


@dataclass(frozen=True)
class Block:
    """Lines of one text at one size. All that follows is in pixels from the top left of the box it was set for."""

    paragraph: Paragraph
    lines: tuple[Line, ...]
    size: float
    width: float

    @property
    def scale(self) -> float:
        return self.size / EM

    @cached_property
    def distance(self) -> float:
        """From one line to the next: that of the faces, or more where marks below would meet marks above."""
        pairs = zip(self.lines, self.lines[1:], strict=False)
        meeting = max((after.top - before.bottom for before, after in pairs), default=0)
        return max(self.paragraph.leading * self.size, meeting * self.scale + AIR * self.size)

    @property
    def top(self) -> float:
        """From the top of the ink to the first line's foot."""
        return self.lines[0].top * self.scale if self.lines else 0.0

    @property
    def height(self) -> float:
        """Of the ink, from the top of the first line to the bottom of the last."""
        if not self.lines:
            return 0.0
        return self.top + self.distance * (len(self.lines) - 1) - self.lines[-1].bottom * self.scale

    @property
    def reach(self) -> float:
        """Width of the widest line's ink."""
        return max((line.right - line.left for line in self.lines), default=0) * self.scale

    def fits(self, width: float, height: float) -> bool:
        return self.reach <= width and self.height <= height


def fitted(paragraph: Paragraph, width: float, height: float, sizes: Sequence[float], most: int = 99) -> Block:
    """The text in a box of so many pixels and at most so many lines, at the first of `sizes` that will do."""
    whole = paragraph.units
    endless = most > 1 and any(unit.width * READABLE > width * EM for unit in whole)
    for size in sizes:
        block = _set(paragraph, whole, size, width, most) if size >= READABLE or not endless else None
        if block and block.fits(width, height):
            return _balanced(block, whole)
    for size in [size for size in sizes if size <= BROKEN] if endless else ():
        pieces = [piece for unit in whole for piece in _pieces(paragraph, unit, size, width)]
        block = _set(paragraph, pieces, size, width, most)
        if block and block.fits(width, height):
            return block
    return _shortened(paragraph, width, height, sizes[-1], most)


def _set(paragraph: Paragraph, units: Sequence[Unit], size: float, width: float, most: int) -> Block | None:
    room = width * EM / size
    if any(unit.width > room for unit in units):
        return None
    spans = _spans(units, room)
    if len(spans) > most:
        return None
    lines = tuple(paragraph.line(first, last) for first, last in spans)
    return Block(paragraph, lines, size, width)


def _spans(units: Iterable[Unit], room: float) -> list[tuple[int, int]]:
    """First and last letter of each line, as many words on it as there is room for."""
    spans = list[tuple[int, int]]()
    reach = gap = 0
    for unit in units:
        if spans and reach + gap + unit.width <= room:
            spans[-1] = spans[-1][0], unit.last
            reach += gap + unit.width
        else:
            spans.append((unit.first, unit.last))
            reach = unit.width
        gap = unit.gap
    return spans


def _balanced(block: Block, units: Sequence[Unit]) -> Block:
    """The same number of lines in the least width that takes them: no line is left with one short word."""
    count, size, paragraph = len(block.lines), block.size, block.paragraph
    low, high = max((unit.width for unit in units), default=0), int(block.width * EM / size)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_spans(units, middle)) <= count else (middle + 1, high)
    lines = tuple(paragraph.line(first, last) for first, last in _spans(units, high))
    made = replace(block, lines=lines)
    return made if made.height <= block.height and made.reach <= block.width else block


def _pieces(paragraph: Paragraph, unit: Unit, size: float, width: float) -> list[Unit]:
    return [unit] if unit.width * size <= width * EM else paragraph.cut(unit)


def _shortened(paragraph: Paragraph, width: float, height: float, size: float, most: int) -> Block:
    """As many words as there is room for, and an ellipsis."""
    ends = [unit.last for unit in paragraph.units]
    if most > 1 or not ends:
        ends = [piece.last for unit in paragraph.units for piece in _pieces(paragraph, unit, size, width)]
    low, high = 0, len(ends)
    best = replace(paragraph, text=ELLIPSIS)
    found = Block(best, (best.line(0, 1),), size, width)
    while low < high:
        middle = (low + high + 1) // 2
        text = paragraph.text[: ends[middle - 1]].rstrip(" ,;:.–-—") + ELLIPSIS
        block = _any(replace(paragraph, text=text), size, width, most)
        if block and block.fits(width, height):
            low, found = middle, block
        else:
            high = middle - 1
    return found if low or most > 1 else _first_letters(paragraph, width, size)


def _any(paragraph: Paragraph, size: float, width: float, most: int) -> Block | None:
    units = paragraph.units if most == 1 else [p for u in paragraph.units for p in _pieces(paragraph, u, size, width)]
    return _set(paragraph, units, size, width, most)


def _first_letters(paragraph: Paragraph, width: float, size: float) -> Block:
    """A single line whose first word is too long for it: what there is room for of that word."""
    pieces = [piece for unit in paragraph.units[:1] for piece in paragraph.cut(unit)]
    for piece in reversed(pieces):
        made = replace(paragraph, text=paragraph.text[: piece.last] + ELLIPSIS)
        line = made.line(0, len(made.text))
        if line.right - line.left <= width * EM / size:
            return Block(made, (line,), size, width)
    return Block(paragraph, (), size, width)
