"""A report for the terminal: aligned columns, most visits first, the sum last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len, set_cell_size

from .joins import Item
from .views import Line, Matrix, Told
from .words import ITEMS, NOBODYS

MOST = 20
NARROWEST = 24
TOO_FEW = "·"


def lines(told: Told, items: Mapping[str, Item], least: int, width: int) -> Iterator[str]:
    """All that is told, cut to `width` cells."""
    for matrix in told.tables:
        yield from _table(matrix, items, least, width)
        yield ""
    yield from (f"note: {note.text()}" for note in told.notes)
    yield total(told)


def total(told: Told) -> str:
    """`432 visits by shares, 12 by other campaigns, 11,900 in other ways, 2026-10-01 to 2026-10-31`."""
    days = f", {told.days[0]} to {told.days[1]}" if told.days else ""
    others = f", {told.campaigns:,} by other campaigns, {told.otherwise:,} in other ways"
    return f"{told.total:,} visits by shares{others}{days}"


def _table(matrix: Matrix, items: Mapping[str, Item], least: int, width: int) -> Iterator[str]:
    shown = _fitting(matrix, width)
    headers = ["visits", *matrix.columns[:shown], *["other"] * bool(matrix.columns)]
    rows = [(_label(line.key, matrix, items), _cells(line, shown, matrix)) for line in matrix.lines[:MOST]]
    if cut := matrix.lines[MOST:]:
        rows.append(((f"{len(cut)} more", ""), [f"{sum(line.total for line in cut):,}"]))
    if matrix.few:
        rows.append(((f"{matrix.few} with fewer than {least} visits each", ""), [f"{matrix.rest:,}"]))
    sums = matrix.sums[:shown] + (matrix.total - sum(matrix.sums[:shown]),) * bool(matrix.columns)
    rows.append((("all", ""), [f"{number:,}" for number in (matrix.total, *sums)]))
    head = (
        f"{matrix.row} by {matrix.column}" if matrix.columns else matrix.row,
        "kind" if matrix.row in ITEMS else "",
    )
    sizes = [max(len(header), 7) + 2 for header in headers]
    kind = max(len(kind) + 2 * bool(kind) for (_, kind), _ in [*rows, (head, [])])
    names = max(cell_len(name) for (name, _), _ in [*rows, (head, [])])
    first = min(names, max(width - sum(sizes) - kind, NARROWEST))
    for (name, shelf), cells in [(head, headers), *rows]:
        figures = "".join(f"{cell:>{size}}" for cell, size in zip(cells, sizes, strict=False))
        yield f"{_cut(name, first)}{f'  {shelf}' if shelf else '':<{kind}}{figures}".rstrip()


def _label(key: str, matrix: Matrix, items: Mapping[str, Item]) -> tuple[str, str]:
    item = items.get(key) if matrix.row in ITEMS else None
    return (item.title, item.kind) if item else (NOBODYS.get(matrix.row, {}).get(key, key), "")


def _fitting(matrix: Matrix, width: int) -> int:
    """How many columns fit beside a label of a fair width; the rest are among the others."""
    room, shown = width - NARROWEST - 32, 0
    for column in matrix.columns:
        room -= max(len(column), 7) + 2
        if room < 0:
            break
        shown += 1
    return shown


def _cells(line: Line, shown: int, matrix: Matrix) -> list[str]:
    numbers = [line.total, *line.cells[:shown]]
    numbers += [line.other + sum(filter(None, line.cells[shown:])) or None] * bool(matrix.columns)
    return [TOO_FEW if number is None else f"{number:,}" for number in numbers]


def _cut(label: str, cells: int) -> str:
    fits = cell_len(label) <= cells
    return set_cell_size(label if fits else set_cell_size(label, cells - 1).rstrip() + "…", cells)
