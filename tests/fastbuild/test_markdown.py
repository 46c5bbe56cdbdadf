"""Markdown's short ways lead to the same HTML, and are closed where nobody knows that they do."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from importlib import import_module
from inspect import getsource
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown, util
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.codehilite import CodeHilite
from markdown.inlinepatterns import LINK_RE, InlineProcessor, LinkInlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import Treeprocessor

from fastbuild.markdown import Tuned, highlight, is_short, known
from tests.fastbuild.texts import BITS, ENDS, PELICAN, WAYS, differences, outcome, tuned

DOCUMENTS = Path(__file__).parents[1] / "corpus/python-markdown/documents.jsonl"
INSTANCES = {name: (plain(), short()) for name, (plain, short) in WAYS.items()}
BITS_AND_ENDS = st.lists(st.tuples(st.sampled_from(BITS), st.sampled_from(ENDS)), max_size=25)


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_texts_come_out_the_same(seed: int) -> None:
    assert next(differences(seed, 1000), None) is None


@pytest.mark.parametrize("way", WAYS)
@given(bits=BITS_AND_ENDS)
def test_any_text_comes_out_the_same(way: str, bits: list[tuple[str, str]]) -> None:
    text = "".join(bit + end for bit, end in bits)
    plain, other = INSTANCES[way]

    assert outcome(other, text) == outcome(plain, text)


def test_every_document_of_the_librarys_own_tests_comes_out_the_same() -> None:
    found = []
    for line in DOCUMENTS.read_text("utf-8").splitlines():
        row = json.loads(line)
        options = {
            "extensions": row["extensions"],
            "extension_configs": row.get("configs", {}),
            "output_format": row.get("format", "xhtml"),
            "tab_length": row.get("tab_length", 4),
        }
        if outcome(Markdown(**options), row["text"]) != outcome(tuned(options), row["text"]):
            found.append(row)

    assert found == []


@pytest.mark.parametrize("way", WAYS)
def test_the_ways_of_pelican_and_of_a_hub_are_short(way: str) -> None:
    md = WAYS[way][1]()
    md.convert("Bonjour")

    assert is_short(md)
    assert [*known.strangers(WAYS[way][0](), ("parvis.site.",))] == []


CODES = [
    *(
        "print(1)",
        "#!/usr/bin/perl\nmy $x;",
        "#!python\nx = 1",
        ":::html\n<p>",
        "<?xml version='1.0'?><a/>",
        "plain words",
    ),
    *("<!DOCTYPE html><p>", "#include <stdio.h>", "SELECT 1 FROM a;", "\\documentclass{a}", "", "\n\nx\n\n"),
    *("# vim: ft=ruby", *(path.read_text("utf-8")[:500] for path in sorted(Path(__file__).parent.glob("*.py")))),
]
OPTIONS: list[dict[str, Any]] = [
    *({}, {"guess_lang": False}, {"linenums": True}, {"noclasses": True, "style": "monokai"}, {"linenos": "inline"}),
    *({"css_class": "a", "lineanchors": "b"}, {"use_pygments": False}, {"pygments_formatter": "no"}, {"hl_lines": [1]}),
]


@pytest.mark.parametrize("language", [None, "", "python", "html", "sql", "nope", "Python3"])
def test_code_has_the_same_colours(language: str | None) -> None:
    for code, options, shebang in product(CODES, OPTIONS, (True, False)):
        known = {"src": code, "lang": language, **options}

        assert highlight.CodeHilite(**known).hilite(shebang) == CodeHilite(**known).hilite(shebang)


def test_it_goes_by_name_too() -> None:
    md = Markdown(extensions=["fastbuild.markdown", "extra"])

    assert md.convert("*a*") == "<p><em>a</em></p>"
    assert is_short(md)


class Hearts(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]
        heart = Element("i")
        heart.text = "heart"
        return heart, m.start(), m.end()


class Upper(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [line.upper() for line in lines]


class Letters(BlockProcessor):
    """Takes what any text is made of."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("B")

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "aside").text = blocks.pop(0)


class Last(Treeprocessor):
    def run(self, root: Element) -> None:
        root[-1].set("class", "last")


class Quiet(Postprocessor):
    def run(self, text: str) -> str:
        return text.replace("!", ".")


class Nowhere(LinkInlineProcessor):
    def getLink(self, data: str, index: int) -> Any:
        return ("#", *super().getLink(data, index)[1:])


