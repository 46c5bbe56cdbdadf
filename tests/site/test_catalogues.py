"""Every word of the interface exists in every language, and no word is left over."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from parvis.site import catalogues

LANGUAGES = ("fr", "en")
SITE = Path(catalogues.__file__).parent
WORDS = ["_", "gettext", "ngettext", "words", "_own", "_say"]
HOLE = re.compile(r"%\(\w+\)s")
Id = str | tuple[str, str]


@cache
def catalogue(lang: str) -> Catalog:
    return read_po(BytesIO((catalogues.THEME / "locales" / f"{lang}.po").read_bytes()), locale=lang)


@cache
def used() -> set[Id]:
    """msgids of templates and of the rooms that make pages; of plurals, singular and plural."""
    options = {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
    found: set[Id] = set()
    for folder in ("templates", "parts"):
        for path in sorted((catalogues.THEME / folder).rglob("*.html")):
            found |= {
                _id(message) for _, _, message, _ in babel_extract(BytesIO(path.read_bytes()), WORDS, [], options)
            }
    for path in sorted(SITE.rglob("*.py")):
        found |= {
            _id(message)
            for _, _, message, _ in extract_python(BytesIO(path.read_bytes()), WORDS, [], {})
            if _id(message)
        }
    return found - {""}


def _id(message: str | tuple[str | None, ...] | None) -> Id:
    if isinstance(message, tuple):
        parts = [part for part in message if part]
        return (parts[0], parts[1]) if len(parts) == 2 else (parts or [""])[0]
    return message or ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_there_and_none_is_left_over(lang: str) -> None:
    there = {message.id for message in catalogue(lang) if message.id and not message.context}

    assert {words for words in used() if words not in there} == set()
    assert {words for words in there if words not in used()} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_translated_and_keeps_its_holes(lang: str) -> None:
    for message in catalogue(lang):
        if message.id:
            originals = message.id if isinstance(message.id, tuple) else (message.id,)
            translations = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(translations), message.id
            assert not message.fuzzy
            for text in translations:
                assert set(HOLE.findall(text)) == set(HOLE.findall(originals[0]))


def test_french_has_its_own_spaces() -> None:
    for message in catalogue("fr"):
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            if message.id:
                assert not re.search(r" [:;!?»]|« |'", text), text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", catalogues.SEGMENTS)
def test_a_part_of_an_address_needs_no_escaping(lang: str, name: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", catalogues.segment(lang, name))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_lists_have_the_same_address(lang: str) -> None:
    segments = [catalogues.segment(lang, name) for name in catalogues.SEGMENTS]

    assert len(segments) == len(set(segments))


def test_french_lists_have_french_addresses() -> None:
    assert catalogues.segment("fr", "community") == "communaute"
    assert catalogues.segment("en", "community") == "community"


def test_an_unknown_part_of_an_address_is_refused() -> None:
    with pytest.raises(KeyError):
        catalogues.segment("fr", "comunity")


def test_a_brand_changes_one_word_and_keeps_the_others(tmp_path: Path) -> None:
    locales = tmp_path / "locales"
    locales.mkdir()
    (locales / "fr.po").write_text('msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "Topics"\nmsgstr "Chemins"\n', "utf-8")

    words = catalogues.read("fr", (tmp_path, catalogues.THEME))

    assert words.gettext("Topics") == "Chemins"
    assert words.gettext("Archives") == "Archives"
    assert words.pgettext("address", "feeds") == "flux"


def test_plurals_are_those_of_the_language() -> None:
    french, english = (catalogues.read(lang) for lang in LANGUAGES)

    assert french.ngettext("%(count)s item", "%(count)s items", 0) == "%(count)s élément"
    assert english.ngettext("%(count)s item", "%(count)s items", 0) == "%(count)s items"
