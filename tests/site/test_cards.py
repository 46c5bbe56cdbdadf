"""What a card shows of a text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from markupsafe import Markup

from parvis.kinds import Article
from parvis.matter import Document
from parvis.site.cards import words
from parvis.site.pieces import Piece
from tests import hub
from tests.site.conftest import Build

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


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


@pytest.mark.parametrize(
    "html", ["<p>Un mot.</p>", "<p>un <em>mot</em> &amp; &lt;b&gt; é</p>\n" * 300, "<style>p {}</style>" * 400]
)
def test_the_opening_of_a_text_shows_the_same_first_words(html: str) -> None:
    piece = Piece(
        Document("a.md", Article(id="a", title="A", date=NOON), "", 1), "articles", "a/", "fr", "fr", Markup(html), NOON
    )

    assert words(piece.opening, 60) == words(piece.words, 60)


def test_a_text_without_spaces_stands_whole_on_its_own_page_only(build: Build) -> None:
    text = "永" * 5000

    built = build(hub.item(use="full").replace("Bonjour.", text))

    assert text in built("communaute/forum-1/index.html").text
    assert text not in built("communaute/index.html").text
    assert text not in (built.output / "communaute/forum-1/partager/index.html").read_text("utf-8")
