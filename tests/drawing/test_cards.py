"""Cards of 400 titles of 3 to 200 characters in thirty languages: measured on what was drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from io import BytesIO
from itertools import cycle, pairwise
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from PIL import Image, ImageChops

from parvis import colours
from parvis.drawing import canvas, designs, letters
from parvis.drawing.designs import DESIGNS, draw
from parvis.drawing.posters import SQUARE, WIDE, Poster
from parvis.drawing.setting import READABLE, Block, fitted

ROOT = Path(__file__).resolve().parents[2]
TITLES = (ROOT / "tests/corpus/cards/titles.txt").read_text("utf-8").rstrip("\n").split("\n")
SIZES = {"wide": WIDE, "square": SQUARE}
BRANDS = ["#a23e22", "#0b4f6c", "#1b1b1f", "#3d6b00", "#7a00a8", "#006b5e", "#b00020", "#5c5c5c"]


def poster(kind: str, text: str, colour: str = "#a23e22") -> Poster:
    stars = 4 if kind == "testimonial" else 0
    return Poster(
        kind, text, "Zoé Martin-Lefèvre", "Atelier Cardan", colour, label="Le forum", line="Cliente · Gabare 2",
        place="cardan.example", initials="ZM", stars=stars, lang="fr",
    )  # fmt: skip


def picture(kind: str, text: str, size: tuple[int, int]) -> Image.Image:
    return DESIGNS[kind](poster(kind, text), size).canvas._sheet


def inked(image: Image.Image) -> Image.Image:
    """255 where something is on the ground, which is colour 0."""
    return image.convert("L") if image.mode == "L" else image.point(lambda index: 255 if index else 0, "L")


@pytest.mark.parametrize("size", SIZES)
def test_words_stay_in_the_frame_and_above_the_line_of_the_author(size: str) -> None:
    """What stands below on a card of one letter stands there on any card, and the rows above it are free."""
    width, height = SIZES[size]
    out = []
    for title, kind in zip(TITLES, cycle(DESIGNS), strict=False):
        card = inked(picture(kind, title, (width, height)))
        card.paste(0, (0, 0, width, 14 if kind == "article" else 0))
        left, top, right, bottom = card.getbbox() or (0, 0, 0, 0)
        first = lowest(kind, designs.paragraph(title, "serif").base, (width, height))
        above = card.crop((140, first - 12, width - 140, first)).getbbox()
        if left < 60 or top < 60 or right > width - 60 or bottom > height - 55 or above:
            out.append((kind, title, left, top, right, bottom, above))

    assert out == []


@cache
def lowest(kind: str, base: int, size: tuple[int, int]) -> int:
    """The first row of what stands below the text."""
    width, height = size
    below = height * 60 // 100
    box = inked(picture(kind, "א" if base else "a", size)).crop((140, below, width - 140, height)).getbbox()
    assert box
    return below + box[1]


def blocks(title: str) -> list[Block]:
    return [
        fitted(designs.paragraph(title, face), width, height, designs.LARGE)
        for face, width, height in (("serif", 1048, 330), ("italic", 974, 280), ("sans", 912, 700))
    ]


def test_no_ink_is_cut_off_at_the_edge_of_its_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more room around, the same ink comes out."""
    for block in (block for title in TITLES[::3] for block in blocks(title)):
        close = canvas.drawn(block)
        monkeypatch.setattr(canvas, "PAD", 60)
        wide = canvas.drawn(block)
        monkeypatch.undo()
        assert (close is None) == (wide is None)
        if close and wide:
            assert (
                wide.getbbox() is None
                or ImageChops.difference(wide.crop((56, 56, 56 + close.width, 56 + close.height)), close)
                .point(lambda shade: 255 * (shade > 99))
                .getbbox()
                is None
            )
            left, top, right, bottom = wide.getbbox() or (56, 56, 56, 56)
            assert left >= 56 and top >= 56 and right <= wide.width - 56 and bottom <= wide.height - 56


