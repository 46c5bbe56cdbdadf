"""Our modules are segno's, for any address in ASCII."""

from __future__ import annotations

from random import Random

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from parvis.site import symbol

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"


def drawn(address: str) -> list[str]:
    matrix = segno.make_qr(address, error="m", mask=symbol.MASK, boost_error=False).matrix
    return ["".join(map(str, row)) for row in matrix]


@pytest.mark.parametrize("length", [*range(9, 340, 11), 500, 1000, 2331])
def test_of_any_length_it_is_what_segno_draws(length: int) -> None:
    address = "https://" + "".join(Random(length).choices(LETTERS, k=length - 8))

    assert symbol.rows(address) == drawn(address)


@pytest.mark.parametrize("version", range(1, 13))
def test_codes_that_are_full_to_the_brim_are_too(version: int) -> None:
    capacity = symbol._capacity(version) - (2 if version < 10 else 3)
    for length in (capacity - 1, capacity, capacity + 1):
        address = "h" * length

        assert symbol.rows(address) == drawn(address)


@given(tail=st.text(LETTERS, max_size=200))
def test_whatever_stands_in_it_it_is_what_segno_draws(tail: str) -> None:
    assert symbol.rows(f"https://a.example/{tail}") == drawn(f"https://a.example/{tail}")


def test_what_no_code_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        symbol.rows("h" * 2332)
