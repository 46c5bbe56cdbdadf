"""What a card shows of a text."""

from __future__ import annotations

import pytest

from parvis.site.cards import words
from tests import hub
from tests.site.conftest import Build


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("un deux trois", "un deux trois"),
        ("un deux trois, quatre", "un deux trois…"),
        ("x" * 36, "x" * 36),
        ("x" * 37, "x" * 36 + "…"),
        ("x" * 40 + " y", "x" * 36 + "…"),
    ],
)
def test_of_a_text_the_first_words_are_shown_and_not_without_end(text: str, shown: str) -> None:
    assert words(text, 3) == shown


def test_a_text_without_spaces_stands_whole_on_its_own_page_only(build: Build) -> None:
    text = "永" * 5000

    built = build(hub.item(use="full").replace("Bonjour.", text))

    assert text in built("communaute/forum-1/index.html").text
    assert text not in built("communaute/index.html").text
    assert text not in (built.output / "communaute/forum-1/partager/index.html").read_text("utf-8")
