"""Contact sheets: many cards small on one picture, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image

ACROSS, DOWN = 6, 10
WIDTH, GAP = 400, 16
GROUND = "#6b6660"


def sheets(cards: Sequence[bytes]) -> Iterator[bytes]:
    """PNGs of up to ACROSS × DOWN cards each, in their order."""
    for first in range(0, len(cards), ACROSS * DOWN):
        yield _sheet([_small(card) for card in cards[first : first + ACROSS * DOWN]])


def _small(card: bytes) -> Image.Image:
    with Image.open(BytesIO(card)) as picture:
        height = round(WIDTH * picture.height / picture.width)
        return picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)


def _sheet(pictures: Sequence[Image.Image]) -> bytes:
    rows = [pictures[first : first + ACROSS] for first in range(0, len(pictures), ACROSS)]
    heights = [max(picture.height for picture in row) + GAP for row in rows]
    sheet = Image.new("RGB", (ACROSS * (WIDTH + GAP) + GAP, sum(heights) + GAP), GROUND)
    for row, top in zip(rows, (GAP + sum(heights[:number]) for number in range(len(rows))), strict=True):
        for place, picture in enumerate(row):
            sheet.paste(picture, (GAP + place * (WIDTH + GAP), top))
    out = BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()
