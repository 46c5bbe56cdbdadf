"""Voices stand after paragraphs, never inside anything; wide things take the keyboard's focus."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from parvis.site import passages, tags
from parvis.site.wide import Wide
from tests.theme.scenes import VOICES

CARD = VOICES[0]
WIDE = Wide("Tableau", "Code")
GROUP = 'tabindex="0" role="group" aria-label='


def cards(count: int) -> list[passages.Card]:
    return [replace(CARD, key=str(number)) for number in range(count)]


def placed(html: str, count: int) -> list[tuple[str, list[str]]]:
    return [(str(one.text), [card.key for card in one.cards]) for one in passages.beside(Markup(html), cards(count))]


@pytest.mark.parametrize(
    ("html", "count", "expected"),
    [
        ("<p>a</p><p>b</p>", 0, [("<p>a</p><p>b</p>", [])]),
        ("<p>a</p><p>b</p>", 1, [("<p>a</p>", ["0"]), ("<p>b</p>", [])]),
        ("<p>a</p><p>b</p>", 2, [("<p>a</p>", ["0"]), ("<p>b</p>", ["1"]), ("", [])]),
        ("<p>a</p>", 2, [("<p>a</p>", ["0", "1"]), ("", [])]),
        ("", 1, [("", ["0"]), ("", [])]),
        ("<ul><li><p>a</p></li></ul>", 1, [("<ul><li><p>a</p></li></ul>", ["0"]), ("", [])]),
        ("<blockquote><p>a</p></blockquote><p>b</p><p>c</p>", 1,
         [("<blockquote><p>a</p></blockquote><p>b</p>", ["0"]), ("<p>c</p>", [])]),
        ("<p>a<br>b<img src='x'></p><p>c</p>", 1, [("<p>a<br>b<img src='x'></p>", ["0"]), ("<p>c</p>", [])]),
        ('<p title="</p>">a</p><p>b</p>', 1, [('<p title="</p>">a</p>', ["0"]), ("<p>b</p>", [])]),
        ("<p>a</p><!-- <p> --><p>b</p>", 1, [("<p>a</p>", ["0"]), ("<!-- <p> --><p>b</p>", [])]),
        ("<div><p>never closed</p>", 1, [("<div><p>never closed</p>", ["0"]), ("", [])]),
    ],
)  # fmt: skip
def test_a_voice_stands_after_a_paragraph(html: str, count: int, expected: list[tuple[str, list[str]]]) -> None:
    assert placed(html, count) == expected


@given(st.integers(0, 12), st.integers(0, 6))
def test_no_word_is_lost_and_voices_keep_their_order(paragraphs: int, count: int) -> None:
    html = "<h2>x</h2>".join(f"<p>{number}</p>" for number in range(paragraphs))

    found = placed(html, count)

    assert "".join(text for text, _ in found) == html
    assert [key for _, keys in found for key in keys] == [str(number) for number in range(count)]


@given(st.text(alphabet="<>/!-pdiv \"'=a"))
def test_the_pieces_of_a_source_are_the_source(html: str) -> None:
    assert "".join(piece.source for piece in tags.pieces(html)) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<table><tr></tr></table>", f'<div class="scroll" {GROUP}"Tableau"><table><tr></tr></table></div>'),
        ("<table><tr><td><table></table></td></tr></table>",
         f'<div class="scroll" {GROUP}"Tableau"><table><tr><td><table></table></td></tr></table></div>'),
        ('<pre class="x"><code>a</code></pre>', f'<pre {GROUP}"Code" class="x"><code>a</code></pre>'),
        ('<pre tabindex="0">a</pre>', '<pre tabindex="0">a</pre>'),
    ],
)  # fmt: skip
def test_what_may_be_wide_can_be_scrolled_by_keyboard(html: str, expected: str) -> None:
    assert WIDE(Markup(html)) == expected


def test_text_that_passed_no_gate_stays_text() -> None:
    assert WIDE("<pre>") == "&lt;pre&gt;"  # type: ignore[arg-type]
    assert placed("", 0) == [("", [])]
    assert passages.beside("<b>", ())[0].text == "&lt;b&gt;"  # type: ignore[arg-type]
