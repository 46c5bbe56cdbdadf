"""No text takes long: what would is told apart by its own length and marks, the same on every machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from parvis.site import bounds, markdown
from tests import hub
from tests.site.conftest import Build, article

SMALL, LARGE = 10_000, 100_000
UNITS = (
    "> ", ">", "- ", "1. ", "* ", "> - ", "*", "_", "**a*", "***a** ", "*_", "__\\!", "[", "[a", "[a](", "[a](b",
    '[a]("', "[a][", "![", "](x)", "[a]: b\n", "[a]:\n", "[a]: <", "<![CDATA[", "`", "`a", "!`", "'`", "```\n",
    "```a\nb\n", "~~~ ", "&amp;", "&", "<", "<a ", "<b>", "\n</b>", "<!--", "<http://a", "{<b ", "|", "|`", "|-|\n",
    "a|b\n-|-\n", "# a\n", "# {::-", "#", "a\n=\n", "-\n", "x\n: y", "a\n", "a\n\n", "    a\n", "- a\n",
    "- a\n\n    b\n\n", "> a\n", "a  \n", "\\*", "\\", " ", "\t", "\u00a0", "\u202e\u05d0", "\0", "\u0301", "a", "[^a]",
    "[^a]: b\n", "*[a]: b\n", "$$", "é ", "\x02klzzwxh:0\x03",
)  # fmt: skip
SHAPES = {
    **{repr(unit): lambda size, unit=unit: unit * (size // len(unit)) for unit in UNITS},
    "a list a level deeper each line": lambda size: "\n".join("    " * n + "- a" for n in range(size // 500)),
    "quotes a level deeper each line": lambda size: "\n".join(">" * n + " a" for n in range(size // 300)),
    "spaces after a fence": lambda size: "~~~" + " " * size + "x",
    "quotes after an address": lambda size: "[a]:" + '"' * size + " : ",
    "code of every width": lambda size: " ".join("`" * (width % 300) for width in range(size // 150)),
}
KINDS = {"editorial": markdown.editorial(), "strangers": markdown.strangers()}
PLAIN = (
    "# Un titre\n\nUn *texte* [avec](https://a.example/) `tout` :\n\n- un\n- deux\n\n> cité\n\n```\ncode\n```\n\n" * 900
)[:LARGE]


@pytest.mark.parametrize("md", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_no_text_takes_long(md: Markdown, shape: Callable[[int], str], size: int) -> None:
    began = time.process_time()
    with suppress(bounds.TooMuch):
        markdown.convert(md, shape(size))

    assert time.process_time() - began < 4


@pytest.mark.parametrize("md", KINDS.values(), ids=KINDS)
def test_a_long_text_of_the_usual_kind_is_none_of_those(md: Markdown) -> None:
    assert len(BeautifulSoup(markdown.convert(md, PLAIN), "html.parser")("blockquote")) > 500


def test_how_deep_a_text_may_nest_does_not_depend_on_who_asks() -> None:
    deep = ">" * (bounds.DEEPEST + 1) + " a"

    def from_further_down(levels: int) -> str:
        return from_further_down(levels - 1) if levels else markdown.said(KINDS["strangers"], deep)

    assert from_further_down(500) == markdown.said(KINDS["strangers"], deep)
    assert "<blockquote>" in markdown.said(KINDS["strangers"], deep[2:])


@pytest.mark.parametrize("text", ["> " * 500 + "*a*", "[a](b" * 20_000])
def test_a_text_that_was_given_up_leaves_nothing_for_the_next(text: str) -> None:
    with pytest.raises(bounds.TooMuch):
        markdown.convert(KINDS["strangers"], text)

    assert markdown.convert(KINDS["strangers"], "> *a*") == "<blockquote>\n<p><em>a</em></p>\n</blockquote>"


def test_a_strangers_text_that_is_too_much_stands_as_it_was_written(build: Build) -> None:
    body = "- " * 2000 + "un <b>mot</b>\n\nDeux."

    page = build(hub.item(use="full").replace("Bonjour.", body))("communaute/forum-1/index.html")

    words = page.find(class_="e-content")
    assert words and [p.text for p in words("p")] == ["- " * 2000 + "un <b>mot</b>", "Deux."]


def test_an_editors_text_that_is_too_much_is_a_fault_with_its_file(
    build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build(article(body="- " * 2000 + "a"))

    assert ended.value.code == 1
    assert "content/articles/roue.md:7: the text nests more than 20 levels deep" in capsys.readouterr().err
