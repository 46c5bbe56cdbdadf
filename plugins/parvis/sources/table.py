"""A table of what people said: CSV or JSON lines, as forms, shops and spreadsheets export them.

avis:
  kind: table
  path: exports/avis.csv
  into: testimonials
  columns: {text: "Votre témoignage", name: "Prénom"}   # only where the headers do not tell
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from ..errors import CONFIG, SOURCES, did_you_mean, refuse
from ..html import text
from ..model import WEB, Consent, Item, Person, Review
from . import Get, Note, answers, grid
from .columns import CALLED, found, plainly
from .encoding import charset, decode, known
from .values import headline, language, moment, paragraphs, signature, web

KIND = "table"
PRIVATE = True
LONGEST = 20_000
ORDERS = {"d/m/y": True, "m/d/y": False}
NO = {"", "0", "false", "faux", "n", "no", "non", "none", "aucun", "aucune", "-"}
WHERE = "content/sources.yml"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a row are, and how its dates are written."""

    headers: list[str]
    places: Mapping[str, list[int]]
    zone: ZoneInfo
    day_first: bool

    def cell(self, row: list[str], field: str) -> str:
        return row[self.places[field][0]].strip() if field in self.places else ""

    def author(self, row: list[str]) -> str:
        """The name that is shown, else first and last name; the address of a picture of a signature is none."""
        names = (self.cell(row, "first_name"), self.cell(row, "last_name"))
        shown = self.cell(row, "name")
        return " ".join(filter(None, names)) if not shown or shown.startswith(WEB) else shown

    def told(self, row: list[str]) -> str:
        """What tells one person's words from another's, where both are the same."""
        said = "\n".join((self.cell(row, "date"), self.author(row), self.cell(row, "text")))
        return blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()

    def key(self, row: list[str], shared: Counter[str]) -> str:
        """A row's own id where no other row has it, else what tells the rows apart joins it."""
        given = self.cell(row, "id")
        return given if given and shared[given] == 1 else f"{given} {self.told(row)}"

    def header(self, field: str) -> str:
        return self.headers[self.places[field][0]] if field in self.places else ""

    def agrees(self, row: list[str]) -> bool:
        """Whether every question for leave has a clear yes; true where none was asked."""
        return all(answers.is_yes(row[place], self.headers[place]) for place in self.places.get("consent", []))

    def moment(self, row: list[str]) -> datetime | None:
        """When the row was written, in its own zone, else that of its header (`(UTC)`), else the table's."""
        given = answers.when(self.cell(row, "date"), self.day_first)
        own = ZoneInfo("UTC") if "utc" in self.header("date").lower() else self.zone
        return given if given is None or given.tzinfo else given.replace(tzinfo=own)


def read(
    name: str,
    get: Get,
    *,
    url: str,
    columns: dict[str, str] | None = None,
    delimiter: str = "",
    encoding: str = "",
    dates: str = "",
    timezone: str = "UTC",
    max_items: int = 100_000,
) -> Iterator[Item | Note]:
    """One item for each row that has words, and a clear yes where a column asks for one.

    `columns` names the header, or the number, of a field that the headers do not tell. `dates` is d/m/y or m/d/y;
    `timezone` holds for dates without one. No column of mail addresses or telephone numbers is read.
    """
    got = get(url)
    text = _decoded(name, got, encoding, charset(got.type))
    if other := grid.instead(got, text):
        hint = "open it in a spreadsheet and save it as CSV" if "book" in other else "want CSV, or JSON with objects"
        raise refuse(name, f"{other} stands where a table is wanted", hint, code=SOURCES)
    table = grid.of(text, _delimiter(name, delimiter))
    table, places = _places(name, table, columns or {})
    asked = table.headers[places["date"][0]] if "date" in places else ""
    written = [row[places["date"][0]] for row in table.rows] if asked else []
    day_first = _order(name, dates) if dates else answers.day_comes_first(written, asked)
    yield from _items(name, table, Columns(table.headers, places, _zone(name, timezone), day_first), max_items)


def _items(name: str, table: grid.Grid, columns: Columns, most: int) -> Iterator[Item | Note]:
    shared = Counter(key for key, _ in {(columns.cell(row, "id"), columns.told(row)) for row in table.rows})
    seen: set[str] = set()
    left: Counter[str] = Counter()
    for row in table.rows:
        if reason := reason_against(row, columns):
            left[reason] += 1
            continue
        if len(seen) == most:
            table = table._replace(unread=f"only the first {most:,} rows were read")
            break
        key = columns.key(row, shared)
        if key in seen:
            left["left out because they repeat another"] += 1
            continue
        seen.add(key)
        made = item(name, key, row, columns)
        left["whose date cannot be read"] += not made.published and bool(columns.cell(row, "date"))
        left[f"cut after {LONGEST:,} characters"] += len(columns.cell(row, "text")) > LONGEST
        yield made
    yield from (Note(f"rows {what}: {count}") for what, count in left.items() if count)
    if table.unread:
        yield Note(table.unread)


