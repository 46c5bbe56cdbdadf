"""A small hub in a temporary folder: the settings of a brand and what else a test writes into it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from parvis import library, matter, settings
from parvis.library import Library
from parvis.settings import Settings

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BRAND = "name: La maison\nauthority: maison.example,2026\nlanguages: [fr, en]\ntopics: [recettes, jardin]\n"
SOURCES = """
forum: {kind: feed, path: demo/forum.rss}
sure: {kind: feed, path: demo/sure.rss, trust: trusted}
avis: {kind: table, path: demo/avis.csv, into: testimonials}
"""
TEAM = "juniors: [lea]\nseniors: [marc]\n"
MODERATION = "delicate: [word:senior]\n"
MARK = re.compile(r"^-- (\S.*) --\n", re.MULTILINE)


def write(folder: Path, site: str = "") -> Path:
    """Writes a hub, and the files of `site`, each after its `-- path --` line. `text_hash: auto` is filled in."""
    files = {"brand.yml": BRAND, "sources.yml": SOURCES, "team.yml": TEAM, "moderation.yml": MODERATION}
    texts = {f"content/{name}": text for name, text in files.items()}
    _, *parts = MARK.split(site)
    texts |= dict(zip(parts[::2], parts[1::2], strict=True))
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if "text_hash: auto" in text:
            text = text.replace("auto", matter.text_hash(matter.split(text, path)[1]))  # noqa: PLW2901
        file.write_text(text, encoding="utf-8", newline="\n")
    return folder


def load(folder: Path) -> Settings:
    return settings.load({}, folder)


def read(folder: Path, *, key: str = "", now: datetime = NOW) -> Library:
    return library.read(load(folder), {"PARVIS_KEY": key}, now)


def item(id: str = "forum-1", path: str = "", **fields: object) -> str:
    """A published and approved community post as a file for `write`; a field that is None is left out."""
    head = {
        "id": id,
        "title": "Un titre",
        "date": "2026-11-02T09:00:00+01:00",
        "author": {"name": "Zoé", "id": "42"},
        "source": "forum",
        "original": "https://forum.example/1",
        "status": "published",
        "approved": {"by": "lea", "on": "2026-11-03", "text_hash": "auto"},
    } | fields
    text = matter.write({name: value for name, value in head.items() if value is not None}, "Bonjour.")
    return f"-- {path or f'content/community/2026/{id}.md'} --\n{text}"
