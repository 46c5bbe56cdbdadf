"""A sheet of few colours that text and plain shapes are put on, and its PNG."""

from __future__ import annotations

from io import BytesIO

import uharfbuzz as hb
from PIL import Image, ImageDraw

from .. import colours
from .setting import Block

LEVELS = 5
"""Steps from the ground to the ink, for smooth edges; more would weigh more and show little."""
PAD = 4
"""Pixels around a block that the ink of letters that lean may take."""
COMPRESSION = 5
"""Of zlib. 6 takes half as long again and saves a thirtieth, 9 takes ten times as long and saves a tenth."""
Box = tuple[int, int, int, int]


class Canvas:
    """`size` is width and height in pixels."""

    def __init__(self, size: tuple[int, int], ground: str) -> None:
        self.size, self.ground = size, ground
        self._colours = [ground]
        self._ramps: dict[tuple[str, str], tuple[int, ...]] = {}
        self._sheet = Image.new("P", size, 0)

    def box(self, box: Box, colour: str) -> None:
        """A plain rectangle: left, top, right and bottom."""
        left, top, right, bottom = box
        self._sheet.paste(self._index(colour), (left, top, right, bottom))

    def disc(self, left: int, top: int, across: int, colour: str) -> None:
        mask = Image.new("L", (across * 4, across * 4))
        ImageDraw.Draw(mask).ellipse((0, 0, across * 4 - 1, across * 4 - 1), fill=255)
        self._lay(mask.reduce(4), left, top, colour, self.ground)

    def text(self, block: Block, left: float, top: float, colour: str, under: str = "", *, end: bool = False) -> None:
        """The ink of a block from `top` down. Its lines begin at `left`; where `end`, they end at `left + width`."""
        mask = drawn(block, end=end)
        if mask:
            self._lay(mask, round(left) - PAD, round(top) - PAD, colour, under or self.ground)

    def png(self) -> bytes:
        flat = [channel for colour in self._colours for channel in bytes.fromhex(colour[1:])]
        self._sheet.putpalette(flat)
        out = BytesIO()
        self._sheet.save(out, "PNG", compress_level=COMPRESSION)
        return out.getvalue()

    def _lay(self, mask: Image.Image, left: int, top: int, colour: str, under: str) -> None:
        ramp = self._ramp(colour, under)
        shades = mask.point([ramp[shade * LEVELS // 255] for shade in range(256)])
        self._sheet.paste(shades, (left, top), mask.point([255 * (shade * LEVELS >= 255) for shade in range(256)]))

    def _ramp(self, colour: str, under: str) -> tuple[int, ...]:
        if (colour, under) not in self._ramps:
            shades = (colours.mixed(under, colour, step / LEVELS) for step in range(LEVELS + 1))
            self._ramps[colour, under] = tuple(self._index(shade) for shade in shades)
        return self._ramps[colour, under]

    def _index(self, colour: str) -> int:
        if colour not in self._colours:
            self._colours.append(colour)
        return self._colours.index(colour)


def drawn(block: Block, *, end: bool = False) -> Image.Image | None:
    """The ink of a block as a mask, with PAD around it; None where there is none."""
    width, height = round(block.width) + 2 * PAD, round(block.height) + 2 * PAD
    if not block.lines or width <= 0 or height <= 0:
        return None
    sheet, scale = hb.RasterDraw(), block.scale
    for number, line in enumerate(block.lines):
        left = PAD - line.left * scale if not end else PAD + block.width - line.right * scale
        foot = height - (PAD + block.top + number * block.distance)
        for font, glyph, x, y in line.glyphs:
            sheet.transform = (scale, 0, 0, scale, left + x * scale, foot + y * scale)
            sheet.draw_glyph(font, glyph)
    sheet.extents = hb.RasterExtents(0, 0, width, height, 0)
    image = sheet.render()
    inked = image.extents
    flat = Image.frombuffer("L", (inked.width, inked.height), bytes(image.buffer), "raw", "L", inked.stride, 1)
    return flat.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
