"""Tables become tallies: how many visits each share brought, added up row by row, whatever the length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path

from ..errors import Fault, Refused
from . import headings, joins, tables
from .joins import UNKNOWN, Known, Said, Share
from .tables import Row, Table

SAMPLE = 2000
DAY = re.compile(r"(20\d\d-[01]\d-[0-3]\d)(?![\d])")
WHOLE = re.compile(r"(?:\d{1,15}|\d{1,3}(?:([ \u00a0\u202f'’.,])\d{3})(?:\1\d{3}){0,3})(?:[.,]0{1,2})?")
NONE = {"", "-", "–", "—"}
YES = {"true", "1", "yes"}
TOLD = {"campaign": "item", "network": "network", "scheme": "network", "code": "code", "url": "page"}
ALONE = ("network", "scheme")
SAYING = ("url", "campaign", "network", "medium", "code")


@dataclass(slots=True)
class Tally:
    """What one table told. `tells` is of item, network, code and page; `unknown` has the line where each was first."""

    name: str
    tells: frozenset[str] = frozenset()
    unit: str = "visits"
    shares: Counter[Share] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    otherwise: int = 0
    campaigns: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, int] = field(default_factory=dict)
    days: tuple[str, str] | None = None


def read(root: Path, given: str, columns: Mapping[str, str], known: Known) -> list[Tally]:
    """A tally for each table of each file. Raises Refused with the faults of all of them."""
    tallies: list[Tally] = []
    faults: list[Fault] = []
    for path in tables.files(root, given):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        try:
            tallies += [tally(table, columns, known) for table in tables.read(path, name)]
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return tallies


def tally(table: Table, columns: Mapping[str, str], known: Known) -> Tally:
    """The sums of one table. Raises Refused where it does not tell enough, or a row is damaged."""
    if not table.headers:
        return Tally(table.name)
    places = headings.found(table, columns)
    headings.check(table, places)
    rows, label = table.rows, ""
    if "label" in places and not any(name in places for name in headings.TELLING):
        sample = list(islice(rows, SAMPLE))
        rows, label = chain(sample, rows), _label(table, places, sample, known)
    made = Tally(table.name, _tells(places, label), headings.unit(table, places))
    _add(made, rows, _Cells(table, places, label), known)
    if "page" in made.tells and not made.shares and not made.campaigns:
        made.tells = frozenset({"page"})
    return made


def _label(table: Table, places: Mapping[str, int], sample: list[Row], known: Known) -> str:
    def column(name: str) -> Iterator[str]:
        return (row[places[name]] for _, row in sample if name in places and places[name] < len(row))

    told = headings.meant(table, filter(None, column("segment"))) or joins.fields_of(known, column("label"))
    if not told and sample:
        raise headings.undecided(table, places)
    return told


def _tells(places: Mapping[str, int], label: str) -> frozenset[str]:
    """What a table can tell. Only an address can carry all, where no column does; a GoatCounter path tells the item."""
    told = {TOLD[name] for name in (label, *places) if name in TOLD}
    if "page" in told and not told & {"item", "network", "code"}:
        return frozenset(told | {"item", "network", "code"})
    return frozenset(told | {"item"} if told >= {"page", "network"} else told)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row that a report needs; no other is ever looked at."""

    table: Table
    places: Mapping[str, int]
    label: str

    def __call__(self, row: list[str], name: str) -> str:
        place = self.places.get(name, -1)
        return row[place].strip() if 0 <= place < len(row) else ""

    @property
    def lone(self) -> bool:
        """Whether networks are told by a column of their own, and campaigns by none."""
        return self.label == "network" or ("campaign" not in self.places and not self.places.keys().isdisjoint(ALONE))

    def said(self, row: list[str], known: Known) -> Said:
        values = {name: self(row, name) for name in SAYING}
        if self.label:
            values |= joins.parted(known, self.label, self(row, "label"))
        if self(row, "scheme") == "c":
            referrer = self(row, "referrer")
            values[known.meaning(referrer) or "network"] = referrer
        return Said(**values)

    def visits(self, line: int, row: list[str]) -> int:
        place = self.places["visits"]
        if place < 0:
            return 1
        if place >= len(row) or any(map(str.strip, row[len(self.table.headers) :])):
            what = f"the row has {len(row)} cells, and there are {len(self.table.headers)} columns"
            raise self.table.refuse(what, line=line)
        number = amount(row[place])
        if number is None:
            what = f"the column “{self.table.headers[place][:40]}” wants a whole number here"
            raise self.table.refuse(what, f"another column has the visits? {headings.EXAMPLE}", line)
        return number

    def left_out(self, row: list[str]) -> str:
        """Why a row counts nothing: GoatCounter exports events, robots and reloads too."""
        if self(row, "event").lower() in YES:
            return "events"
        if self(row, "bot") not in ("", "0", "false"):
            return "robots"
        return "repeated views" if "first" in self.places and self(row, "first").lower() not in YES else ""


def amount(cell: str) -> int | None:
    """A count as exports write it, thousands parted by a space, point, comma or apostrophe; None where it is none."""
    bare = cell.strip()
    if bare in NONE:
        return 0
    found = WHOLE.fullmatch(bare)
    if not found:
        return None
    whole = re.sub(r"[.,]0{1,2}$", "", bare)
    return int(re.sub(r"\D", "", whole))


def _add(made: Tally, rows: Iterator[Row], cells: _Cells, known: Known) -> None:
    share = lru_cache(maxsize=4096)(lambda said: joins.share(known, said, lone=cells.lone))
    page = lru_cache(maxsize=4096)(known.path)
    for line, row in rows:
        number = cells.visits(line, row)
        if not number:
            continue
        if reason := cells.left_out(row):
            made.left_out[reason] += number
            continue
        said = cells.said(row, known)
        brought = share(said)
        if brought:
            made.shares[brought] += number
            if UNKNOWN in brought:
                _note(made, brought, line)
        elif said.campaign or said.network or said.code:
            made.campaigns += number
        else:
            made.otherwise += number
        if "page" in made.tells and (item := page(said.url)):
            made.pages[item] += number
        _dated(made, cells(row, "date"))


def _note(made: Tally, share: Share, line: int) -> None:
    for name, value in zip(Share._fields, share, strict=True):
        if value == UNKNOWN:
            made.unknown.setdefault(name, line)


def _dated(made: Tally, cell: str) -> None:
    if found := DAY.match(cell):
        first, last = made.days or (found[1], found[1])
        made.days = (min(first, found[1]), max(last, found[1]))
