"""What holds for every kind of page: full, bare and odd, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup

from parvis.site import catalogues, environment
from tests.theme import scenes

LANGUAGES = ("fr", "en")
SCENES = {"full": scenes.full, "bare": scenes.bare, "odd": scenes.odd}
KINDS = sorted(scenes.full())
TEMPLATES = sorted((catalogues.THEME / "templates").glob("*.html"))
SOURCES = TEMPLATES + sorted((catalogues.THEME / "parts").glob("*/*.html"))
HEADING = re.compile(r"h[1-6]")


@cache
def shown(lang: str, scene: str, kind: str) -> BeautifulSoup:
    page, view = SCENES[scene](lang)[kind]
    text = environment.make(lang).get_template(f"{kind}.html").render(site=scenes.site(lang), page=page, **view)
    return BeautifulSoup(text, "lxml")


PAGES = [
    (lang, scene, kind)
    for lang, scene in (("fr", "full"), ("en", "full"), ("en", "bare"), ("fr", "odd"))
    for kind in KINDS
]


@pytest.fixture(scope="module", params=PAGES, ids="-".join)
def page(request: pytest.FixtureRequest) -> BeautifulSoup:
    return shown(*request.param)


def test_every_kind_of_page_has_a_scene() -> None:
    assert {path.stem for path in TEMPLATES} - {"base", "said"} == set(KINDS)


def test_there_is_one_h1_and_no_level_is_skipped(page: BeautifulSoup) -> None:
    levels = [int(heading.name[1]) for heading in page.find_all(HEADING)]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False) if before)


def test_ids_are_unique_and_what_points_at_them_finds_them(page: BeautifulSoup) -> None:
    ids = Counter(element["id"] for element in page.select("[id]"))

    assert set(ids.values()) <= {1}
    assert {element["aria-labelledby"] for element in page.select("[aria-labelledby]")} <= set(ids)
    assert {link["href"][1:] for link in page.select("a[href^='#']")} <= set(ids)


def test_landmarks_have_names_of_their_own(page: BeautifulSoup) -> None:
    ends = 0 if "page-frame" in page.body["class"] else 1
    assert [len(page.select(one)) for one in ("main", "body > header", "body > footer")] == [1, ends, ends]
    for kind in ("nav", "section"):
        names = [element.get("aria-label") or element.get("aria-labelledby") for element in page.select(kind)]
        assert all(names)
        assert len(names) == len(set(names))


def test_the_first_link_skips_to_the_content(page: BeautifulSoup) -> None:
    if "page-frame" in page.body["class"]:
        pytest.skip("a frame has nothing to skip")
    first = page.body.find("a")

    assert first["href"] == "#content"
    assert page.select_one("main#content")


def test_pictures_have_words_and_never_a_style_or_a_handler(page: BeautifulSoup) -> None:
    assert all("alt" in image.attrs and image.get("decoding") == "async" for image in page.select("main img"))
    assert all(("loading" in image.attrs) != ("fetchpriority" in image.attrs) for image in page.select("main > * img"))
    names = {name for element in page.find_all(True) for name in element.attrs}
    assert not {name for name in names if name == "style" or name.startswith("on")}


def test_no_script_but_data(page: BeautifulSoup) -> None:
    assert {script.get("type") for script in page.find_all("script")} <= {"application/ld+json"}
    assert not page.find_all(["style", "form", "object", "embed"])


def test_frames_show_pages_of_ours_only_and_may_run_nothing(page: BeautifulSoup) -> None:
    shown = page.find_all("iframe")
    policy = page.select_one("meta[http-equiv='Content-Security-Policy']")["content"]

    assert bool(shown) <= ("frame-src 'self'" in policy) == ("page-frames" in page.body["class"])
    assert all(frame["src"].startswith(scenes.ROOT) and "srcdoc" not in frame.attrs for frame in shown)
    assert all(frame["title"] and "allow-scripts" not in frame["sandbox"] for frame in shown)


def test_links_in_a_frame_open_at_the_top() -> None:
    for scene in SCENES:
        links = shown("fr", scene, "frame").select("a")
        assert links and {link.get("target") for link in links} == {"_top"}


def test_dates_can_be_read_by_machines(page: BeautifulSoup) -> None:
    assert all(re.match(r"\d{4}-\d\d-\d\d", time["datetime"]) for time in page.find_all("time"))


def test_links_to_strangers_vouch_for_nothing(page: BeautifulSoup) -> None:
    for link in page.select(".voice a[href^=http], .quote a[href^=http], .signature a[href^=http], .original a"):
        assert {"ugc", "nofollow", "noopener"} <= set(link["rel"])


def test_the_head_names_the_page_and_its_policy(page: BeautifulSoup) -> None:
    policy = page.select_one("meta[http-equiv='Content-Security-Policy']")["content"]

    assert page.html["lang"] in LANGUAGES
    assert page.title.get_text()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(page.select("link[rel=stylesheet]")) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_page_offers_feeds_translations_and_a_card_for_networks(lang: str, kind: str) -> None:
    head = shown(lang, "full", kind).head

    assert {link["hreflang"] for link in head.select("link[hreflang]")} == {"fr", "en", "x-default"}
    assert all(link["href"].startswith("https://") for link in head.select("link[hreflang]"))
    assert {link["type"] for link in head.select("link[rel=alternate][type]")} == {scenes.RSS, scenes.ATOM}
    assert head.select_one("meta[property='og:image']")["content"] == "https://cardan.example/images/carte.png"
    assert head.select_one("meta[property='og:image:width']")["content"] == "1200"
    assert [meta["media"] for meta in head.select("meta[name=theme-color]")] == [
        "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)",
    ]  # fmt: skip


def test_networks_get_the_picture_of_a_page_where_they_can_read_it() -> None:
    page, view = scenes.full()["article"]
    drawn = replace(page, image=scenes.image("pluie.png", "La pluie", 1500, 1000))
    html = environment.make("fr").get_template("article.html").render(site=scenes.site(), page=drawn, **view)
    head = BeautifulSoup(html, "html.parser").head

    assert head.select_one("meta[property='og:image']")["content"].endswith("/images/pluie.png")
    assert head.select_one("meta[property='og:image:alt']")["content"] == "La pluie"


def test_a_long_testimonial_is_set_smaller_than_a_short_one() -> None:
    long = replace(scenes.GIVEN[0], summary="Des mots. " * 30)
    page, view = scenes.full()["home"]
    home = replace(view["home"], testimonial=long)
    html = environment.make("fr").get_template("home.html").render(site=scenes.site(), page=page, home=home)

    assert not shown("fr", "full", "home").select(".quote-long")
    assert BeautifulSoup(html, "html.parser").select(".quote-large.quote-long")


@pytest.mark.parametrize("kind", ["stream", "voice", "list", "home", "404"])
def test_who_where_and_when_stand_before_what_the_community_says(kind: str) -> None:
    for post in shown("fr", "full", kind).select(".voice, .said-community"):
        order = [
            element
            for element in post.find_all(True)
            if {"signature", "e-content", "p-summary"} & set(element.get("class", []))
        ]
        assert "signature" in order[0]["class"]


def test_words_in_another_language_say_which() -> None:
    page = shown("fr", "full", "stream")

    assert [words.get("lang") for words in page.select("blockquote.voice-words")] == [None, None, "nl", "ar"]
    assert page.select_one("blockquote[lang=ar]")["dir"] == "rtl"


def test_voices_stand_between_the_paragraphs_of_an_article() -> None:
    text = shown("fr", "full", "article").select_one(".article-text")
    beside = text.select(":scope > .beside")

    assert [("beside-community" in one["class"], "beside-testimonial" in one["class"]) for one in beside] == [
        (True, False), (False, True),
    ]  # fmt: skip
    assert all(one.find_previous_sibling().name == "p" for one in beside)


def test_on_the_first_day_the_home_page_says_what_will_stand_there() -> None:
    page = shown("fr", "bare", "home")

    assert [code.get_text() for code in page.select(".empty code")] == [
        "invoke new article",
        "invoke pull",
        "invoke review",
    ]
    assert not page.select("section")


@pytest.mark.parametrize("kind", ["list", "stream", "wall", "topics", "archives", "ambassadors", "feeds"])
def test_an_empty_list_says_what_brings_its_first_item(kind: str) -> None:
    assert shown("en", "bare", kind).select(".empty code")


def test_a_preview_may_reload_itself_and_nothing_else() -> None:
    page, view = scenes.full()["home"]
    html = environment.make("fr").get_template("home.html").render(site=scenes.site(preview=True), page=page, **view)
    made = BeautifulSoup(html, "html.parser")

    policy = dict(rule.strip().split(" ", 1) for rule in made.select_one("meta[http-equiv]")["content"].split(";"))
    assert (policy["script-src"], policy["connect-src"], policy["default-src"]) == ("'self'", "'self'", "'none'")
    assert made.select_one(".notice-preview")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_template_trusts_nothing_and_styles_nothing(path: Any) -> None:
    source = path.read_text("utf-8")

    assert not re.search(r"\|\s*safe\b|\bautoescape\b|\bMarkup\(|\sstyle=|<style|\son[a-z]+=", source)
    assert source.startswith("{#-")
