"""What the tallies say together, and how much of it is told: tables of items, networks and codes.

Tables of another shape may count the same visits once more, so they are never added to each other: each question is
answered by the tables that tell most. And a figure below `least` is never told with the share it belongs to: it could
be the click of one person. It is added to what is told without a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .joins import UNKNOWN, Share
from .reading import Tally

LEAST = 3
DIMENSIONS = ("item", "network", "code")
PAGE = "page"
"""How often an item's page was seen in all, whatever the way; a dimension of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `cells` are those of `Matrix.columns`, None where too few; they and `other` add up to `total`."""

    key: str
    total: int
    cells: tuple[int | None, ...] = ()
    other: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows, most visits first. `few` is how many more rows there are, and `rest` their visits together.

    `row` is of DIMENSIONS or PAGE, `column` of DIMENSIONS, or "" where there is none.
    """

    row: str
    column: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()
    few: int = 0
    rest: int = 0
    sums: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines) + self.rest


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody should know of a table who reads the figures; words with a hole `%(n)s` for the number."""

    table: str
    said: tuple[tuple[str, int], ...]

    def text(self, say: Callable[[str], str] = str) -> str:
        return f"{self.table}: " + "; ".join(say(words) % {"n": number} for words, number in self.said)


@dataclass(frozen=True, slots=True)
class Told:
    """All that a report shows. `shares` has what each brought; None stands where no table tells that."""

    items: Matrix | None
    items_by_code: Matrix | None
    networks: Matrix | None
    codes: Matrix | None
    shares: Sequence[tuple[Share, int]]
    pooled: int
    pages: Matrix | None
    total: int
    campaigns: int
    otherwise: int
    days: tuple[str, str] | None
    notes: tuple[Note, ...]

    @property
    def tables(self) -> list[Matrix]:
        """Those that have something to tell, in the order of reading."""
        by_code = self.items_by_code if self.items_by_code and self.items_by_code.columns else None
        return [
            matrix for matrix in (self.items, by_code, self.networks, self.codes, self.pages) if matrix and matrix.total
        ]


def told(tallies: Sequence[Tally], least: int = LEAST) -> Told:
    """What may be told of all tallies together."""
    items, networks, codes = (_matrix(tallies, (name,), least) for name in DIMENSIONS)
    crossed = _matrix(tallies, ("item", "network"), least)
    by_code = _matrix(tallies, ("item", "code"), least)
    shares = _sums(_telling(tallies, DIMENSIONS), DIMENSIONS)
    named = sorted(((Share(*key), n) for key, n in shares.items() if n >= least), key=lambda each: (-each[1], each[0]))
    first = next((_telling(tallies, (name,)) for name in DIMENSIONS if _telling(tallies, (name,))), list(tallies))
    days = [day for tally in tallies if tally.days for day in tally.days]
    pages: Counter[tuple[str, ...]] = Counter()
    for tally in _telling(tallies, (PAGE,)):
        pages.update({(item,): number for item, number in tally.pages.items()})
    return Told(
        crossed or items,
        by_code,
        networks,
        codes,
        named,
        sum(shares.values()) - sum(n for _, n in named),
        matrix(pages, (PAGE,), least) if pages else None,
        next((matrix.total for matrix in (items, networks, codes) if matrix), 0),
        sum(tally.campaigns for tally in first),
        sum(tally.otherwise for tally in first),
        (min(days), max(days)) if days else None,
        tuple(_notes(tallies)),
    )


def _telling(tallies: Iterable[Tally], names: Sequence[str]) -> list[Tally]:
    """The tables of that shape which tells all of `names`, and most beside."""
    able = [tally for tally in tallies if tally.tells.issuperset(names)]
    best = max(able, key=lambda tally: len(tally.tells), default=None)
    return [tally for tally in able if best and tally.tells == best.tells]


def _sums(tallies: Iterable[Tally], names: Sequence[str]) -> Counter[tuple[str, ...]]:
    sums: Counter[tuple[str, ...]] = Counter()
    for tally in tallies:
        for share, number in tally.shares.items():
            sums[tuple(getattr(share, name) for name in names)] += number
    return sums


def _matrix(tallies: Sequence[Tally], names: Sequence[str], least: int) -> Matrix | None:
    telling = _telling(tallies, names)
    return matrix(_sums(telling, names), names, least) if telling else None


def matrix(sums: Counter[tuple[str, ...]], names: Sequence[str], least: int) -> Matrix:
    """Rows and columns that reach `least`; keys are (row,) or (row, column). The columns nobody named are not shown."""
    rows, columns = Counter[str](), Counter[str]()
    for key, number in sums.items():
        rows[key[0]] += number
        columns.update({key[1]: number} if len(key) > 1 else {})
    shown = tuple(name for name in _ordered(columns, least) if name not in ("", UNKNOWN))
    lines = tuple(_line(name, rows[name], sums, shown, least) for name in _ordered(rows, least))
    rest = sum(rows.values()) - sum(line.total for line in lines)
    column = names[1] if len(names) > 1 else ""
    sums_of = tuple(columns[name] for name in shown)
    return Matrix(names[0], column, lines, shown, len(rows) - len(lines), rest, sums_of)


def _line(name: str, total: int, sums: Counter[tuple[str, ...]], columns: Sequence[str], least: int) -> Line:
    numbers = [sums[name, column] for column in columns]
    cells = tuple(number if number >= least else None for number in numbers)
    return Line(name, total, cells, total - sum(filter(None, cells)) if columns else 0)


def _ordered(counts: Counter[str], least: int) -> list[str]:
    """Names that reach `least`, most first; what has no name of ours comes last."""
    able = [name for name, number in counts.items() if number >= max(least, 1)]
    return sorted(able, key=lambda name: (name in ("", UNKNOWN), -counts[name], name))


def _notes(tallies: Sequence[Tally]) -> Iterator[Note]:
    used = {id(tally) for name in (*DIMENSIONS, PAGE) for tally in _telling(tallies, (name,))}
    for tally in tallies:
        if said := tuple(_said(tally, id(tally) in used) if tally.tells else [("holds no visits", 0)]):
            yield Note(tally.name, said)


def _said(tally: Tally, used: bool) -> Iterator[tuple[str, int]]:
    yield from ((f"%(n)s {what} left out", number) for what, number in sorted(tally.left_out.items()))
    if not used:
        yield "not added: other tables tell more, perhaps of the same visits", 0
    if tally.unit == "visitors":
        yield "counts visitors, not visits", 0
    if tally.tells.isdisjoint(DIMENSIONS):
        yield "tells pages, and not by which way people came", 0
    else:
        yield from ((LACKING[name], 0) for name in DIMENSIONS if name not in tally.tells)
    yield from ((UNKNOWNS[name], line) for name, line in sorted(tally.unknown.items()))


LACKING = {
    "item": "does not tell which item",
    "network": "does not tell by which network",
    "code": "does not tell by whose code",
}
UNKNOWNS = {
    "item": "line %(n)s is the first with a campaign that is no item of this hub",
    "network": "line %(n)s is the first with a network that our links do not name",
    "code": "line %(n)s is the first with a code that no ambassador has",
}
