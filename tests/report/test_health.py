"""The health of sources: what needs somebody stands first, in a table, in JSON and on a page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from parvis import files, settings
from parvis.errors import CONFIG, Refused
from parvis.intake import memory, watch
from parvis.intake.memory import Memory
from parvis.intake.watch import Watch
from parvis.report import healthpage
from parvis.report.healthpage import Asked
from tests import hub

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECONDS = NOW.timestamp()
DAY = 24 * 3600.0
NAMES = ("well", "quiet", "broken", "dead", "sold", "gone-away", "resting", "fresh")
GOOD = Watch(read=SECONDS - 3600)


def posts(source: str, *days: int) -> str:
    return "".join(
        hub.item(f"{source}-{day}", source=source, date=(NOW - timedelta(days=day)).isoformat()) for day in days
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entries = "".join(f"{name}: {{kind: feed, path: demo/x, label: {{fr: La source {name}}}}}\n" for name in NAMES)
    items = posts("well", *range(1, 20, 2)) + posts("quiet", *range(100, 120, 3))
    hub.write(tmp_path, f"-- content/sources.yml --\n{entries}{items}")
    known: dict[str, tuple[Watch, Memory]] = {
        "well": (GOOD, Memory()),
        "quiet": (GOOD, Memory()),
        "broken": (
            replace(GOOD, failed=SECONDS, why="answered 503 <b>Service</b>"),
            Memory(failures=4, later=SECONDS + 3600),
        ),
        "dead": (replace(GOOD, failed=SECONDS, why="is gone"), Memory(failures=9, stopped=True)),
        "sold": (replace(GOOD, changed="its language was fr and is en", changed_since=SECONDS - DAY), Memory()),
        "gone-away": (replace(GOOD, moved="https://new.example/feed", moved_since=SECONDS - 9 * DAY), Memory()),
        "resting": (GOOD, Memory(later=SECONDS + 7200)),
    }
    for name, (seen, asked) in known.items():
        files.put_all(dict(watch.changed(tmp_path, name, seen)))
        files.put_all(dict(memory.changed(tmp_path, name, asked)))
    return tmp_path


def told(folder: Path, **asked: Any) -> list[str]:
    said: list[str] = []
    assert healthpage.tell(hub.load(folder), Asked(**asked), environ={}, now=NOW, say=said.append) == 0
    return said


def test_a_line_for_each_source_the_gravest_first(folder: Path) -> None:
    lines = told(folder)
    states = [line.split()[:2] for line in lines if line[0] != " "][1:-1]

    assert states == [
        ["dead", "stopped"], ["sold", "changed"], ["broken", "failing"], ["gone-away", "moved"], ["resting", "paused"],
        ["quiet", "silent"], ["fresh", "new"], ["well", "well"],
    ]  # fmt: skip
    assert "  since 2026-11-19 what is new waits for a person: its language was fr and is en" in lines
    assert "  nothing new for 100 days, which is not its habit" in lines
    assert lines[-2].startswith("8 sources: 1 well, 1 new, 1 silent, 1 paused, 1 moved, 1 failing, 1 changed")


def test_counts_are_of_items_that_wait_and_that_are_live(folder: Path) -> None:
    found = {one["name"]: one for one in json.loads(told(folder, json=True)[0])}

    assert found["well"]["live"] == 10
    assert found["well"]["waiting"] == 0
    assert found["well"]["latest"] == "2026-11-19T12:00:00+00:00"
    assert found["fresh"]["read"] is None


@pytest.mark.parametrize(("lang", "headline"), [("fr", "4 sources vous attendent."), ("en", "4 sources ask for you.")])
def test_the_page_says_the_same_and_what_strangers_said_is_text(folder: Path, lang: str, headline: str) -> None:
    brand = folder / "content/brand.yml"
    other = "languages: [en, fr]" if lang == "en" else "languages: [fr, en]"
    brand.write_text(brand.read_text("utf-8").replace("languages: [fr, en]", other), "utf-8")
    told(folder, html=str(folder / "out/health.html"))
    page = BeautifulSoup((folder / "out/health.html").read_text("utf-8"), "html.parser")

    assert page.html and page.html["lang"] == lang
    assert page.h1 and page.h1.string == headline
    assert len(page.select("tbody")) == 8
    assert page.select("b, script, link, img") == []
    assert "answered 503 <b>Service</b>" in page.text
    assert ("en panne" if lang == "fr" else "failing") in page.text


def test_a_change_that_is_meant_is_confirmed_once(folder: Path) -> None:
    assert told(folder, confirm="sold")[0] == "sold is what it should be"
    assert told(folder, confirm="sold") == ["sold had not changed"]
    assert not watch.load(folder, "sold").changed


def test_an_unknown_name_is_a_fault_with_the_near_one(folder: Path) -> None:
    with pytest.raises(Refused, match="did you mean 'sold'") as raised:
        told(folder, confirm="solde")
    assert raised.value.code == CONFIG


def test_a_hub_without_sources_says_so(tmp_path: Path) -> None:
    hub.write(tmp_path, "-- content/sources.yml --\n")
    assert told(tmp_path)[-1] == "0 sources"
    told(tmp_path, html=str(tmp_path / "health.html"))
    assert settings.load({}, tmp_path).sources == {}
