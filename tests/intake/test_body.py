"""A stranger's HTML as Markdown: what was written is what a reader sees, and nothing of it does anything."""

from __future__ import annotations

import re
from html import escape
from time import monotonic

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from parvis import html
from parvis.intake import markdown
from parvis.intake.body import LONGEST, body
from parvis.intake.tidy import tidied
from parvis.intake.tree import words
from parvis.site.markdown import convert, strangers
from tests.cases import cases, hostile_html, shared

MARKS = (
    "a", "é", "*", "**", "_", "`", "```", "[", "]", "(", ")", "<", ">", "&", "amp;", "#", "-", "+", "1.", "2)", "|",
    "@", "---", "=", "~~~", "{", "{:", "!", "\\", ":", "[TOC]", "{static}", "https://x.example/c_d", "&#35;", " ", "\n",
)  # fmt: skip
TAGS = (
    "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<ul>", "<li>", "</ul>", "<ol>", "</ol>", "<pre>", "</pre>", "<code>",
    "</code>", "<blockquote>", "</blockquote>", "<h2>", "</h2>", "<a href='https://x.example/(a)?b=&lt;'>", "</a>",
    "<table>", "<tr>", "<td>", "<th>", "</table>", "<img alt='x y'>", "<div>", "</div>", "<hr>", "<br>",
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(MARKS), st.text(max_size=6))
MARKUP = st.lists(st.one_of(TEXT.map(escape), st.sampled_from(TAGS)), max_size=24)
READER = strangers()
BOMBS = (
    "<b>", "<b>x</b> y ", "<div>", "<blockquote>x", "<ul><li>", "<p><i><b id=1>x</p>", "<ol><li>a", "<table><tr><td>",
    "<br>x", "<hr>", "<a>x</a>", "<p>x<ul>", "<", "&lt;", "- ", "@", "0612 ", "a at ", "<img alt='a b'>",
    "<table><tr><th>x</table>", "<ul><li>x</ul>", "<ul><ul><li>x</ul>", "<li><div><ul><li>x</ul></div>",
)  # fmt: skip


def seen(markup: str) -> str:
    """What a reader sees of some HTML, without spaces."""
    return re.sub(r"\s+", "", BeautifulSoup(markup, "html.parser").get_text())


def shown(source: str) -> str:
    """What a reader sees of a draft made of some HTML, once the site has built it."""
    return seen(html.clean(convert(READER, markdown.write(tidied(source)))))


def said(source: str) -> str:
    return re.sub(r"\s+", "", words(tidied(source)))


@pytest.mark.parametrize("case", cases("markdown"))
def test_given_html_becomes_markdown(case: dict[str, str]) -> None:
    assert body(case["given"].rstrip("\n"), "full").text == case["becomes"].rstrip("\n")


@pytest.mark.parametrize("case", cases("markdown"))
def test_markdown_is_read_back_as_the_words_that_were_written(case: dict[str, str]) -> None:
    assert shown(case["given"]) == said(case["given"])


@pytest.mark.parametrize("case", cases("excerpt"))
def test_given_html_becomes_an_excerpt(case: dict[str, str]) -> None:
    assert body(case["given"].rstrip("\n"), "excerpt").text == case["becomes"].rstrip("\n")


@given(MARKUP.map("".join))
def test_whatever_is_written_is_what_a_reader_sees(source: str) -> None:
    assert shown(source) == said(source)


@pytest.mark.parametrize("source", list(hostile_html()))
def test_an_attack_is_seen_as_its_words(source: str) -> None:
    assert shown(source) == said(source)
    assert shown(escape(source)) == said(escape(source))


@pytest.mark.parametrize("source", shared("hostile/naughty-strings.json") or ())
def test_a_naughty_string_is_seen_as_it_is(source: str) -> None:
    plain = f"<p>{escape(source)}<br>{escape(source)}</p><pre>{escape(source)}</pre>"

    assert shown(plain) == said(plain)


@given(MARKUP.map("".join), st.sampled_from(["full", "excerpt"]))
def test_no_markdown_loads_a_picture_or_holds_a_tag(source: str, use: str) -> None:
    made = BeautifulSoup(convert(READER, body(source, use).text), "html.parser")

    assert not made.find_all(["img", "script", "div", "span", "form"])
    assert all(str(link["href"]).startswith("https://x.example/") for link in made.find_all("a"))


@given(st.lists(st.one_of(MARKUP.map("".join), st.just("mot " * 20)), max_size=8).map("".join))
def test_an_excerpt_never_has_more_than_sixty_words(source: str) -> None:
    excerpt = body(source, "excerpt").text

    assert len(excerpt.split()) <= 60
    assert len(seen(html.clean(convert(READER, excerpt))).split()) <= 60


def test_words_without_spaces_are_counted_by_character() -> None:
    assert len(body("漢字" * 100, "excerpt").text) == 61


def test_a_link_alone_holds_no_text() -> None:
    assert body("<p>Bonjour</p>", "link").text == ""


def test_hashtags_and_mentions_are_no_links() -> None:
    tags = "".join(f"<a href='https://m.example/tags/{n}'>#<span>mot{n}</span></a> " for n in range(9))

    assert body(f"{tags}<a href='https://x.example/'>ici</a>", "full").links == 1


def test_what_is_too_long_is_cut_and_told() -> None:
    long = body("<p>" + "mot " * 100_000, "full")

    assert long.cut
    assert len(long.text) <= LONGEST["full"]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_costs_seconds_at_most(bomb: str) -> None:
    began = monotonic()
    made = body(bomb * (LONGEST["excerpt"] // len(bomb)), "excerpt")

    assert monotonic() - began < 30
    assert len(made.text) < 10_000


SIGNS = st.text(st.sampled_from(list("ab é1.-+#>=~*_`[]{}<&;!|\\:()\u00a0\u202f’\u2028\x0c\u200d🚲")), max_size=30)


@given(st.lists(SIGNS, max_size=3))
def test_plain_paragraphs_are_written_as_any_other_tree(texts: list[str]) -> None:
    tree = tidied("".join(f"<p>{escape(text)}</p>" for text in texts))
    quick = markdown.paragraphs(tree)

    assert quick is None or quick == markdown.elaborate(tree)


def test_most_posts_are_plain_paragraphs() -> None:
    assert (
        markdown.paragraphs(tidied("<p>Un mot, puis 2.</p><p>3. Un autre.</p>")) == "Un mot, puis 2.\n\n3\\. Un autre."
    )
