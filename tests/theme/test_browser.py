"""What only a browser knows: nothing runs over the edge, nothing is refused, targets can be hit."""

from __future__ import annotations

from typing import Any

import pytest

from parvis.options import Brand
from parvis.site import catalogues, environment, styles
from parvis.site.views import ROOT
from tests.theme import scenes

SHOWN = {
    "full": sorted(scenes.full()),
    "odd": ["frame", "frames", "home", "join", "kit", "list", "share", "stream", "thanks", "voice", "wall"],
    "bare": ["home", "stream"],
}
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
SMALL = """[...document.querySelectorAll('nav a')].filter(link => {
  const box = link.getBoundingClientRect(); return box.width && (box.height < 24 || box.width < 24);
}).map(link => link.textContent.trim())"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of files by scene and kind."""
    folder = tmp_path_factory.mktemp("theme")
    (folder / "style.css").write_bytes(styles.stylesheet(catalogues.THEME, Brand("Maison", "maison.example,2026"))[1])
    french, found = environment.make("fr"), {}
    for scene, kinds in SHOWN.items():
        for kind in kinds:
            page, view = getattr(scenes, scene)("fr")[kind]
            html = french.get_template(f"{kind}.html").render(site=scenes.site(icon=""), page=page, **view)
            file = folder / f"{scene}-{kind}.html"
            file.write_text(html.replace(ROOT, "./"), "utf-8")
            found[f"{scene}-{kind}"] = file.as_uri()
    return found


def test_a_frame_fits_where_it_is_put(chromium: Any, pages: dict[str, str]) -> None:
    tab = chromium.new_page(viewport={"width": 240, "height": 400})
    for name in ("full-frame", "odd-frame"):
        tab.goto(pages[name])
        assert tab.evaluate(OVERFLOW) <= 0
    tab.close()


@pytest.mark.parametrize("width", [320, 820, 1280])
def test_nothing_runs_over_the_edge(chromium: Any, pages: dict[str, str], width: int) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 800})
    over = {}
    for name, address in pages.items():
        tab.goto(address)
        over[name] = tab.evaluate(OVERFLOW)
    tab.close()

    assert {name: pixels for name, pixels in over.items() if pixels > 0} == {}


def test_the_policy_refuses_nothing_of_ours_and_links_can_be_hit(chromium: Any, pages: dict[str, str]) -> None:
    tab = chromium.new_page(viewport={"width": 390, "height": 800})
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if "ERR_FILE_NOT_FOUND" not in message.text else None)
    small = {}
    for name, address in pages.items():
        tab.goto(address)
        small[name] = tab.evaluate(SMALL)
    tab.close()

    assert said == []
    assert {name: links for name, links in small.items() if links} == {}


def test_the_square_stands_beside_the_house_and_turns_with_it_on_a_phone(chromium: Any, pages: dict[str, str]) -> None:
    tab = chromium.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(pages["full-home"])
    lead, voice = (tab.locator(place).bounding_box() for place in (".home-lead", ".home-voice"))
    tab.set_viewport_size({"width": 390, "height": 800})
    order = [tab.locator(place).bounding_box()["y"] for place in (
        ".home-lead", ".home-voice", ".home-articles", ".home-voices", ".home-testimonial", ".home-ambassadors",
    )]  # fmt: skip
    tab.close()

    assert voice["x"] > lead["x"] + lead["width"]
    assert voice["y"] == lead["y"]
    assert order == sorted(order)


def test_voices_hang_in_the_margin_of_a_wide_article(chromium: Any, pages: dict[str, str]) -> None:
    tab = chromium.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(pages["full-article"])
    text, beside = (tab.locator(place).first.bounding_box() for place in (".article-text", ".beside"))
    tab.close()

    assert beside["x"] >= text["x"] + text["width"]


def test_a_page_goes_dark_with_its_reader(chromium: Any, pages: dict[str, str]) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        tab = chromium.new_page(color_scheme=scheme)
        tab.goto(pages["full-home"])
        grounds.append(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
        tab.close()

    assert grounds == ["rgb(250, 248, 243)", "rgb(26, 23, 20)"]
