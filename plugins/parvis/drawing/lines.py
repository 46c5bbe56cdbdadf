"""Lines of text: each letter in a face that has it, in the order they stand on paper, measured by their ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from unicodedata import category

import uharfbuzz as hb

from . import directions
from .faces import PICTURES, Face, family
from .letters import CLOSING, JOINER, SEAM, breaks, clusters

SPACE = {" ", SEAM}
FIRM = {"\u00a0", "\u202f"}
UNSEEN = {SEAM, JOINER, "\u200c", "\ufe0e", "\ufe0f"}


class Glyph(NamedTuple):
    """One shape of a face, at a place on its line in units of EM."""

    font: hb.Font
    number: int
    x: int
    y: int


class Line(NamedTuple):
    """A line in units of EM: how far it reaches, and where its ink is (`top` and `bottom` from the baseline, up)."""

    glyphs: tuple[Glyph, ...]
    width: int
    left: int
    right: int
    top: int
    bottom: int


class Unit(NamedTuple):
    """What is never broken: a word, in some scripts a letter. `gap` is the width of the space after it."""

    first: int
    last: int
    width: int
    gap: int


@dataclass(frozen=True)
class Paragraph:
    """One line of tidy text and the face it is to be in. Raises KeyError for letters that no face has."""

    text: str
    face: str
    lang: str = ""
    capitals: bool = False

    @cached_property
    def base(self) -> int:
        return directions.base(self.text)

    @cached_property
    def leading(self) -> float:
        return max((face.leading for face in self._faces), default=1.0)

    @cached_property
    def _levels(self) -> list[int]:
        return directions.levels(self.text, self.base)

    @cached_property
    def _faces(self) -> list[Face]:
        """The face of each letter. Signs and spaces stay in the face of the word before them."""
        faces, out = family(self.face), list[Face]()
        for cluster in clusters(self.text):
            near = out[-1] if out and out[-1].name not in PICTURES and category(cluster[0])[0] not in "L" else None
            out += [chosen(cluster, (near, *faces) if near else faces)] * len(cluster)
        return out

    @cached_property
    def _made(self) -> dict[tuple[int, int], Line]:
        return {}

    def line(self, first: int, last: int) -> Line:
        """A part of the text as one line."""
        if (first, last) not in self._made:
            glyphs, width = self._glyphs(first, last)
            self._made[first, last] = Line(tuple(glyphs), width, *ink(glyphs))
        return self._made[first, last]

    @cached_property
    def units(self) -> list[Unit]:
        return [self._unit(first, last) for first, last in self._words()]

    def cut(self, unit: Unit) -> list[Unit]:
        """A word in its letters; what closes it stays with the letter before."""
        ends = list[int]()
        for cluster in clusters(self.text[unit.first : unit.last]):
            if ends and (cluster[0] in CLOSING or cluster[0] in FIRM):
                ends[-1] += len(cluster)
            else:
                ends.append((ends[-1] if ends else unit.first) + len(cluster))
        return [
            Unit(first, last, self._glyphs(first, last)[1], unit.gap if last == unit.last else 0)
            for first, last in zip([unit.first, *ends], ends, strict=False)
        ]

    def _words(self) -> Iterator[tuple[int, int]]:
        first = place = 0
        before = ""
        for cluster in clusters(self.text):
            if cluster[0] in SPACE or (before and before[0] not in SPACE and breaks(before, cluster)):
                if place > first:
                    yield first, place
                first = place + (len(cluster) if cluster[0] in SPACE else 0)
            before, place = cluster, place + len(cluster)
        if place > first:
            yield first, place

    def _unit(self, first: int, last: int) -> Unit:
        gap = self._glyphs(last, last + 1)[1] if self.text[last : last + 1] in SPACE else 0
        return Unit(first, last, self._glyphs(first, last)[1], gap)

    def _glyphs(self, first: int, last: int) -> tuple[list[Glyph], int]:
        """Shapes from left to right, and how far they reach."""
        glyphs, x = list[Glyph](), 0
        for start, end, level in self._runs(first, last):
            buffer = self._shaped(start, end, level)
            font = self._faces[start].font
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                glyphs.append(Glyph(font, info.codepoint, x + place.x_offset, place.y_offset))
                x += place.x_advance
        return glyphs, x

    def _runs(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """Stretches of one face and one way, as they stand from left to right."""
        runs = list[tuple[int, int, int]]()
        for place in range(first, last):
            level = self._levels[place]
            if runs and runs[-1][2] == level and self._faces[runs[-1][0]] is self._faces[place]:
                runs[-1] = (runs[-1][0], place + 1, level)
            else:
                runs.append((place, place + 1, level))
        return [runs[place] for place in directions.order([level for _, _, level in runs])]

    def _shaped(self, start: int, end: int, level: int) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(self.text[start:end])
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if level % 2 else "ltr"
        if self.lang:
            buffer.language = self.lang
        hb.shape(self._faces[start].font, buffer, {"smcp": True} if self.capitals else {})
        return buffer


def chosen(cluster: str, faces: Sequence[Face]) -> Face:
    """The first face that has all that can be seen of a cluster. Raises KeyError where none has."""
    seen = [" " if c in FIRM else c for c in cluster if c not in UNSEEN]
    for face in faces:
        if face.has(seen):
            return face
    raise KeyError(cluster)


def has(cluster: str, face: str) -> bool:
    """Whether some face can show it."""
    try:
        return bool(cluster and chosen(cluster, family(face)))
    except KeyError:
        return False


def ink(glyphs: Sequence[Glyph]) -> tuple[int, int, int, int]:
    """Left, right, top and bottom of what is black; all 0 where nothing is."""
    boxes = []
    for font, number, x, y in glyphs:
        box = font.get_glyph_extents(number)
        if box and box.width and box.height:
            left, top = x + box.x_bearing, y + box.y_bearing
            boxes.append((left, left + box.width, top, top + box.height))
    if not boxes:
        return 0, 0, 0, 0
    left, right, top, bottom = zip(*boxes, strict=True)
    return min(left), max(right), max(top), min(bottom)
