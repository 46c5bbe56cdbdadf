"""The QR code of an address, as one path of an SVG: for meetings, shop windows and paper."""

from __future__ import annotations

import re

import segno

from . import symbol
from .symbol import MASK
from .views import Code

DARK = re.compile(rb"\x01+")
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


def _others(address: str) -> list[bytes]:
    return [bytes(row) for row in segno.make_qr(address, error="m", mask=MASK, boost_error=False).matrix]


def _line(y: int, row: bytes) -> str:
    """The dark modules of one row, each run of them as one stroke through their middle."""
    return "".join(f"M{found.start() + QUIET} {y}.5h{len(found[0])}" for found in DARK.finditer(row))
