"""Which items of a source are wanted: by words, tags, language, age, length and likes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from parvis import sources as kinds
from parvis.html import plain
from parvis.intake import filters, tongues
from parvis.intake.draft import NOTHING
from parvis.intake.shelf import Place
from parvis.model import Item
from parvis.sources import Got
from tests.cases import SHARED, shared
from tests.intake.items import head, item, source
from tests.intake.projects import Hub, post

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FRENCH = "Le vélo est dans la rue, et nous avons une nouvelle selle pour les enfants."
ENGLISH = "The bike is in the street, and we have a new saddle for the children."
EXPECTED = shared("feeds/expected.json") or {}


def why(said: Item, **options: Any) -> list[str]:
    return list(filters.unwanted(source(**options), said, NOW))


@pytest.mark.parametrize(
    ("options", "fields", "out"),
    [
        ({"only_tags": ("vélo",)}, {"tags": ("#VELO",)}, []),
        ({"only_tags": ("vélo",)}, {"tags": ("train",)}, ["only_tags"]),
        ({"only_tags": ("vélo",)}, {}, ["only_tags"]),
        ({"not_tags": ("Publicité",)}, {"tags": ("publicite",)}, ["not_tags"]),
        ({"not_tags": ("pub",)}, {"tags": ("publicité",)}, []),
        ({"max_age": 10}, {"published": NOW - timedelta(days=9)}, []),
        ({"max_age": 10}, {"published": NOW - timedelta(days=11)}, ["max_age"]),
        ({"max_age": 10}, {"published": None}, []),
        ({"min_words": 3}, {"html": "<p>un <b>deux</b></p>"}, ["min_words"]),
        ({"min_words": 3}, {"html": "<p>un</p><p>deux trois</p>"}, []),
        ({"min_likes": 2}, {"likes": 1}, ["min_likes"]),
        ({"min_likes": 2}, {"likes": 2}, []),
        ({"min_likes": 2}, {"likes": None}, []),
        ({"languages": ("fr",)}, {"html": FRENCH}, []),
        ({"languages": ("fr",)}, {"html": ENGLISH, "title": ""}, ["languages"]),
        ({"languages": ("fr",)}, {"html": ENGLISH, "lang": "fr-CA"}, []),
        ({"languages": ("fr",), "lang": "en"}, {"html": FRENCH}, ["languages"]),
        ({"languages": ("fr",)}, {"html": "OK !", "title": ""}, []),
        ({"include": ("selle",), "exclude": ("casino",)}, {"html": FRENCH}, []),
        ({"include": ("pédale",), "exclude": ("selle",)}, {"html": FRENCH}, ["include", "exclude"]),
    ],
)
def test_an_item_is_wanted_or_not(options: dict[str, Any], fields: dict[str, Any], out: list[str]) -> None:
    assert why(item(**fields), **options) == out


def test_what_was_kept_out_is_told_by_option(tmp_path: Path) -> None:
    options = "max_age: 365, only_tags: [vélo], min_words: 2"
    hub = Hub(tmp_path, f"forum: {{kind: feed, path: demo/forum.json, {options}}}\n")
    hub.say(
        post("1", tags=["Vélo"], date_published="2030-01-01T00:00:00Z"),
        post("2", tags=["train"], date_published="2030-01-01T00:00:00Z"),
        post("3", tags=["vélo"], date_published="2001-01-01T00:00:00Z"),
        post("4", tags=["vélo"], date_published="2030-01-01T00:00:00Z", content_html="court"),
    )
    account = hub.pull()

    assert account.sum == (1, 0, 0, 0, 3)
    assert account.lines[0].kept.notes == ["kept out by its filters: 1 by max_age, 1 by min_words, 1 by only_tags"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("C’est l’été, on y va quand même.", "fr"),
        ("I don't know what it's about.", "en"),
        ("Ich weiß nicht, was das ist und warum es hier steht.", "de"),
        ("No sé lo que es esto, pero me gusta mucho.", "es"),
        ("Non so che cosa sia questo, ma mi piace molto.", "it"),
        ("Não sei o que é isto, mas gosto muito.", "pt"),
        ("Ik weet niet wat dit is, maar het is wel leuk.", "nl"),
        ("", ""),
        ("OK", ""),
        ("https://the.example/and/of/the/is #the @and", ""),
        ("Версия the and of выпущена is сегодня", ""),
        ("v1.2.3 v1.2.4 v1.2.5", ""),
    ],
)
def test_the_language_of_words_is_found_or_left_open(text: str, lang: str) -> None:
    assert tongues.found(text) == lang


@pytest.mark.skipif(not EXPECTED, reason="the shared feeds are not here")
def test_the_language_of_real_posts_is_the_one_they_declare() -> None:
    right = wrong = unsure = 0
    for name in EXPECTED:
        got = Got((SHARED / "feeds" / name).read_bytes(), "https://a.example/")
        try:
            told = [
                each for each in kinds.read("feed", "s", lambda _, got=got: got, url=got.url) if isinstance(each, Item)
            ]
        except Exception:
            continue
        for said in told:
            declared, found = said.lang.partition("-")[0], tongues.found(f"{said.title}\n{plain(said.html[:4000])}")
            if declared in tongues.SMALL_WORDS:
                right, wrong = right + (found == declared), wrong + (found not in ("", declared))
                unsure += not found
    assert wrong == 0
    assert right > 200 and unsure < right / 8


def test_a_language_that_is_not_declared_is_found() -> None:
    assert head(item(html=ENGLISH, title="", lang="")).lang == "en"
    assert head(item(html=FRENCH, title="", lang="en")).lang == "en"
    assert head(item(html="OK", title="", lang="")).lang == "fr"


@pytest.mark.parametrize(("days", "flags"), [(0, ()), (1, ()), (5, ("re-dated",)), (-5, ())])
def test_a_date_that_moves_on_is_noticed(days: int, flags: tuple[str, ...]) -> None:
    said = item()
    assert said.published
    known = Place("community/2026/a.md", date=(said.published - timedelta(days=days)).isoformat())

    assert filters.re_dated(said, known).flags == flags
    assert filters.re_dated(item(published=None), known) == NOTHING


def test_an_old_post_that_is_shown_as_new_waits_with_a_mark(tmp_path: Path) -> None:
    hub = Hub(tmp_path, "forum: {kind: feed, path: demo/forum.json, use: full, permission: x, trust: trusted}\n")
    hub.say(post("1", date_published=None))
    hub.pull()
    hub.say(post("1"))
    hub.pull()
    assert hub.heads()[0].flags == ()

    waiting = Hub(tmp_path / "b")
    waiting.say(post("1", date_published="2020-01-01T00:00:00Z"))
    waiting.pull()
    waiting.say(post("1"))
    waiting.pull()
    (marked,) = waiting.heads()
    assert (marked.flags, marked.held) == (("re-dated",), "it first came with the date 2020-01-01")
    before = waiting.everything
    assert waiting.pull().sum == (0, 0, 0, 1, 0)
    assert waiting.everything == before
