"""What the pull notices, and what it does not mistake for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from parvis.intake.flags import FLAGS, folded, mixed, pattern
from parvis.model import Person, Review
from tests.intake.items import head, item, source

LINK = "<a href='https://x.example/{}'>ici</a> "


@pytest.mark.parametrize(
    ("flag", "fields"),
    [
        ("no-date", {"published": None}),
        ("no-date", {"published": datetime(9999, 1, 1, tzinfo=UTC)}),
        ("no-words", {"html": "<img src=x>"}),
        ("long", {"html": "<p>" + "mot " * 2001}),
        ("long", {"html": "<p>" + "m" * 300_000}),
        ("links", {"html": "".join(map(LINK.format, range(4)))}),
        ("contact", {"title": "Appelez le 06 12 34 56 78"}),
        ("contact", {"html": "zoe@exemple.example"}),
        ("mixed-script", {"title": "аpple, la vraie"}),
        ("mixed-script", {"author": Person("Zοé")}),
        ("mixed-script", {"url": "https://xn--pple-43d.example/"}),
        ("minor", {"html": "J’ai 12 ans et j’adore"}),
        ("minor", {"html": "I'm 15 years old"}),
        ("word:watch", {"html": "un RETARD de trois semaines"}),
        ("word:senior", {"html": "la plaque d'immatriculation"}),
        ("word:block", {"tags": ("Casino",)}),
        ("low-rating", {"review": Review(rating=2)}),
        ("sensitive", {"signals": ("sensitive",)}),
        ("no-quote", {"signals": ("no-quote",)}),
        ("no-index", {"signals": ("no-index",)}),
    ],
)
def test_it_is_flagged(flag: str, fields: dict[str, Any]) -> None:
    assert head(item(**fields)).flags == (flag,)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"html": "".join(map(LINK.format, range(3)))},
        {"html": "retardement, casinos, complainte"},
        {"title": "Ω et µ : 10 kΩ, 5 μm"},
        {"title": "Москва и Nantes"},
        {"html": "J’ai 42 ans, ma fille a 8 ans"},
        {"review": Review(rating=3)},
        {"published": datetime(1999, 1, 1, tzinfo=UTC)},
    ],
)
def test_it_is_not_flagged(fields: dict[str, Any]) -> None:
    assert head(item(**fields)).flags == ()


def test_words_count_beyond_what_is_kept() -> None:
    far = "<p>" + "mot " * 100 + "plainte</p>"

    assert head(item(html=far), source(use="excerpt")).flags == ("word:senior",)
    assert head(item(html=far), source(use="link")).flags == ("word:senior",)


def test_every_flag_is_explained() -> None:
    assert all(doc.endswith(".") for doc in FLAGS.values())


@pytest.mark.parametrize("text", ["Élève", "ÉLÈVE", "e\u0301le\u0300ve", "ｅｌｅｖｅ"])
def test_accents_and_capitals_make_no_difference(text: str) -> None:
    assert pattern(["élève"]).search(folded(f"un {text}."))


def test_a_greek_or_russian_word_is_no_mixture() -> None:
    assert not mixed("Καλημέρα, Москва, Łódź, straße, 東京 Nantes")
