"""`invoke cards` tells what has cards, and shows them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from parvis.drawing import verbs
from parvis.drawing.contact import ACROSS, DOWN, GAP, WIDTH
from parvis.drawing.designs import draw
from parvis.drawing.posters import WIDE, Poster
from parvis.errors import Refused
from tests import hub

CARD = draw(Poster("article", "Oui", "Zoé", "La maison", "#a23e22"), WIDE)


def site(folder: str) -> int:
    """A build that has made three cards of two items."""
    for name in ("roue-00", "roue-11", "avis-1-22"):
        file = Path(folder, "cards", f"{name}.png")
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(CARD)
    return 0


def test_items_are_told_with_the_weight_of_their_cards(tmp_path: Path) -> None:
    told: list[str] = []
    known = hub.load(hub.write(tmp_path))

    assert verbs.cards(known, site, sheet=False, titles="", say=told.append) == 0
    assert [line.split("kB  ")[1] for line in told] == ["avis-1", "roue", "3 cards of 2 items"]


def test_a_build_that_fails_ends_with_its_own_code(tmp_path: Path) -> None:
    told: list[str] = []

    assert verbs.cards(hub.load(hub.write(tmp_path)), lambda folder: 2, sheet=True, titles="", say=told.append) == 2
    assert told == []


def test_a_sheet_has_room_for_each_card(tmp_path: Path) -> None:
    told: list[str] = []
    verbs.cards(hub.load(hub.write(tmp_path)), site, sheet=True, titles="", say=told.append)

    assert told[-1] == ".cache/pictures/cards-1.png"
    with Image.open(tmp_path / told[-1]) as sheet:
        assert sheet.size == (ACROSS * (WIDTH + GAP) + GAP, 210 + 2 * GAP)


def test_titles_of_a_file_are_drawn_in_both_sizes(tmp_path: Path) -> None:
    told: list[str] = []
    file = tmp_path / "titles.txt"
    file.write_text("\n".join(f"Titre {number}" for number in range(ACROSS * DOWN // 2 + 1)), encoding="utf-8")
    known = hub.load(hub.write(tmp_path))

    assert len(list(verbs.samples(known, file))) == ACROSS * DOWN + 2
    with Image.open(BytesIO(next(verbs.samples(known, file)))) as first:
        assert first.size == WIDE
    assert verbs.cards(known, site, sheet=False, titles=str(file), say=told.append) == 0
    assert told == [".cache/pictures/cards-1.png", ".cache/pictures/cards-2.png"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        verbs.cards(hub.load(hub.write(tmp_path)), site, sheet=False, titles=str(tmp_path / "no.txt"), say=print)