def reason_against(row: list[str], columns: Columns) -> str:
    """Why a row may not be taken, or ""."""
    if not columns.cell(row, "text"):
        return "left out because they have no words"
    if answers.is_gone(columns.cell(row, "state")):
        return f"left out because they are “{columns.cell(row, 'state')[:40]}”"
    if not columns.agrees(row):
        return f"left out because they have no clear yes to “{columns.header('consent')[:60]}”"
    return ""


def item(name: str, key: str, row: list[str], columns: Columns) -> Item:
    """What somebody wrote into a row."""
    words, written = answers.own_language(columns.cell(row, "text")), columns.moment(row)
    return Item(
        source=name,
        upstream_id=key,
        url=web(columns.cell(row, "url")),
        author=Person(signature(columns.author(row))),
        published=moment(written),
        title=headline(columns.cell(row, "title"), literal=True),
        html=paragraphs(words[:LONGEST]),
        lang=language(columns.cell(row, "lang")),
        review=_review(name, row, columns, written),
    )


def _review(name: str, row: list[str], columns: Columns, written: datetime | None) -> Review:
    experienced = answers.when(columns.cell(row, "experience_date"), columns.day_first)
    verified, reward = columns.cell(row, "verified"), columns.cell(row, "reward")
    how = columns.header("verified") if answers.is_yes(verified, "") else verified
    return Review(
        rating=answers.rating(columns.cell(row, "rating"), columns.header("rating")),
        experience_date=experienced.date() if experienced else None,
        product=signature(columns.cell(row, "product")),
        role=signature(columns.cell(row, "role")),
        reward="" if answers.folded(reward) in NO else signature(reward),
        verified="" if answers.folded(verified) in NO else signature(how),
        consent=_consent(name, row, columns, written.date() if written else None),
    )


def _consent(name: str, row: list[str], columns: Columns, on: date | None) -> Consent | None:
    """What somebody agreed to, in the words of the question; None where there was no question."""
    if "consent" not in columns.places:
        return None
    proof = columns.cell(row, "id") or columns.cell(row, "date")
    return Consent(text(columns.header("consent"))[:200], on, proof=signature(f"{name} {proof}"))


def _places(name: str, table: grid.Grid, declared: Mapping[str, str]) -> tuple[grid.Grid, dict[str, list[int]]]:
    """The table and its columns by field. Declared by number where no header tells, the first row is no header."""
    by_number = all(column.isdecimal() and column not in table.headers for column in declared.values())
    if declared and by_number and "text" not in found(table.headers, {}):
        numbers = [str(number) for number in range(1, len(table.headers) + 1)]
        table = grid.Grid(numbers, [table.headers, *table.rows], table.unread)
    places = found(table.headers, {field: _place(name, table, field, declared[field]) for field in declared})
    if "text" not in places:
        what = f"no column is known to hold the words; the columns are {grid.listed(table.headers)}"
        raise refuse(name, what, "name it in content/sources.yml, as in  columns: {text: Avis}", code=SOURCES)
    return table, places


def _place(name: str, table: grid.Grid, field: str, column: str) -> int:
    """Where a declared column is: by its header, written alike or nearly, or by its number from 1."""
    if field not in CALLED:
        what = f"{name}.columns: no field is named '{field}'{did_you_mean(field, CALLED)}"
        raise refuse(WHERE, what, f"there are {', '.join(CALLED)}", code=CONFIG)
    alike = [plainly(header) == plainly(column) for header in table.headers]
    if column in table.headers:
        return table.headers.index(column)
    if any(alike):
        return alike.index(True)
    if column.isdecimal() and 0 < int(column[:9]) <= len(table.headers):
        return int(column) - 1
    what = f"{name}.columns.{field}: no column is named '{column}'; the columns are {grid.listed(table.headers)}"
    raise refuse(WHERE, what, "write it as the file has it", code=CONFIG)


def _decoded(name: str, body: bytes, declared: str, sent: str) -> str:
    if not declared:
        return decode(body, sent)
    if not known(declared):
        what = f"{name}.encoding: no encoding is named '{declared}'"
        raise refuse(WHERE, what, "utf-8, utf-16, windows-1252 …, or leave it out", code=CONFIG)
    return body.decode(known(declared), "replace")


def _delimiter(name: str, declared: str) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(declared, declared)
    if len(sign) > 1 or sign in ('"', "\n", "\r"):
        raise refuse(WHERE, f"{name}.delimiter: want one sign or 'tab', got '{declared}'", code=CONFIG)
    return sign


def _order(name: str, declared: str) -> bool:
    if declared not in ORDERS:
        raise refuse(WHERE, f"{name}.dates: want d/m/y or m/d/y, got '{declared}'", code=CONFIG)
    return ORDERS[declared]


def _zone(name: str, declared: str) -> ZoneInfo:
    try:
        return ZoneInfo(declared)
    except (KeyError, OSError, ValueError):
        what = f"{name}.timezone: want a time zone such as Europe/Paris, got '{declared}'"
        raise refuse(WHERE, what, code=CONFIG) from None
