"""Lines that run both ways stand as UAX #9 has them."""

from __future__ import annotations

import pytest

from parvis.drawing import directions


def shown(text: str) -> str:
    """What is read from left to right; brackets of a run to the left are turned."""
    levels = directions.levels(text, directions.base(text))
    turned = str.maketrans("()", ")(")
    return "".join(
        text[place].translate(turned) if levels[place] % 2 else text[place] for place in directions.order(levels)
    )


@pytest.mark.parametrize(
    ("text", "left_to_right"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("abc אבג def", "abc גבא def"),
        ("אבג abc דהו", "והד abc גבא"),
        ("אבג 123", "123 גבא"),
        ("אבג 12.5%", "12.5% גבא"),
        ("אב (גד) הו", "וה (דג) בא"),
        ("אב (ABC) 12, גד", "דג ,12 (ABC) בא"),
        ("ab (אב) cd", "ab (בא) cd"),
        ("ab!", "ab!"),
        ("אב!", "!בא"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_a_line_is_read_from_left_to_right_as(text: str, left_to_right: str) -> None:
    assert shown(text) == left_to_right
