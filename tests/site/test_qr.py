"""A QR code is what segno draws, as one path."""

from __future__ import annotations

import re

import segno

from parvis.site import qr

ADDRESS = "https://www.example.com/articles/roue/?utm_source=qr"
ORDER = re.compile(r"M(\d+) (\d+)\.5|m(\d+) 0|h(\d+)")


def drawn_by(path: str) -> set[tuple[int, int]]:
    """The modules that a pen blackens as the path leads it."""
    x = y = 0
    dark = set()
    for to_x, to_y, skip, draw in ORDER.findall(path):
        if to_x:
            x, y = int(to_x), int(to_y)
        dark |= {(x + step, y) for step in range(int(draw or 0))}
        x += int(skip or 0) + int(draw or 0)
    return dark


def test_the_path_has_the_dark_modules_within_a_white_margin() -> None:
    drawn = segno.make_qr(ADDRESS, error="m", mask=qr.MASK, boost_error=False)
    code = qr.code(ADDRESS)

    assert code and code.size == len(drawn.matrix) + 8
    assert ORDER.sub("", code.path) == ""
    assert drawn_by(code.path) == {
        (x + 4, y + 4) for y, row in enumerate(drawn.matrix) for x, module in enumerate(row) if module
    }


def test_the_same_address_gives_the_same_bytes_and_a_very_long_one_none() -> None:
    assert qr.code(ADDRESS) == qr.code(ADDRESS)
    assert qr.code("https://www.example.com/" + "é" * 600) is None
