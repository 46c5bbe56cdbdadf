"""Markdown as editors write it, and as strangers may use it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from pelican.readers import MarkdownReader

from parvis.site import markdown

EDITORIAL, STRANGERS = markdown.editorial(), markdown.strangers()


def test_a_titled_picture_alone_in_its_paragraph_gets_its_title_as_a_caption() -> None:
    page = BeautifulSoup(markdown.convert(EDITORIAL, '![A wheel](w.svg "Our <b>wheel</b>")'), "html.parser")

    assert page.figure and page.figure.img and page.figure.figcaption
    assert page.figure.figcaption.text == "Our <b>wheel</b>"
    assert page.img and page.img.attrs == {"alt": "A wheel", "src": "w.svg"}


def test_a_picture_in_a_sentence_stays_where_it_is() -> None:
    page = BeautifulSoup(markdown.convert(EDITORIAL, 'See ![A wheel](w.svg "Ours") here.'), "html.parser")

    assert page.figure is None and page.p and page.p.img


@pytest.mark.parametrize("md", [EDITORIAL, STRANGERS])
def test_the_pages_title_is_its_only_h1(md: object) -> None:
    html = markdown.convert(md, "# One\n\n## Two\n\n###### Six")  # type: ignore[arg-type]

    assert [tag.name for tag in BeautifulSoup(html, "html.parser")(["h1", "h2", "h3", "h6"])] == ["h2", "h3", "h6"]


def test_a_text_that_begins_at_two_keeps_its_headings() -> None:
    assert "<h2" in markdown.convert(EDITORIAL, "## Two") and "<h3" in markdown.convert(EDITORIAL, "### Three")


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "<div onclick=x>y</div>", "![x](https://spy.example/p.gif)", "<!-- x -->"]
)
def test_a_strangers_html_and_pictures_are_only_words(text: str) -> None:
    page = BeautifulSoup(markdown.convert(STRANGERS, text), "html.parser")

    assert {tag.name for tag in page.find_all(True)} <= {"p", "a"}


def test_one_text_leaves_nothing_for_the_next() -> None:
    markdown.convert(EDITORIAL, "[a]: https://x.example\n\nx[^1]\n\n[^1]: note")

    assert markdown.convert(EDITORIAL, "[a] x[^1]") == "<p>[a] x[^1]</p>"


def test_what_pelican_puts_into_its_setting_by_itself_comes_to_no_text() -> None:
    given: dict[str, object] = {"extension_configs": {"markdown.extensions.extra": {}}}
    MarkdownReader({"MARKDOWN": given})

    assert given["extensions"]
    assert markdown.Further.of(given) == ([], {})


def test_what_the_operator_names_comes_with_its_options() -> None:
    given = {"extensions": ["smarty"], "extension_configs": {"smarty": {"smart_dashes": False}, "toc": {}}}

    md = markdown.editorial(markdown.Further.of(given))

    assert markdown.convert(md, '"a" -- b') == "<p>&ldquo;a&rdquo; -- b</p>"
