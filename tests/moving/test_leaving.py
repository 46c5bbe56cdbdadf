"""What others take along holds all there is, nothing that was withdrawn, and no formula."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from parvis import settings
from parvis.moving import lists, verbs
from tests import hub

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SOURCES = "forum: {kind: feed, url: 'https://forum.example/feed?a=1&b', label: {fr: Le forum & nous}, lang: fr}\n"


def taken(folder: Path, site: str = "") -> tuple[list[str], list[dict[str, object]], list[dict[str, str]]]:
    """What was said, the items as JSON and as rows."""
    hub.write(folder, f"-- content/sources.yml --\n{SOURCES}{site}")
    said: list[str] = []
    assert verbs.take(settings.load({}, folder), "exports/hub", environ={}, now=NOW, say=said.append) == 0
    there = folder / "exports/hub"
    lines = [json.loads(line) for line in (there / "items.jsonl").read_text("utf-8").splitlines()]
    return said, lines, list(csv.DictReader(StringIO((there / "items.csv").read_text("utf-8-sig"))))


def test_every_item_is_in_both_files(tmp_path: Path) -> None:
    said, lines, rows = taken(tmp_path, hub.item() + hub.item("forum-2", status="pending", approved=None))

    assert [line["id"] for line in lines] == ["forum-1", "forum-2"] == [row["id"] for row in rows]
    assert lines[0] == {
        "id": "forum-1",
        "kind": "community",
        "status": "published",
        "date": "2026-11-02T09:00:00+01:00",
        "title": "Un titre",
        "author": "Zoé",
        "source": "forum",
        "original": "https://forum.example/1",
        "use": "excerpt",
        "text": "Bonjour.",
    }
    assert said[-1] == "1 source, 2 items"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    nasty = {"forum-1": "=HYPERLINK(1)", "forum-2": "+1", "forum-3": "-1", "forum-4": "@SUM(1)", "forum-5": "＝1"}
    _, lines, rows = taken(tmp_path, "".join(hub.item(id, title=title) for id, title in nasty.items()))

    assert [line["title"] for line in lines] == list(nasty.values())
    assert [row["title"] for row in rows] == [f"'{title}" for title in nasty.values()]


def test_sources_come_back_as_they_went(tmp_path: Path) -> None:
    taken(tmp_path)

    body = (tmp_path / "exports/hub/sources.opml").read_bytes()
    assert lists.opml(body, "x").feeds == (lists.Feed("https://forum.example/feed?a=1&b", "Le forum & nous", "fr"),)


def test_the_same_hub_gives_the_same_bytes(tmp_path: Path) -> None:
    taken(tmp_path, hub.item())
    first = {file.name: file.read_bytes() for file in (tmp_path / "exports/hub").iterdir()}
    taken(tmp_path, hub.item())

    assert {file.name: file.read_bytes() for file in (tmp_path / "exports/hub").iterdir()} == first
