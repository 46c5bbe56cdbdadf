"""Tables for spreadsheets: CSV whose cells are text, whatever strangers wrote into them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read accents; no cell begins as a formula does."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(FORMULA) else cell
