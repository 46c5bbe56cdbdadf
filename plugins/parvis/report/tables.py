"""Tables of visits as they were exported: CSV, in gzip or zip too, read row by row however long they are."""

from __future__ import annotations

import csv
import gzip
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import IO, BinaryIO, cast

from ..errors import CONFIG, Refused, refuse
from ..sources import encoding, grid

LONGEST_LINE, MOST_LINES = 2**20, 200
NO_DATA = "No data available"
SAMPLE = 60
KEPT = re.compile(r"(?:^|/)(?:imported_sources|utm_(?:sources|campaigns|contents)|entry_pages)\w*\.csv$")
"""Of the many tables in an archive of Plausible's, those that tell by which way people came."""
EXPORTS = (".csv", ".tsv", ".gz", ".zip")
HINT = "export it again as CSV (UTF-8), whole"
Open = Callable[[], IO[bytes]]
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` come with the line they begin on, once. Without `headers` there was nothing to tell."""

    name: str
    headers: list[str]
    rows: Iterator[Row]
    line: int = 1

    def refuse(self, what: str, hint: str = HINT, line: int = 0) -> Refused:
        return refuse(self.name, what, hint, code=CONFIG, line=line or self.line)


def files(root: Path, given: str) -> list[Path]:
    """The files that `given` names: paths with commas between, and of a folder all the exports in it."""
    if not given.strip():
        raise refuse("--visits", "names no table", "give the path of a CSV export", code=CONFIG)
    found: list[Path] = []
    for name in [given] if (root / given).exists() else filter(None, map(str.strip, given.split(","))):
        path = root / Path(name).expanduser()
        found += sorted(file for file in path.iterdir() if file.name.endswith(EXPORTS)) if path.is_dir() else [path]
    if not found:
        raise refuse("--visits", f"no table in '{given}'", f"files ending in {', '.join(EXPORTS)}", code=CONFIG)
    return list(dict.fromkeys(found))


def read(path: Path, name: str) -> Iterator[Table]:
    """The tables in a file. Raises Refused for what is no table, or a damaged one."""
    try:
        for inner, open_ in _inside(path, name):
            with closing(open_()) as file:
                charset = encoding.streamed(cast(BinaryIO, file))
            with closing(open_()) as file, TextIOWrapper(cast(BinaryIO, file), charset, "replace", newline="") as text:
                yield _table(inner, text)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, csv.Error) as error:
        what = "no such file" if isinstance(error, FileNotFoundError) else f"cannot be read: {error}"
        raise refuse(name, what, "" if isinstance(error, FileNotFoundError) else HINT, code=CONFIG) from error


def _inside(path: Path, name: str) -> Iterator[tuple[str, Open]]:
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(b"\x1f\x8b"):
        yield name, lambda: cast(IO[bytes], gzip.GzipFile(path))
    elif start.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            names = [each for each in archive.namelist() if KEPT.search(each)]
            if not names:
                what = "none of the tables in it tells by which way people came"
                hint = "Plausible: utm_campaigns.csv or imported_sources….csv; GoatCounter: take its CSV, not its JSON"
                raise refuse(name, what, hint, code=CONFIG)
            whole = [each for each in names if "imported_sources" in each] or names
            yield from ((f"{name}/{each.rpartition('/')[2]}", _member(archive, each)) for each in sorted(whole))
    else:
        yield name, lambda: path.open("rb")


def _member(archive: zipfile.ZipFile, name: str) -> Open:
    return lambda: archive.open(name)


def _table(name: str, text: TextIOWrapper) -> Table:
    lines = _lines(name, text)
    first = next((line for line in lines if line.strip("\ufeff \t\r\n")), "").removeprefix("\ufeff")
    declared = first[4] if first[:4].lower() == "sep=" and first[4:5].strip(" \r\n") else ""
    start = [] if declared else [first]
    start += [line for _, line in zip(range(SAMPLE), lines, strict=False)]
    rows = _rows(name, chain(start, lines), declared or grid.found("".join(start)), 1 + bool(declared))
    line, headers = next(((line, row) for line, row in rows if any(map(str.strip, row))), (1, []))
    if not headers:
        raise refuse(name, "the table is empty", HINT, code=CONFIG)
    told = [] if headers == [NO_DATA] else [header.strip() for header in headers]
    return Table(name, told, ((line, row) for line, row in rows if any(map(str.strip, row))), line)


def _lines(name: str, text: TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise refuse(name, "a line without end: this is no table", HINT, code=CONFIG, line=number)
        yield line.replace(grid.END, "")


def _rows(name: str, lines: Iterator[str], delimiter: str, first: int) -> Iterator[Row]:
    """Rows with their first line. A quotation mark that nobody closes would make the rest of the file one cell."""
    began = at = first

    def guarded() -> Iterator[str]:
        nonlocal at
        for line in chain(lines, [grid.END]):
            if at - began > MOST_LINES:
                raise _unclosed(name, began)
            at += 1
            yield line

    for row in csv.reader(guarded(), delimiter=delimiter):
        if row == [grid.END]:
            return
        if row and grid.END in row[-1]:
            raise _unclosed(name, began)
        yield began, row
        began = at


def _unclosed(name: str, line: int) -> Refused:
    return refuse(name, "a quotation mark that is never closed", HINT, code=CONFIG, line=line)
