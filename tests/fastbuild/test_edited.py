"""After an edit that changes no list, only what changed is read and made; the site is the one of a clean build."""

from __future__ import annotations

from typing import Any

import pytest

from fastbuild.census import MANIFEST
from tests.fastbuild.sites import Site, tree
from tests.fastbuild.test_nothing_changed import run

SAID = "some words changed, and no list"
SETTINGS: dict[str, Any] = {
    "DEFAULT_LANG": "en", "DEFAULT_PAGINATION": 3, "FEED_MAX_ITEMS": 4, "TAG_FEED_RSS": "feeds/{slug}.rss",
    "TRANSLATION_FEED_ATOM": "feeds/lang-{lang}.xml", "FEED_ALL_ATOM": "feeds/all.xml", "FEED_ALL_RSS": "feeds/all.rss",
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
}  # fmt: skip


@pytest.fixture
def built(site: Site) -> Site:
    for number in range(5):
        body = f"Words {number}. [Next]({{filename}}/a{(number + 1) % 5}.md)\n\n![dot]({{static}}/images/dot.png)"
        site.article(f"a{number}", body, day=1 + number % 3, head=f"Slug: a{number}\nTags: t{number % 2}, c\n")
    site.article("waits", head="Status: draft\n")
    site.article("a0-fr", head="Slug: a0\nLang: fr\n")
    site.write("content/pages/about.md", "Title: About\nSummary: As [here]({filename}/a1.md)\n\nHi.\n")
    site.write("content/images/dot.png", "a picture")
    site.conf(OUTPUT_PATH="output", **SETTINGS)
    (site.folder / "stock").mkdir()  # a name that an import could mean
    assert run(site, "-v").code == 0
    return site


def edit(site: Site, path: str, old: str, new: str) -> str:
    """What the build after the edit said; its site is compared with a clean one."""
    file = site.folder / "content" / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    done = run(site, "-v", COLUMNS="300")
    assert done.code == 0, done.said
    assert tree(site.output) == site.stock(**SETTINGS)
    return done.said


def test_words_that_no_list_shows_are_made_alone(built: Site) -> None:
    manifest = (built.notes / MANIFEST).read_bytes()

    for path, old, new in (
        ("a3.md", "Words 3", "Other words"),
        ("a0.md", "Title: a0", "Title: A & new"),
        ("a0-fr.md", "Words", "Mots"),
        ("waits.md", "Words", "Others"),
        ("pages/about.md", "a1.md", "a2.md"),
    ):
        assert SAID in edit(built, path, old, new), path
    assert (built.notes / MANIFEST).read_bytes() == manifest
    assert "nothing changed" in run(built, "-v").said


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("a3.md", "Tags: t1", "Tags: t2"),
        ("a3.md", "Date: 2026-03-01", "Date: 2026-04-05"),
        ("a3.md", "Slug: a3", "Slug: elsewhere"),
        ("waits.md", "draft", "published"),
        ("images/dot.png", "a picture", "another one"),
    ],
)
def test_what_lists_are_made_of_is_listed_anew(built: Site, path: str, old: str, new: str) -> None:
    assert SAID not in edit(built, path, old, new)
    assert SAID in edit(built, "a1.md", "Words 1", "Later words")


def test_what_a_person_did_to_the_output_is_mended_or_kept(built: Site) -> None:
    built.write("output/a1.html", "mine")
    assert SAID not in edit(built, "a3.md", "Words 3", "Other words")

    built.write("output/mine.txt", "mine")
    file = built.folder / "content/a3.md"
    file.write_text(file.read_text() + "\nMore.\n")
    assert SAID not in run(built, "-v", COLUMNS="300").said
    assert tree(built.output) == {**built.stock(**SETTINGS), "mine.txt": b"mine"}


def test_a_store_that_is_lost_or_of_another_build_tells_of_no_edit(built: Site) -> None:
    store = built.notes / "store.sqlite"
    before = store.read_bytes()
    assert SAID in edit(built, "a3.md", "Words 3", "Other words")

    store.write_bytes(before)
    assert SAID not in edit(built, "a1.md", "Words 1", "Other words")
    store.unlink()
    assert SAID not in edit(built, "a1.md", "Other words", "Third words")
    assert SAID in edit(built, "a1.md", "Third words", "Last words")


def test_what_a_person_puts_there_meanwhile_stays(built: Site) -> None:
    comes = "if 'person' in open('content/a3.md').read():\n    open('output/mine.txt', 'w').write('mine')\n"
    built.conf(comes, OUTPUT_PATH="output", **SETTINGS)
    assert run(built).code == 0

    file = built.folder / "content/a3.md"
    file.write_text(file.read_text() + "\nA person comes.\n")
    assert run(built).code == 0
    assert tree(built.output) == {**built.stock(**SETTINGS), "mine.txt": b"mine"}
