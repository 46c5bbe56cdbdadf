"""After an edit of some words a hub goes on from where the build before stood; the site is the one of a clean build."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from parvis import matter
from tests import hub
from tests.site.conftest import ROOT, article

SAID = "some words changed, and no list"
CONF = """
from fastbuild import Pelican as PELICAN_CLASS
FASTBUILD = {{"trust": ["parvis"]}}
PATH, OUTPUT_PATH, THEME, PLUGINS = "content", "output", {theme!r}, ["parvis.site"]
DELETE_OUTPUT_DIRECTORY = True
PARVIS = {{"now": "2026-11-20T12:00:00+01:00", "share": {{"cards": 0}}}}
"""
AVIS = "content/testimonials/avis.md"
SITE = (
    "".join(article(f"a{number}", body=f"Texte {number}. [Suite]({{filename}}/articles/a1.md)") for number in range(3))
    + article("roue", lang="en", more="tags: [jardin]\nquotes: [avis]\n")
    + "-- content/pages/nous.md --\n---\nid: nous\ntitle: Nous\nlang: fr\n---\n\nTous.\n"
    + hub.item()
    + hub.item("avis", AVIS, rating=4, tags=["recettes"])
)


def build(folder: Path, *flags: str) -> str:
    command = [sys.executable, "-m", "fastbuild", "-s", "conf.py", "-v", "--fatal", "errors", *flags]
    at_home = {name: value for name, value in os.environ.items() if name != "CI"}
    around = {**at_home, "PYTHONPATH": str(ROOT / "plugins"), "COLUMNS": "300"}
    done = subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def tree(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = hub.write(tmp_path / "hub", SITE)
    (folder / "conf.py").write_text(CONF.format(theme=str(ROOT / "theme")), "utf-8")
    build(folder)
    return folder


def say(folder: Path, path: str, old: str, new: str) -> None:
    """Other words; where a person approved the body, of the body as it is now."""
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    hash = matter.text_hash(matter.split(text, path)[1])
    file.write_text(re.sub(r"(text_hash: ['\"]?)\w{16}", rf"\g<1>{hash}", text, count=1), "utf-8")


def test_where_words_alone_are_others_what_shows_them_is_made_and_else_everything_is_looked_at(built: Path) -> None:
    for path, old, new in (
        ("content/articles/a1.md", "Texte 1", "Autre texte"),
        ("content/articles/a1.md", "Autre texte", "Encore un texte, et *un autre*"),
        ("content/articles/roue.md", "title: ", "title: A new "),
        ("content/pages/nous.md", "Tous.", "Toutes."),
        (AVIS, "\n---\n\n", "\n---\n\nMerci ! "),
    ):
        say(built, path, old, new)
        assert SAID in build(built), path

    (built / "content/articles/photo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    for path, old, new in (
        ("content/articles/a1.md", "lang: fr", "lang: fr\ntags: [jardin]"),
        ("content/articles/a2.md", "[Suite]({filename}/articles/a1.md)", "![photo]({attach}photo.svg)"),
        ("content/articles/a0.md", "Texte 0", "Sans rien"),  # a text that attaches a file: nothing is recalled
    ):
        say(built, path, old, new)
        assert SAID not in build(built), path
    made = tree(built / "output")
    build(built, "--full")
    assert made == tree(built / "output")
