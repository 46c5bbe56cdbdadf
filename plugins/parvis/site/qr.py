"""The QR code of an address, as one path of an SVG: for meetings, shop windows and paper."""

from __future__ import annotations

from functools import cache
from itertools import groupby

import segno

from . import symbol
from .symbol import MASK
from .views import Code

QUIET = 4
"""Modules of white around it (ISO/IEC 18004, 9.1)."""
MOST = 500
"""Characters. Of a longer address the modules get too small for paper."""


def code(address: str) -> Code | None:
    """Error correction M: a seventh of it may be dirty. None for an address that is too long to be read by a camera."""
    if len(address) > MOST:
        return None
    rows = symbol.rows(address) if address.isascii() else _others(address)
    return Code(len(rows) + 2 * QUIET, "".join(_line(y, row) for y, row in enumerate(rows, QUIET)))


def _others(address: str) -> list[str]:
    matrix = segno.make_qr(address, error="m", mask=MASK, boost_error=False).matrix
    return ["".join(map(str, row)) for row in matrix]


def _line(y: int, row: str) -> str:
    """The dark modules of one row, each run of them as a stroke through its middle."""
    return f"M{QUIET} {y}.5" + "".join([_strokes(row[start : start + 8]) for start in range(0, len(row), 8)])


@cache
def _strokes(modules: str) -> str:
    """From where the pen is: a few modules say where it goes in any row of any code."""
    runs = ((module, len([*run])) for module, run in groupby(modules))
    return "".join(f"h{length}" if module == "1" else f"m{length} 0" for module, length in runs)
