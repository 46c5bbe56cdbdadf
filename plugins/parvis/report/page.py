"""A report as one page that opens without a network: the chart, and beside it all its figures as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .. import colours
from ..options import Brand
from . import chart
from .joins import Item
from .views import DIMENSIONS, Line, Matrix, Told
from .words import ITEMS, TITLES, Words

MOST_SHARES = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text. Cells after the first `words` are figures."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1


def html(told: Told, items: Mapping[str, Item], brand: Brand, least: int) -> str:
    """The whole page. What its drawing shows stands in its tables, too."""
    words = Words(brand.lang, items)
    sums = {name: words.figure(getattr(told, name)) for name in ("total", "campaigns", "otherwise")}
    return chart.environment().get_template("page.html").render(
        brand=brand.name, lang=brand.lang, say=words.say, days=told.days, least=least,
        notes=[note.text(words.say) for note in told.notes],
        sums=words.say("%(total)s visits by shares; %(campaigns)s by other campaigns; %(otherwise)s in other ways")
        % sums,
        chart=Markup(chart.svg(told, items, brand)), sheets=list(_sheets(told, words, least)),
        paper=colours.Shade(colours.PAPER, colours.NIGHT), ink=chart.INK,
        accent=colours.palette(brand.colours.brand)["accent"],
    )  # fmt: skip


def _sheets(told: Told, words: Words, least: int) -> Iterator[Sheet]:
    for matrix in told.tables:
        yield _sheet(matrix, words, least)
    if told.shares:
        rows = [[*map(words.name, DIMENSIONS, share), words.figure(n)] for share, n in told.shares[:MOST_SHARES]]
        rest = told.pooled + sum(n for _, n in told.shares[MOST_SHARES:])
        rows += [[words.say("Other"), "", "", words.figure(rest)]] if rest else []
        yield Sheet(words.say("Shares"), [words.say(head) for head in ("Item", "Network", "Code", "Visits")], rows, 3)


def _sheet(matrix: Matrix, words: Words, least: int) -> Sheet:
    first = [words.say("Item"), words.say("Kind")] if matrix.row in ITEMS else [words.say(matrix.row.title())]
    headers = [*first, words.say("Visits")]
    headers += [words.name(matrix.column, key) for key in matrix.columns] + [words.say("Other")] * bool(matrix.columns)
    kind, blank = [""] * (len(first) - 1), [""] * (len(headers) - len(first) - 1)
    rows = [_row(line, matrix, words) for line in matrix.lines]
    if matrix.few:
        few = words.say("%(few)s more with fewer than %(least)s visits each") % {"few": matrix.few, "least": least}
        rows.append([few, *kind, words.figure(matrix.rest), *blank])
    other = (matrix.total - sum(matrix.sums),) * bool(matrix.columns)
    sums = [*map(words.figure, matrix.sums + other), *blank][: len(blank)]
    title = "Items, by ambassador code" if matrix.columns and matrix.column == "code" else TITLES[matrix.row]
    return Sheet(
        words.say(title), headers, [*rows, [words.say("All"), *kind, words.figure(matrix.total), *sums]], len(first)
    )


def _row(line: Line, matrix: Matrix, words: Words) -> list[str]:
    kind = [words.kind(line.key)] if matrix.row in ITEMS else []
    cells = [words.name(matrix.row, line.key), *kind, *map(words.figure, (line.total, *line.cells))]
    return cells + [words.figure(line.other or None)] * bool(matrix.columns)
