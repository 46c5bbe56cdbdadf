"""Hashtags are words, or nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.site.hashtags import hashtags


@pytest.mark.parametrize(
    ("tag", "made"),
    [
        ("vélo cargo", "#VéloCargo"),
        ("bike-to-work", "#BikeToWork"),
        ("l’hiver", "#LHiver"),
        ("SNCF", "#SNCF"),
        ("#déjà", "#Déjà"),
        ("自転車", "#自転車"),
        ("हिन्दी", "#हिन्दी"),
        ("top 10", "#Top10"),
    ],
)
def test_a_tag_becomes_one_word_with_a_capital_for_each(tag: str, made: str) -> None:
    assert hashtags([tag]) == (made,)


@pytest.mark.parametrize(
    "tag",
    ["", "2026", "C++", "<script>", "a/b", "@zoe", "R&D", "x" * 40, "🚲", "a\u202eb", "https://x.example", "é" * 31],
)
def test_what_would_become_another_word_becomes_none(tag: str) -> None:
    assert hashtags([tag]) == ()


def test_each_stands_once_however_it_is_written() -> None:
    assert hashtags(["Vélo cargo", "vélo-cargo", "Nantes"]) == ("#VéloCargo", "#Nantes")


@given(st.lists(st.text()))
def test_whatever_tags_hold_hashtags_hold_letters_marks_and_digits(tags: list[str]) -> None:
    for made in hashtags(tags):
        assert made[0] == "#" and all(unicodedata.category(letter)[0] in "LMN" for letter in made[1:])
