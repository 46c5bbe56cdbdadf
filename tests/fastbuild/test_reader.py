"""The reader of Markdown gives what Pelican's gives."""

from __future__ import annotations

import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import TocExtension
from pelican import readers
from pelican.contents import Author, Category, Tag
from pelican.settings import DEFAULT_CONFIG

from fastbuild.reader import MarkdownReader
from fastbuild.reading.names import slugged
from tests.fastbuild.texts import BITS, ENDS

HEAD = """Title: Un *titre*
Date: 2026-11-02 09:30
Tags: a, b; c
Authors: Zoé, Ana
Summary: Un [mot](u) *long*[^1]
    sur deux lignes
Slug: un-titre
Custom: 1
    2
"""
BODY = "\n# Titre\n\nUn *mot*[^1], `code`.\n\n[^1]: Une note.\n\n```python\ndef f(): pass\n```\n"
SETTINGS: dict[str, dict[str, Any]] = {
    "pelican's": {},
    "toc": {"extension_configs": {"markdown.extensions.toc": {"permalink": True}, "markdown.extensions.extra": {}}},
    "named": {"extensions": ["markdown.extensions.smarty", "fastbuild.markdown"], "output_format": "xhtml"},
    "unknown": {"extensions": ["markdown.extensions.nl2br"]},
    "an object": {"extensions": [TocExtension()]},
    "a glossary": {"extension_configs": {"markdown.extensions.abbr": {"glossary": {"mot": "Un mot."}}}},
    "counting": {"extensions": ["footnotes"], "extension_configs": {"footnotes": {"UNIQUE_IDS": True}}},
}


def settings(options: dict[str, Any]) -> dict[str, Any]:
    return (
        copy.deepcopy(DEFAULT_CONFIG) | {"FORMATTED_FIELDS": ["summary"]} | ({"MARKDOWN": options} if options else {})
    )


OURS, PELICANS = MarkdownReader(settings({})), readers.MarkdownReader(settings({}))


@pytest.fixture(params=SETTINGS.values(), ids=SETTINGS)
def pair(request: pytest.FixtureRequest) -> tuple[MarkdownReader, readers.MarkdownReader]:
    return MarkdownReader(settings(request.param)), readers.MarkdownReader(settings(request.param))


def test_every_file_gives_the_same_html_and_metadata(pair: tuple[Any, Any], tmp_path: Path) -> None:
    for number, text in enumerate((HEAD + BODY, BODY, "", HEAD, "\ufeff" + HEAD + BODY, HEAD + BODY)):
        file = tmp_path / f"{number}.md"
        file.write_text(text, "utf-8")

        assert [*map(plain, pair[0].read(str(file)))] == [*map(plain, pair[1].read(str(file)))]


@given(st.lists(st.lists(st.tuples(st.sampled_from(BITS), st.sampled_from(ENDS)), max_size=12), max_size=4))
def test_any_files_give_the_same_one_after_the_other(files: list[list[tuple[str, str]]]) -> None:
    with TemporaryDirectory() as folder:
        for bits in files:
            file = Path(folder) / "a.md"
            file.write_text(HEAD + "".join(bit + end for bit, end in bits), "utf-8", newline="")

            assert [*map(plain, OURS.read(str(file)))] == [*map(plain, PELICANS.read(str(file)))]


def test_metadata_inside_a_summary_is_text(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("Summary: Note: this\n\nBody", "utf-8")

    assert MarkdownReader(settings({})).read(str(file))[1] == {"summary": "<p>Note: this</p>"}


PAIRS = [
    [kind(settings(options)) for kind in (MarkdownReader, readers.MarkdownReader)]
    for options in ({}, SETTINGS["named"], SETTINGS["a glossary"])
]


SIGNS = [*"aZé1º漢 ,.;:!?()'’-–—…«»\u00a0\u0301_*[#", "mot"]


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join))
def test_a_field_of_plain_words_is_what_pelican_makes_of_it(field: str) -> None:
    for ours, pelicans in PAIRS:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "a.md"
            file.write_text(f"Summary: {field}\n\nBody of mot", "utf-8")

            assert ours.read(str(file)) == pelicans.read(str(file))


def test_its_name_is_pelicans() -> None:
    assert MarkdownReader.__name__ == readers.MarkdownReader.__name__


def plain(value: Any) -> Any:
    """What can be compared."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value if isinstance(value, str) else (type(value).__name__, str(value), getattr(value, "slug", ""))


@pytest.mark.parametrize("name", ["Zoé", "C++", "---", "  a  b ", "É è"])
def test_a_slug_that_is_known_is_the_one_that_would_be_computed(name: str) -> None:
    known: dict[tuple[type, str], str] = {}
    for kind in (Tag, Category, Author):
        for _ in range(2):
            made, own = kind(name, settings({})), kind(name, settings({}))
            slugged([made], known)

            assert (made.slug, made.url, made == own) == (own.slug, own.url, True)
            made.name = "other"
            assert made.slug == "other"