def spans(block: Block) -> list[tuple[int, int]]:
    known = {id(line): span for span, line in block.paragraph._made.items()}
    return [known[id(line)] for line in block.lines]


def test_all_words_are_there_and_whole() -> None:
    for number, title in enumerate(TITLES):
        for block in blocks(title)[number % 3 :][:1]:
            text, units = block.paragraph.text, block.paragraph.units
            lines = spans(block)
            assert (lines[0][0], lines[-1][1]) == (units[0].first, units[-1].last) if units else not lines
            longest = max((unit.width for unit in units), default=0)
            for (_, end), (start, _) in pairwise(lines):
                parted = text[end:start].strip(" \u200b") == "" and end < start
                wide = any(east_asian_width(letter) in "WF" for letter in (text[end - 1], text[end]))
                broken = longest * READABLE > block.width * 4096
                assert parted or wide or broken or text[end - 1] in "\ufe0f\u20e3", (title, text[end - 5 : end + 5])
                assert text[end:start].strip(" \u200b") == ""


@pytest.mark.parametrize("kind", DESIGNS)
@pytest.mark.parametrize("colour", BRANDS)
def test_every_text_reads_on_its_ground(kind: str, colour: str) -> None:
    sheet = DESIGNS[kind](poster(kind, "Où ?", colours.nearest(colour, colours.PAPER)), WIDE).canvas
    pale = colours.mixed(sheet.ground, designs.INK, 0.16)  # stars that were not given; the others tell how many were

    assert len(sheet._ramps) > 2
    assert {pair for pair in sheet._ramps if colours.contrast(*pair) < 4.5} <= {(pale, sheet.ground), *discs(sheet)}


def discs(sheet: canvas.Canvas) -> set[tuple[str, str]]:
    """The disc behind the initials is a ground, no text."""
    return {(colour, under) for colour, under in sheet._ramps for _, ground in sheet._ramps if colour == ground}


def test_cards_are_small_files_of_few_colours() -> None:
    longest = max((title for title in TITLES if title.isascii()), key=len)
    for kind in DESIGNS:
        for size in (WIDE, SQUARE):
            png = draw(poster(kind, longest), size)
            with Image.open(BytesIO(png)) as image:
                assert (image.format, image.mode, image.size) == ("PNG", "P", size)
                assert len(image.getcolors() or range(99)) <= 32
            assert len(png) < 60_000


def test_a_card_is_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; sys.path[:0] = ['plugins', '.']\n"
        "from hashlib import blake2b\n"
        "from tests.drawing.test_cards import TITLES, DESIGNS, draw, poster\n"
        "print(*(blake2b(draw(poster(kind, title))).hexdigest() for title in TITLES[::60] for kind in DESIGNS))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(runs) == 1


def test_a_title_that_no_face_can_show_has_no_card() -> None:
    assert not designs.legible(poster("article", "ሰላም ልዑል"))
    assert designs.legible(poster("article", "Ce que coûte un vélo"))


def test_what_no_face_has_is_left_out_and_never_a_box() -> None:
    shown = designs.paragraph("Les ᚠᚢᚦ du \ue123 nord \U000e0001", "serif").text

    assert shown == "Les … du nord"
    assert letters.settable("𝓕𝓪𝓷𝓬𝔂", lambda cluster: cluster.isascii()) == ("Fancy", 1.0)


def test_a_text_that_is_too_long_ends_at_a_word_with_an_ellipsis() -> None:
    block = fitted(designs.paragraph("mot " * 900, "serif"), 1000, 300, designs.LARGE)

    assert block.paragraph.text.endswith("mot…")
    assert block.reach <= 1000 and block.height <= 300
    assert block.size == designs.LARGE[-1]


def test_a_single_line_is_cut_rather_than_leave_its_place() -> None:
    for name in ("Zoé", "Zoé " * 60, "Z" * 300, "字" * 90, ""):
        block = designs.single(name, "sans", 300)
        assert len(block.lines) <= 1
        assert block.reach <= 300
