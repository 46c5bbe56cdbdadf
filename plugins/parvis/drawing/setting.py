"""Sets a text into a box: as large as it may be, in lines of like length, its words whole.

Only where a single word is longer than the box at a size that can still be read is it broken, between two letters; and
only what is too long even then ends in an ellipsis, at the end of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from .faces import EM
from .lines import Line, Paragraph, Unit

AIR = 0.06
"""Between the ink of two lines at least, in sizes."""
ELLIPSIS = "…"
FEW = 60
"""Words of a text whose lines are made alike; more are letters of Chinese or Japanese, whose lines are so anyway."""
Broken = tuple[float, tuple[int, ...]]
"""What so many words in lines cost, and after which of them the lines end."""
READABLE, BROKEN = 34, 53
"""Pixels: no word is set smaller than READABLE to keep it whole, and none larger than BROKEN when it is broken."""


class Box(NamedTuple):
    """Pixels, and the most lines there may be."""

    width: float
    height: float
    most: int

    def room(self, size: float) -> float:
        """The width in units of EM."""
        return self.width * EM / size


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

    def within(self, box: Box) -> bool:
        return self.reach <= box.width and self.height <= box.height


def fitted(paragraph: Paragraph, width: float, height: float, sizes: Sequence[float], most: int = 99) -> Block:
    """The text in a box of so many pixels and at most so many lines, at the first of `sizes` that will do."""
    whole, box = paragraph.units, Box(width, height, most)
    endless = most > 1 and any(unit.width > box.room(READABLE) for unit in whole)
    for size in sizes if not endless else [size for size in sizes if size >= READABLE]:
        greedy = _set(paragraph, whole, size, box)
        if greedy and (block := _balanced(greedy, whole, box)).within(box):
            return block
    for size in [size for size in sizes if size <= BROKEN] if endless else ():
        if broken := _set(paragraph, _pieces(paragraph, size, box), size, box):
            return broken
    return _shortened(paragraph, sizes[-1], box)


def _set(paragraph: Paragraph, units: Sequence[Unit], size: float, box: Box) -> Block | None:
    """The units in lines, where these fit into the box."""
    room = box.room(size)
    if any(unit.width > room for unit in units):
        return None
    spans = _spans(units, room)
    if len(spans) > box.most or paragraph.leading * size * (len(spans) - 1) > box.height:
        return None
    block = Block(paragraph, tuple(paragraph.line(first, last) for first, last in spans), size, box.width)
    return block if block.within(box) else None


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


def _balanced(block: Block, units: Sequence[Unit], box: Box) -> Block:
    """The same number of lines, as like in length as may be: none is left with one short word."""
    if len(units) > FEW:
        return block
    spans = _even(units, box.room(block.size), len(block.lines))
    return replace(block, lines=tuple(block.paragraph.line(first, last) for first, last in spans))


def _even(units: Sequence[Unit], room: float, count: int) -> list[tuple[int, int]]:
    """The breaks that leave the least sum of squares of empty room, in `count` lines."""
    worst = room * room * (count + 1)
    best: list[Broken] = [(0.0, ()), *[(worst, ())] * len(units)]
    for _ in range(count):
        after: list[Broken] = [(worst, ())] * (len(units) + 1)
        for start, (cost, breaks) in enumerate(best[:-1]):
            reach = 0
            for end in range(start + 1, len(units) + 1 if cost < worst else 0):
                reach += units[end - 1].width + (units[end - 2].gap if end - 1 > start else 0)
                if reach > room:
                    break
                after[end] = min(after[end], (cost + (room - reach) ** 2, (*breaks, end)))
        best = after
    places = [0, *best[-1][1]]
    return [(units[start].first, units[end - 1].last) for start, end in pairwise(places)]


def _pieces(paragraph: Paragraph, size: float, box: Box) -> list[Unit]:
    """Its words, those in letters that are wider than the box."""
    room = box.room(size)
    return [piece for unit in paragraph.units for piece in ([unit] if unit.width <= room else paragraph.cut(unit))]


def _shortened(paragraph: Paragraph, size: float, box: Box) -> Block:
    """As many words as there is room for, and an ellipsis; of a single word its first letters."""
    for units in (paragraph.units, [piece for unit in paragraph.units[:1] for piece in paragraph.cut(unit)]):
        ends = [unit.last for unit in units]
        low, high, found = 0, len(ends), None
        while low < high:
            middle = (low + high + 1) // 2
            block = _ended(paragraph, ends[middle - 1], size, box)
            low, high, found = (middle, high, block) if block else (low, middle - 1, found)
        if found:
            return found
    return Block(paragraph, (), size, box.width)


def _ended(paragraph: Paragraph, end: int, size: float, box: Box) -> Block | None:
    """The text up to a place, and an ellipsis there."""
    short = replace(paragraph, text=paragraph.text[:end].rstrip(" ,;:.–-—") + ELLIPSIS)
    return _set(short, short.units if box.most == 1 else _pieces(short, size, box), size, box)
