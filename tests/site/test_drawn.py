"""Which items have card images, where they stand, and who shows them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from parvis.drawing import designs
from parvis.site.drawn import MOST, beginning, unquoted
from tests import hub
from tests.site.conftest import NOW, Build, Built, article

SETTINGS = {"now": NOW, "share": {"cards": 1}}


def picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "#fff").save(out, "PNG")
    return out.getvalue()


def shown(built: Built, page: str) -> str:
    return str(built(f"{page}/index.html").select_one("meta[property='og:image']")["content"])


def older(name: str, more: str = "") -> str:
    return article(name, more=more).replace("2026-11-02", "2026-10-02")


def test_the_newest_items_and_those_with_share_have_two_cards_each(build: Build) -> None:
    ready = "share:\n  until: 2026-12-24T12:00:00+01:00\n"
    built = build(article() + older("vieux") + older("pret", ready), PARVIS=SETTINGS)

    found = built.files("cards/*.png")
    assert sorted(name.rpartition("-")[0] for name in found) == ["cards/pret"] * 2 + ["cards/roue"] * 2
    sizes = sorted(Image.open(built.output / name).size for name in found)
    assert sizes == [(1080, 1080)] * 2 + [(1200, 630)] * 2


def test_networks_and_share_pages_show_the_card(build: Build) -> None:
    built = build(article())
    page, share = built("articles/roue/index.html"), built("articles/roue/partager/index.html")

    card = shown(built, "articles/roue")
    assert card.startswith("https://maison.example/cards/roue-")
    assert page.select_one("meta[property='og:image:width']")["content"] == "1200"
    assert page.select_one("meta[property='og:image:alt']")["content"] == "La roue – La maison"
    linked = [link["href"] for link in share.select("a[download]")]
    assert len(linked) == 2
    assert all((built.output / "articles/roue/partager" / link).resolve().is_file() for link in linked)


@pytest.mark.parametrize(("size", "own"), [((1600, 900), True), ((400, 300), False), ((1200, 1600), False)])
def test_a_picture_of_ones_own_goes_first_where_it_is_large_and_wide(
    build: Build, tmp_path: Path, size: tuple[int, int], own: bool
) -> None:
    file = tmp_path / "hub/content/images/r.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(picture(*size))
    built = build(article(more="image: images/r.png\nalt: Une roue\n"))

    assert shown(built, "articles/roue").endswith("/images/r.png") == own


def test_a_second_build_draws_nothing(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = designs.draw
    monkeypatch.setattr(designs, "draw", lambda poster, size: drawn.append(poster.text) or draw(poster, size))
    site = article() + hub.item(use="full")

    first = {name: (build(site).output / name).read_bytes() for name in build(site).files("cards/*")}
    assert len(drawn) == 4
    second = build(site)
    assert len(drawn) == 4
    assert {name: (second.output / name).read_bytes() for name in second.files("cards/*")} == first


def test_no_cards_where_the_setting_says_so(build: Build) -> None:
    assert build(article(), PARVIS={"now": NOW, "share": {"cards": 0}}).files("cards/*") == set()


def test_a_quotation_ends_with_a_sentence_or_a_word() -> None:
    long = "Une phrase assez longue pour être citée telle quelle sur une carte, oui vraiment. " + "Et la suite " * 30

    assert beginning("Court.") == "Court."
    assert beginning(long) == "Une phrase assez longue pour être citée telle quelle sur une carte, oui vraiment."
    assert beginning("mot " * 90) == "mot " * 51 + "mot…"
    assert len(beginning("字" * 300)) == MOST // 2 + 1


@pytest.mark.parametrize(
    ("given", "bare"), [("« Oui ! »", "Oui !"), ("“Yes”", "Yes"), ("« A » et « B »", "« A » et « B »"), ("Non", "Non")]
)
def test_a_card_does_not_quote_twice(given: str, bare: str) -> None:
    assert unquoted(given) == bare