UNKNOWN: dict[str, Callable[[Markdown], None]] = {
    "a pattern": lambda md: md.inlinePatterns.register(Hearts("<3", md), "hearts", 200),
    "a pattern of plain text": lambda md: md.inlinePatterns.register(Hearts("o", md), "hearts", 1),
    "a preprocessor": lambda md: md.preprocessors.register(Upper(md), "upper", 1),
    "a block processor": lambda md: md.parser.blockprocessors.register(Letters(md.parser), "letters", 11),
    "a treeprocessor": lambda md: md.treeprocessors.register(Last(md), "last", 15),
    "a postprocessor": lambda md: md.postprocessors.register(Quiet(md), "quiet", 1),
    "a known name, another class": lambda md: md.inlinePatterns.register(Nowhere(LINK_RE, md), "link", 160),
    "a known class, another pattern": lambda md: md.inlinePatterns.register(LinkInlineProcessor("@", md), "link", 160),
    "a known class, another priority": lambda md: md.treeprocessors.register(InlineTreeprocessor(md), "inline", 6),
    "one that is gone": lambda md: md.parser.blockprocessors.deregister("hashheader"),
}
TEXT = "Bonjour ! *a* [b](c) <3\n\n# Titre\n\nBon mot @(c)"


@pytest.mark.parametrize("change", UNKNOWN.values(), ids=UNKNOWN)
def test_with_a_part_that_nobody_knows_everything_goes_the_librarys_way(change: Callable[[Markdown], None]) -> None:
    class Own(Extension):
        def extendMarkdown(self, md: Markdown) -> None:
            change(md)

    plain = Markdown(extensions=["extra", Own()])
    for extensions in ([Tuned(), "extra", Own()], ["extra", Own(), Tuned()]):
        md = Markdown(extensions=extensions)

        assert outcome(md, TEXT) == outcome(plain, TEXT)
        assert not is_short(md)


@pytest.mark.parametrize("change", UNKNOWN.values(), ids=UNKNOWN)
def test_a_part_may_come_between_two_texts(change: Callable[[Markdown], None]) -> None:
    plain, md = Markdown(extensions=["extra"]), Markdown(extensions=["extra", Tuned()])
    assert outcome(md, TEXT) == outcome(plain, TEXT)
    assert is_short(md)

    change(plain)
    change(md)

    assert [outcome(md, TEXT) for _ in range(2)] == [outcome(plain, TEXT)] * 2
    assert not is_short(md)


def test_the_short_ways_open_again_where_the_part_goes() -> None:
    md = tuned(PELICAN)
    md.inlinePatterns.register(Hearts("<3", md), "hearts", 200)
    md.convert("a")
    assert not is_short(md)

    md.inlinePatterns.deregister("hearts")
    md.convert("a")

    assert is_short(md)


def test_another_version_of_the_library_goes_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "TRIED", {(3, 10)})
    md = tuned(PELICAN)

    assert md.convert("*a*") == "<p><em>a</em></p>"
    assert not is_short(md)


def test_other_instances_are_as_ever() -> None:
    tuned(PELICAN).convert("*a*")

    assert type(Markdown().treeprocessors["inline"]) is InlineTreeprocessor


READ = {
    "core": "b8fdb3a9eb5b6f13",
    "util": "908fb0650fbaf1d3",
    "blockparser": "8f80902265698aae",
    "blockprocessors": "0522d16c4ddadc75",
    "inlinepatterns": "35f1c45afbc3e901",
    "preprocessors": "a6ae4d9c72a43925",
    "postprocessors": "bd30e317d0b1e125",
    "serializers": "7cef1af99da20252",
    "treeprocessors": "bf575e7cb994079e",
    "htmlparser": "caf8d97bcf231f9a",
    "extensions.abbr": "a1a7d8108ef9c924",
    "extensions.admonition": "57b46c4c80da1155",
    "extensions.attr_list": "7049a49eb61bfce9",
    "extensions.codehilite": "3187b579ef2bed0e",
    "extensions.def_list": "3b8fd17e48fe615c",
    "extensions.extra": "d6f95e4f6f3892e7",
    "extensions.fenced_code": "61a1d4e5b825530a",
    "extensions.footnotes": "6bf0b957333399c4",
    "extensions.md_in_html": "e28812f4970e133f",
    "extensions.meta": "1ab6775ad1c89d92",
    "extensions.sane_lists": "76d51863c957b4a9",
    "extensions.smarty": "efdabc667936dc8d",
    "extensions.tables": "fb23019f3a0f5afc",
    "extensions.toc": "180266be023aa581",
}


@pytest.mark.parametrize("module", READ)
def test_the_library_is_as_it_was_read(module: str) -> None:
    """With a release that changes one of these: read what changed and what of it `fastbuild.markdown` stands for or
    calls by a private name, run `tests.fastbuild.texts` over 200,000 texts, and note the new sums here."""
    source = getsource(import_module(f"markdown.{module}"))

    assert hashlib.sha256(source.encode()).hexdigest()[:16] == READ[module]


def test_what_is_called_by_a_private_name_is_there() -> None:
    names = ("__handleInline", "__applyPattern", "__processPlaceholders")

    assert all(hasattr(InlineTreeprocessor, f"_InlineProcessor{name}") for name in names)
    assert {"_data", "_priority", "_sort"} <= {*dir(util.Registry()), *vars(util.Registry())}
