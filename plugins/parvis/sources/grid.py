"""Headers and rows of an export, whether a spreadsheet wrote it as CSV or a program as JSON."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice
from typing import Any, NamedTuple

from .. import html
from .discovery import title

DELIMITERS = ",;\t|"
SAMPLE = 2**16
MOST_COLUMNS, MOST_ROWS = 500, 200_000
END = "\x00"
OTHERS = {b"PK\x03\x04": "a workbook", b"\xd0\xcf\x11\xe0": "a workbook", b"%PDF": "a PDF"}

csv.field_size_limit(2**31 - 1)  # a whole answer is one field; what is too long is cut later, and said


class Grid(NamedTuple):
    """A table as text: every row has as many cells as there are headers. `unread` says what could not be read."""

    headers: list[str]
    rows: list[list[str]]
    unread: str = ""


def of(text: str, delimiter: str = "") -> Grid:
    """The table in a text: CSV, JSON lines, or JSON that holds a list of objects."""
    text = text.replace(END, "").lstrip("\ufeff \r\n")
    return _of_json(text) if text.startswith(("{", "[")) else _of_csv(text, delimiter)


def _of_csv(text: str, delimiter: str) -> Grid:
    """Rows of a spreadsheet; Excel's own `sep=;` line counts as declared."""
    if text[:4].lower() == "sep=" and text[4:5]:
        delimiter, text = delimiter or text[4], text[5:].lstrip("\r\n")
    filled = (record for record in _records(text, delimiter or found(text)) if any(map(str.strip, record)))
    records = list(islice(filled, MOST_ROWS))
    unread = f"only the first {MOST_ROWS:,} rows were read" if next(filled, None) else ""
    if records and END in records[-1][-1]:
        unread = f"a quotation mark opened in row {len(records)} is never closed: from there on nothing was read"
        records.pop()
    headers = [header.strip() for header in records[0][:MOST_COLUMNS]] if records else []
    return Grid(headers, [_fitted(record, len(headers)) for record in records[1:]], unread)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Records; a last one that never ends carries END."""
    for record in csv.reader(chain(StringIO(text, newline=""), [END]), delimiter=delimiter):
        if record != [END]:
            yield record


def found(text: str) -> str:
    """The sign that gives many columns, and as many in most rows."""

    def told(sign: str) -> float:
        widths = [len(record) for record in islice(_records(text[:SAMPLE], sign), 50)]
        return widths[0] * Counter(widths)[widths[0]] / len(widths) if widths and widths[0] > 1 else 0.0

    return max(DELIMITERS, key=told)


def _of_json(text: str) -> Grid:
    objects, unread = _objects(text)
    flat = [_flat(thing) for thing in objects]
    headers = list(dict.fromkeys(key for thing in flat for key in thing))[:MOST_COLUMNS]
    return Grid(headers, [[thing.get(header, "") for header in headers] for thing in flat], unread)


def _objects(text: str) -> tuple[list[dict[str, Any]], str]:
    """The objects of one JSON document, else one from each line."""
    whole = _parsed(text)
    if isinstance(whole, dict):
        lists = [value for value in whole.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        whole = lists[0] if len(lists) == 1 else [whole]
    lines = whole if isinstance(whole, list) else [_parsed(line) for line in text.splitlines() if line.strip()]
    objects = [thing for thing in lines if isinstance(thing, dict)]
    wrong = len(lines) - len(objects)
    return objects, f"lines left out because they are no JSON object: {wrong}" if wrong else ""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _flat(thing: dict[str, Any]) -> dict[str, str]:
    """Values as text; an object inside gives `author name` for its `name`."""
    inner = {f"{key} {name}": v for key, value in thing.items() if isinstance(value, dict) for name, v in value.items()}
    return {key: text for key, value in (thing | inner).items() if (text := _said(value)) is not None}


def _said(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)[:40]
    return value if isinstance(value, str) else None


def instead(body: bytes, text: str) -> str:
    """What stands where a table should be, in words; "" for what may be one."""
    for sign, what in OTHERS.items():
        if body.startswith(sign):
            return what
    start = text.lstrip("\ufeff \r\n")
    if start.startswith("<"):
        return f"a web page (“{called}”)" if (called := title(start)) else "a web page"
    if not start.startswith(("{", "[")):
        return "" if start else "nothing"
    whole = _parsed(start)
    if isinstance(whole, dict) and whole.keys() & {"error", "errors"}:
        return "an answer that tells of an error"
    return "JSON that cannot be read" if whole is None and not _objects(start)[0] else ""


def listed(headers: list[str]) -> str:
    """Headers for a message; what may be somebody's data, in a table without headers, is not repeated."""
    shown = [
        "…" if "@" in header or sum(map(str.isdigit, header)) > 5 else html.text(header)[:40] for header in headers[:30]
    ]
    return ", ".join(f"“{header}”" for header in shown) or "none"


def _fitted(record: list[str], width: int) -> list[str]:
    return (record + [""] * width)[:width]
