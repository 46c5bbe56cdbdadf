"""Colours: what is read, what is too pale, and that the colour offered instead passes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parvis import colours, nodes
from parvis.errors import Fault
from parvis.schema import Place

COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def read(yaml: str) -> tuple[str | None, list[Fault]]:
    faults: list[Fault] = []
    return colours.read(nodes.parse(yaml, "brand.yml"), Place("brand.yml", faults)), faults


@pytest.mark.parametrize(
    ("yaml", "colour"),
    [('"#0B4F6C"', "#0b4f6c"), ("0b4f6c", "#0b4f6c"), ("'#036'", "#003366"), ("000000", "#000000")],
)
def test_a_colour_is_read(yaml: str, colour: str) -> None:
    assert read(yaml) == (colour, [])


@pytest.mark.parametrize("yaml", ["blue", "'#12345'", "#0b4f6c", "'rgb(1,2,3)'", "[a]", "'#0b4f6c;}'"])
def test_what_is_no_colour_is_told_how_to_write_one(yaml: str) -> None:
    colour, (fault,) = read(yaml)

    assert colour is None
    assert 'want a colour as "#0b4f6c"' in fault.what
    assert "quotes" in fault.hint


def test_the_contrast_of_black_and_white_is_21_and_of_one_colour_with_itself_1() -> None:
    """WCAG 2.2, definition of contrast ratio."""
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#777777") == pytest.approx(1)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_pale_colour_is_refused_and_the_nearest_that_passes_is_offered() -> None:
    colour, (fault,) = read('"#ffcc00"')
    offered = fault.hint.split()[6]

    assert colour is None
    assert colours.contrast(offered, colours.PAPER) >= colours.READABLE
    assert read(f'"{offered}"') == (offered, [])


@given(COLOUR)
def test_the_nearest_colour_passes_keeps_the_hue_and_is_near(colour: str) -> None:
    for ground in (colours.PAPER, colours.NIGHT):
        near = colours.nearest(colour, ground)
        assert colours.contrast(near, ground) >= colours.READABLE
        if colours.contrast(colour, ground) >= colours.READABLE:
            assert near == colour


@given(COLOUR)
def test_a_colour_survives_oklch(colour: str) -> None:
    lightness, chroma, hue = colours.oklch(colour)
    again = colours.hexadecimal(lightness, chroma, hue)

    assert all(abs(int(colour[i : i + 2], 16) - int(again[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


@given(COLOUR)
@example("#737373")
def test_a_ratio_that_fails_never_reads_as_one_that_passes(colour: str) -> None:
    _, faults = read(f'"{colour}"')

    for fault in faults:
        assert float(fault.what.split("contrast of ")[1].split(",")[0]) < colours.READABLE
