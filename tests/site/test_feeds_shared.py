"""An ambassador's feeds as schedulers and blogs take them: ready words, one's own link, each item once and in time."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests import hub
from tests.site.conftest import Build, Built, article

SITE = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example/hub\n"
NEWSBOAT = shutil.which("newsboat")


def person(handle: str = "ambre", topics: str = "[recettes, jardin]") -> str:
    return f"""
-- content/ambassadors/{handle}.md --
---
id: ambassador-{handle}
title: Fleuriste
handle: {handle}
code: {handle.upper()}26
name: Ambre Leduc
lang: fr
languages: [fr]
topics: {topics}
consent: {{version: "1", on: 2026-01-05}}
---

Quarante-deux bouquets.
"""


def ready(name: str, day: int = 2, *, tags: str = "[recettes]", more: str = "") -> str:
    text = article(
        name,
        title=f"Titre {name}",
        more=f"tags: {tags}\nshare:\n{more}  wordings:\n    any: [Un {name}, Deux {name}]\n",
    )
    return text.replace("2026-11-02T", f"2026-11-{day:02}T")


def items(built: Built, path: str) -> list[dict[str, object]]:
    return list(json.loads((built.output / "flux/ambassadeurs" / f"{path}.json").read_bytes())["items"])


def test_an_entry_has_all_wordings_hashtags_a_picture_and_the_tagged_link(build: Build) -> None:
    built = build(SITE + ready("roue", tags="[recettes, vélo cargo]") + person())

    (item,) = items(built, "ambre")
    text = BeautifulSoup(str(item["content_html"]), "html.parser")
    words = text.get_text("\n")
    assert "Un roue" in words and "Deux roue" in words
    assert "#Recettes #VéloCargo" in words
    assert item["tags"] == ["Recettes", "VéloCargo"]
    assert {link["href"] for link in text("a")} == {item["url"]}
    assert parse_qs(urlsplit(str(item["url"])).query)["utm_content"] == ["AMBRE26"]
    assert str(item["image"]).startswith("https://maison.example/hub/cards/")
    assert item["summary"] == f"Un roue\n\n#Recettes #VéloCargo\n\n{item['url']}"


def test_two_ambassadors_have_the_same_entries_under_their_own_ids_and_codes(build: Build) -> None:
    built = build(SITE + ready("roue") + person() + person("bruno"))

    for handle in ("ambre", "bruno"):
        (item,) = items(built, handle)
        assert item["id"] == f"tag:maison.example,2026:roue/{handle}"
        texts = [
            (built.output / f"flux/ambassadeurs/{handle}.{end}").read_text("utf-8") for end in ("xml", "atom", "json")
        ]
        assert all(f"{handle.upper()}26" in text and "\ue000" not in text and "%EE%80%80" not in text for text in texts)
    assert "BRUNO26" not in (built.output / "flux/ambassadeurs/ambre.xml").read_text("utf-8")


def test_the_three_formats_hold_the_same_entries_in_the_same_order(build: Build) -> None:
    built = build(SITE + ready("roue", 2) + ready("selle", 5) + ready("pluie", 4) + person())

    ids = [item["id"] for item in items(built, "ambre")]
    assert [str(id).partition(",2026:")[2] for id in ids] == ["selle/ambre", "pluie/ambre", "roue/ambre"]
    for end in ("xml", "atom"):
        parsed = feedparser.parse((built.output / f"flux/ambassadeurs/ambre.{end}").read_bytes())
        assert not parsed.bozo and [entry.id for entry in parsed.entries] == ids


def test_who_names_several_topics_has_a_feed_for_each(build: Build) -> None:
    built = build(SITE + ready("roue") + ready("serre", tags="[jardin]") + person() + person("bruno", "[jardin]"))

    assert [item["title"] for item in items(built, "ambre/jardin")] == ["Titre serre"]
    assert [item["title"] for item in items(built, "ambre/recettes")] == ["Titre roue"]
    assert not built.files("flux/ambassadeurs/bruno/*")


def test_who_agreed_to_no_feed_has_none(build: Build) -> None:
    alone = person().replace('version: "1", on', 'version: "1", scope: [profile], on')

    assert not build(SITE + ready("roue") + alone).files("flux/ambassadeurs/*")


def test_an_item_that_was_held_back_is_dated_by_its_release(build: Build) -> None:
    built = build(SITE + ready("roue", 2, more="  embargo: 2026-11-19T08:00:00+01:00\n") + person())

    (item,) = items(built, "ambre")
    assert item["date_published"] == "2026-11-19T08:00:00+01:00"
    assert datetime.fromisoformat(str(item["date_modified"])) >= datetime.fromisoformat(str(item["date_published"]))


@pytest.mark.skipif(not NEWSBOAT, reason="needs newsboat: apt install newsboat")
@pytest.mark.parametrize("end", ["xml", "atom"])
def test_a_scheduler_sees_each_item_once_when_its_time_has_come_and_none_after_its_end(
    build: Build, tmp_path: Path, end: str
) -> None:
    """Ten days; every day the feed as it is then is read, and what is new that day would be posted."""
    site = SITE + person() + "".join((
        ready("avant", 2),
        ready("tard", 3, more="  embargo: 2026-11-14T08:00:00+01:00\n"),
        ready("bref", 4, more="  until: 2026-11-12T08:00:00+01:00\n"),
        ready("jamais", 5, more="  embargo: 2026-11-25T08:00:00+01:00\n"),
        ready("fini", 6, more="  until: 2026-11-09T08:00:00+01:00\n"),
        ready("neuf", 16),
    ))  # fmt: skip
    posted: dict[str, int] = {}
    for day in range(10, 20):
        built = build(site, PARVIS={"now": f"2026-11-{day}T12:00:00+01:00"})
        seen = follow(tmp_path / "newsboat", built.output / f"flux/ambassadeurs/ambre.{end}")
        for id in seen - posted.keys():
            posted[id] = day
        live = {item["id"] for item in items(built, "ambre")}
        assert ("tag:maison.example,2026:bref/ambre" in live) == (day < 12)

    first = {id.partition(",2026:")[2]: day for id, day in posted.items()}
    assert first == {"avant/ambre": 10, "bref/ambre": 10, "tard/ambre": 14, "neuf/ambre": 16}


def follow(home: Path, feed: Path) -> set[str]:
    """The ids of all that newsboat has shown so far; the feed stands at the same address each time."""
    home.mkdir(exist_ok=True)
    kept = shutil.copy(feed, home / f"feed{feed.suffix}")
    (home / "urls").write_text(f"file://{kept}\n")
    (home / "config").touch()
    command = [str(NEWSBOAT), "-u", home / "urls", "-c", home / "cache.db", "-C", home / "config", "-x", "reload"]
    env = {"HOME": str(home), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=120)
    rows = sqlite3.connect(home / "cache.db").execute("select guid from rss_item").fetchall()
    assert len({guid for (guid,) in rows}) == len(rows)
    return {guid for (guid,) in rows}
