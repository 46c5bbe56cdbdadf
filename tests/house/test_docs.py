"""The documentation says what is so: its links lead somewhere, its settings are the code's, its commands exist."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from invoke.collection import Collection

import tasks
from parvis import matter, sources
from parvis.kinds import Article
from parvis.sources.exports import EXPORTS
from parvis.sources.presets import PRESETS
from tests import hub
from tests.house.imports import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MADE = sources.kinds() - set(EXPORTS) - set(PRESETS)
FENCE = re.compile(r"^( *)(```|~~~).*?^\1\2$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
COMMAND = re.compile(r"\binvoke ([a-z]+)([^`|#\n]*)")
OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")
VERBS = {
    name: {"", *(f"--{word.replace('_', '-')}" for argument in task.get_arguments() for word in argument.names)}
    for name, task in Collection.from_module(tasks).tasks.items()
}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def links(page: Path) -> Iterator[str]:
    """Addresses of links that stand outside code."""
    yield from LINK.findall(CODE.sub("", FENCE.sub("", page.read_text("utf-8"))))


def anchors(page: Path) -> set[str]:
    """What a link to a heading may name, as GitHub makes it of the words."""
    headings = HEADING.findall(FENCE.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def wrong(page: Path, link: str) -> bool:
    """Whether a link inside this repository leads nowhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_relative_to(ROOT) or not target.exists():
        return True
    return bool(parts.fragment) and parts.fragment not in anchors(target)


@each_page
def test_a_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if wrong(page, link)] == []


@pytest.mark.parametrize("link", ["nothing.md", "README.md#no-such-heading", "#no-such-heading", "../elsewhere.md"])
def test_a_dead_link_is_seen(link: str) -> None:
    assert wrong(ROOT / "README.md", link)


@each_page
def test_a_command_that_a_page_names_exists_with_its_options(page: Path) -> None:
    used = [(name, option) for name, rest in COMMAND.findall(page.read_text("utf-8")) for option in options(rest)]

    assert [(name, option) for name, option in used if option not in VERBS.get(name, set())] == []


def options(rest: str) -> list[str]:
    """What stands behind a verb: its options, and "" for the verb itself."""
    return ["", *OPTION.findall(rest)]


@pytest.mark.parametrize("page", ["editor.md", "fr/editor.md"])
def test_the_article_that_a_page_shows_is_one(page: str) -> None:
    (shown,) = (text for text in examples(page) if text.startswith("---"))

    assert isinstance(matter.parse(f"{shown}\nText.\n", "content/articles/rain.md").head, Article)


@pytest.mark.parametrize("page", ["community-manager.md", "fr/community-manager.md"])
def test_the_source_and_the_answers_that_a_page_shows_are_taken(page: str, tmp_path: Path) -> None:
    source, _, answers = examples(page)
    item = hub.item().replace("\nstatus:", f"\n{answers.strip()}\nstatus:")

    assert list(hub.load(hub.write(tmp_path, f"-- content/sources.yml --\n{source}{item}")).sources) == ["forum"]
    assert hub.read(tmp_path).faults == ()


@pytest.mark.parametrize("page", ["community-manager.md", "fr/community-manager.md"])
def test_the_places_that_a_page_shows_are_taken_and_every_kind_is_on_it(page: str, tmp_path: Path) -> None:
    _, places, _ = examples(page)
    brand = "-- content/brand.yml --\nname: A\nauthority: a.example,2026\npublic: false\n"
    taken = hub.load(hub.write(tmp_path, f"{brand}-- content/sources.yml --\n{places}")).sources
    text = (ROOT / "docs" / page).read_text("utf-8")

    assert {source.kind for source in taken.values()} == MADE - {"feed", "table"}
    assert {kind for kind in sources.kinds() if f"`{kind}`" not in text} == set()


def examples(page: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_page_of_settings_is_what_the_code_declares() -> None:
    """To mend it: .venv/bin/python docs/settings.py"""
    written = runpy.run_path(str(ROOT / "docs/settings.py"))["page"]()

    assert (ROOT / "docs/settings.md").read_text("utf-8") == written
