"""Drawn cards are kept until they are asked for no more, and never taken for what they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis.drawing.posters import SQUARE, WIDE, Poster
from parvis.drawing.store import Store, key

CARD = Poster("article", "Oui", "Zoé", "La maison", "#a23e22")


def test_what_is_kept_is_not_drawn_again(tmp_path: Path) -> None:
    drawn: list[int] = []

    for _ in range(3):
        assert Store(tmp_path).png("a", lambda: drawn.append(1) or b"png") == b"png"  # type: ignore[func-returns-value]
    assert drawn == [1]


@pytest.mark.parametrize("damage", [b"", b"png", b"\0" * 40], ids=["empty", "cut", "other"])
def test_what_was_damaged_is_drawn_again(tmp_path: Path, damage: bytes) -> None:
    Store(tmp_path).png("a", lambda: b"png")
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)

    assert Store(tmp_path).png("a", lambda: b"new") == b"new"
    assert Store(tmp_path).png("a", lambda: b"newer") == b"new"


def test_a_folder_that_cannot_be_made_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file")

    assert store.png("a", lambda: b"png") == b"png"
    store.sweep()


def test_the_store_keeps_what_is_in_use_and_as_many_others_as_it_may(tmp_path: Path) -> None:
    for number in range(8):
        Store(tmp_path).png(f"old{number}", lambda: b"png")
    store = Store(tmp_path)
    store.png("new", lambda: b"png")
    store.sweep(3)

    assert len(list(tmp_path.iterdir())) == 4
    assert (tmp_path / "new.card").exists()


def test_another_word_colour_or_size_is_another_card() -> None:
    others = [
        key(CARD, SQUARE),
        key(Poster("article", "Non", "Zoé", "La maison", "#a23e22"), WIDE),
        key(Poster("article", "Oui", "Zoé", "La maison", "#0b4f6c"), WIDE),
    ]

    assert len({key(CARD, WIDE), *others}) == 4
    assert key(CARD, WIDE) == key(CARD, WIDE)
