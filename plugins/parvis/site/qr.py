"""The QR code of an address, as one path of an SVG: for meetings, shop windows and paper."""

from __future__ import annotations

import re

import segno

from .views import Code

DARK = re.compile(rb"\x01+")
QUIET = 4
"""Modules of white around it (ISO/IEC 18004, 9.1)."""
MOST = 500
"""Characters. Of a longer address the modules get too small for paper."""
MASK = 3
"""Any mask can be read. To weigh all eight against each other takes six times as long as to draw one."""


def code(address: str) -> Code | None:
    """Error correction M: a seventh of it may be dirty. None for an address that is too long to be read by a camera."""
    if len(address) > MOST:
        return None
    drawn = segno.make_qr(address, error="m", mask=MASK, boost_error=False)
    return Code(len(drawn.matrix) + 2 * QUIET, "".join(_line(y, row) for y, row in enumerate(drawn.matrix, QUIET)))


def _line(y: int, row: bytearray) -> str:
    """The dark modules of one row, each run of them as one stroke through their middle."""
    return "".join(f"M{found.start() + QUIET} {y}.5h{len(found[0])}" for found in DARK.finditer(row))
