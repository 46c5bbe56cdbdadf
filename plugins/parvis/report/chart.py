"""The chart of a report as an SVG that stands alone: bars with their figures, no script, no font from elsewhere.

`desc` says in words all that the bars show; on the page the tables beside it do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.cells import cell_len, set_cell_size

from .. import colours
from ..options import Brand
from .joins import Item
from .views import Matrix, Told
from .words import NOBODYS, TITLES, Words

WIDTH, BAR, BLOCK, HEAD, GAP = 340, 10, 36, 34, 14
MOST, LONGEST = 12, 40
INK = colours.Shade("#231e1a", "#ece5da")


@dataclass(frozen=True, slots=True)
class Bar:
    """`y` is where its label begins, `width` its length, both in units of the drawing."""

    label: str
    figure: str
    width: int
    y: int


@dataclass(frozen=True, slots=True)
class Panel:
    title: str
    y: int
    bars: tuple[Bar, ...]


def svg(told: Told, items: Mapping[str, Item], brand: Brand) -> str:
    """The drawing, 340 units wide between its margins, as high as it needs."""
    words = Words(brand.lang, items)
    panels = tuple(_panels(told, words))
    height = panels[-1].y + HEAD + BLOCK * len(panels[-1].bars) + GAP if panels else HEAD
    return environment().get_template("chart.svg").render(
        brand=brand.name, lang=brand.lang, say=words.say, panels=panels, width=WIDTH, height=height, bar=BAR,
        accent=colours.palette(brand.colours.brand)["accent"], paper=colours.Shade(colours.PAPER, colours.NIGHT),
        ink=INK, description="; ".join(map(_described, panels)) or words.say("Nothing was brought by a share."),
    )  # fmt: skip


def environment() -> Environment:
    """Templates of this room. All they are given is text."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip


def _panels(told: Told, words: Words) -> Iterator[Panel]:
    y = GAP
    for matrix in (told.items, told.networks, told.codes):
        if matrix and matrix.total:
            bars = tuple(_bars(matrix, words, y + HEAD))
            yield Panel(words.say(TITLES[matrix.row]), y, bars)
            y += HEAD + BLOCK * len(bars) + GAP


def _bars(matrix: Matrix, words: Words, y: int) -> Iterator[Bar]:
    """The largest, by name; what has none has a figure and no bar: it may be the sum of many."""
    named = [line for line in matrix.lines if line.key not in NOBODYS[matrix.row]][:MOST]
    unnamed = [line for line in matrix.lines if line.key in NOBODYS[matrix.row]]
    rows = [(words.name(matrix.row, line.key), line.total) for line in (*named, *unnamed)]
    if rest := matrix.total - sum(total for _, total in rows):
        rows.append((words.say("Other"), rest))
    most = max((line.total for line in named), default=1)
    for place, (label, total) in enumerate(rows):
        length = max(round(WIDTH * total / most), 1) if place < len(named) else 0
        yield Bar(_cut(label), words.figure(total), length, y + BLOCK * place)


def _cut(label: str) -> str:
    return label if cell_len(label) <= LONGEST else set_cell_size(label, LONGEST - 1).rstrip() + "…"


def _described(panel: Panel) -> str:
    return f"{panel.title}: " + ", ".join(f"{bar.label} {bar.figure}" for bar in panel.bars)
