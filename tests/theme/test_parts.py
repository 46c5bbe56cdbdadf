"""Each part shows what its examples say, and never what they rule out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from parvis.site import catalogues, environment
from parvis.site.views import Signature
from tests.theme import scenes

PARTS = catalogues.THEME / "parts"
FOLDERS = sorted(path for path in PARTS.iterdir() if path.is_dir())
LIKE: dict[str, Any] = {
    "article": scenes.LEAD,
    "voice": scenes.VOICES[0],
    "testimonial": scenes.GIVEN[0],
    "site": scenes.site(),
    "page": scenes.page("list", "Articles"),
}
FRENCH = environment.make("fr")


def examples() -> Iterator[Any]:
    for folder in FOLDERS:
        for example in tomllib.loads((folder / "examples.toml").read_text("utf-8"))["example"]:
            yield pytest.param(folder, example, id=f"{folder.name}: {example['name']}")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_part_is_a_folder_with_a_macro_and_examples(folder: Path) -> None:
    assert (folder / f"{folder.name}.html").read_text("utf-8").startswith("{#-"), "begins by saying what it is"
    assert (folder / "examples.toml").is_file()


@pytest.mark.parametrize(("folder", "example"), list(examples()))
def test_a_part_shows_what_its_example_says(folder: Path, example: dict[str, Any]) -> None:
    module = FRENCH.get_template(f"{folder.name}/{folder.name}.html").module
    macro = getattr(module, example.get("macro", folder.name))
    given = {name: resembling(value) for name, value in example.get("given", {}).items()}

    shown = BeautifulSoup(macro(**given), "html.parser")

    for selector, words in example.get("shows", {}).items():
        found = shown.select_one(selector)
        assert found, f"{selector} is not there"
        assert said(found.get_text()) == said(words)
    for selector in example.get("never", ()):
        assert not shown.select(selector), selector


def said(text: str) -> str:
    """Words without a care for the kind of space between them."""
    return " ".join(text.split())


def resembling(value: Any) -> Any:
    """A view that is like one of the scenes but for some fields; anything else as it is."""
    if not (isinstance(value, dict) and "like" in value):
        return value
    model = LIKE[value["like"]]
    known = {field.name for field in fields(model)}
    changes = {name: changed for name, changed in value.items() if name in known}
    assert set(value) - known == {"like"}, "a field that no view has"
    if isinstance(author := changes.get("author"), dict):
        changes["author"] = Signature(**author)
    if changes.get("image") is False:
        changes["image"] = None
    return replace(model, **changes)
