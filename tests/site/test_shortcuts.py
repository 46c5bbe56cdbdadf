"""The short way through Markdown leads to the same HTML."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from parvis.site import shortcuts

EVERYTHING = ["extra", "codehilite", "sane_lists", "toc"]
LONG, SHORT = Markdown(extensions=EVERYTHING), Markdown(extensions=[*EVERYTHING, shortcuts.Shortcuts()])
BITS = """mot|Été|Du texte, simple ici.|12 % (peu)|1. un|1)|- x|* y|+|> cité|# un|## deux {#z}|    code|  |\\|\\*|*|**
_|__|`|``|[l](u)|[l][r]|[r]: http://x.example "t"|![i](p)|![i][r]|<http://a.example>|<a@b.example>|<b>|</b>|<div>|</div>|
<div markdown="1">|&amp;|&|[^1]|[^1]: note|*[abc]: Def|abc|{.c}|{: #i .c }|: def|Terme|~~~|``` python|---|===|***|[TOC]|
!|[|]|(|)|<|a_b_c|2*3*4|x  |<!-- c -->|http://x.example|AT&T|\x02|wzxhzdk:0"""
WORDS = st.sampled_from([bit.strip("\n") for bit in BITS.split("|")] + ["| a | b |\n|---|---|\n| c | d |"])
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", "\n", "\n\n", "  \n", "\n    "])), max_size=25)


@given(TEXTS)
def test_every_text_becomes_what_markdown_makes_of_it(bits: list[tuple[str, str]]) -> None:
    text = "".join(word + end for word, end in bits)

    assert SHORT.reset().convert(text) == LONG.reset().convert(text)


@pytest.mark.parametrize("name", shortcuts.SIGNS)
def test_what_is_passed_over_is_markdowns_own(name: str) -> None:
    assert name in LONG.inlinePatterns
    assert type(LONG.inlinePatterns[name]).__module__.startswith("markdown.")


def test_the_patterns_of_others_are_asked_as_ever() -> None:
    class Hearts(InlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]
            heart = Element("i")
            heart.text = "heart"
            return heart, m.start(), m.end()

    class Own(Extension):
        def extendMarkdown(self, md: Markdown) -> None:
            md.inlinePatterns.register(Hearts("<3", md), "hearts", 200)

    both = [Markdown(extensions=["extra", Own(), *more]) for more in ([], [shortcuts.Shortcuts()])]

    assert [md.convert("Nous <3 vous") for md in both] == ["<p>Nous <i>heart</i> vous</p>"] * 2
