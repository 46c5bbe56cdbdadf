"""A QR code is what segno draws, as one path."""

from __future__ import annotations

import re

import segno

from parvis.site import qr

ADDRESS = "https://www.example.com/articles/roue/?utm_source=qr"
RUN = re.compile(r"M(\d+) (\d+)\.5h(\d+)")


def test_the_path_has_the_dark_modules_within_a_white_margin() -> None:
    drawn = segno.make_qr(ADDRESS, error="m", mask=qr.MASK, boost_error=False)
    code = qr.code(ADDRESS)

    assert code and code.size == len(drawn.matrix) + 8
    dark = {(x + step, y) for x, y, long in (map(int, run) for run in RUN.findall(code.path)) for step in range(long)}
    assert dark == {(x + 4, y + 4) for y, row in enumerate(drawn.matrix) for x, module in enumerate(row) if module}


def test_the_same_address_gives_the_same_bytes_and_a_very_long_one_none() -> None:
    assert qr.code(ADDRESS) == qr.code(ADDRESS)
    assert qr.code("https://www.example.com/" + "é" * 600) is None
