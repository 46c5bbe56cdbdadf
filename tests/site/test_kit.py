"""Share pages: one for each item and language it has words for, with texts, ways to open them, a code and a sheet."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests import hub
from tests.site.conftest import NOW, Build, article

SITE = f"-- content/brand.yml --\n{hub.BRAND}url: https://www.example.com/hub\n"
TWO = "share:\n  wordings:\n    any: [Venez voir la roue.]\n    en: {any: [Come and see the wheel.]}\n"


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}


def test_an_item_has_a_share_page_in_each_language_that_the_brand_gave_words_in(build: Build) -> None:
    built = build(SITE + article(more=TWO))
    french, english = built("articles/roue/partager/index.html"), built("articles/roue/share/index.html")

    assert french.html["lang"] == "fr" and english.html["lang"] == "en"
    assert english.select_one(".wording-text").get_text().startswith("Come and see the wheel.")
    assert alternates(french) == alternates(english)
    assert alternates(french)["en"] == "https://www.example.com/hub/articles/roue/share/"
    assert not french.select("script:not([type='application/ld+json'])")


def test_a_translation_has_the_share_page_of_its_language(build: Build) -> None:
    translated = article("wheel", title="The wheel", lang="en", more="translation_key: roue\n")
    built = build(SITE + article(more=f"translation_key: roue\n{TWO}") + translated)

    assert not built.files("articles/roue/share/*")
    french = alternates(built("articles/roue/partager/index.html"))
    assert french == alternates(built("en/articles/wheel/share/index.html"))


def test_each_network_has_its_texts_and_its_way_to_open(build: Build) -> None:
    built = build(SITE + article(), PARVIS={"now": NOW, "share": {"tags": "mtm", "instances": ["mastodon.example"]}})
    page = built("articles/roue/partager/index.html")

    ways = [link["href"] for link in page.select(".wording a")]
    assert all(len(box.select(".wording-text")) == 2 for box in page.select(".wording"))
    assert sum(way.startswith("https://mastodon.example/share?text=") for way in ways) == 2
    assert "mtm_source=x" in page.get_text() and "utm_" not in page.get_text()


def test_the_code_is_a_picture_with_a_name(build: Build) -> None:
    page = build(SITE + article())("articles/roue/partager/index.html")

    code = page.select_one("svg.code")
    assert code["role"] == "img" and "https://www.example.com/hub/articles/roue/" in code["aria-label"]


@pytest.mark.parametrize("window", ["embargo: 2027-01-01T00:00:00Z", "until: 2026-01-01T00:00:00Z"])
def test_out_of_its_time_nothing_is_offered(build: Build, window: str) -> None:
    page = build(SITE + article(more=f"share:\n  {window}\n"))("articles/roue/partager/index.html")

    assert not page.select(".wording") and not page.select("svg.code") and page.select(".notice")


def test_an_editor_is_told_of_texts_that_are_shortened_or_not_used(
    build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    x = f"    x:\n      - Court.\n      - {'mot ' * 80}\n"
    long = f"share:\n  wordings:\n    any: [{'mot ' * 200}]\n{x}    es: {{any: [Una]}}\n"
    build(SITE + article(more=long))

    told = [record.getMessage() for record in caplog.records if "share.wordings" in record.getMessage()]
    assert [line.partition(": ")[0] for line in told] == ["content/articles/roue.md:6", "content/articles/roue.md:11"]


PERSON = """
-- content/ambassadors/p.md --
---
id: p-1
title: Fleuriste
handle: gwenola
name: Gwénola Le Goff
code: {code}
lang: fr
consent: {{version: "1", on: 2026-01-05}}
---

Ici.
"""


@pytest.mark.parametrize(("code", "named"), [("GWEN26", True), ("LEGOFF", True), ("goff-1", True), ("PLUIE26", False)])
def test_a_code_that_names_a_person_is_told(
    build: Build, caplog: pytest.LogCaptureFixture, code: str, named: bool
) -> None:
    build(SITE + PERSON.format(code=code))

    assert any("content/ambassadors/p.md:6" in record.getMessage() for record in caplog.records) == named
