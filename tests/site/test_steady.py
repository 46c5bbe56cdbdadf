"""What readers have seen stays as it is: ids outlive all that may change, and bytes change only with what they say."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings

import fastbuild
from bench import corpus, feeds, sites
from fastbuild.writing.desk import Desk
from parvis import copies
from parvis.site import ahead, code
from parvis.slugs import slug
from tests.site.conftest import ROOT, signals_as_they_were

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ARCHIVE = re.compile(r"/\d{4}-\d+\.")
"""Archives change with their neighbours too, whose addresses they hold."""
PEOPLE = """---
id: ambassador-{handle}
title: Ambassadrice
date: 2026-01-02T09:00:00+01:00
lang: fr
status: published
handle: {handle}
code: {code}
name: {name}
topics: [{topics}]
---

Partage.
"""


class Hub:
    """A hub in a folder, built by fastbuild again and again; `made` are the artifacts that its last build made."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.output = folder, folder / "content", folder / "output"
        self.made: list[str] = []

    def build(self, now: datetime = NOW, **settings: Any) -> dict[str, bytes]:
        """The bytes of every file, by path."""
        more = {"now": now.isoformat(), "feeds": {"items": 10}, "share": {"cards": 0}}
        values = {
            "PATH": str(self.content),
            "OUTPUT_PATH": str(self.output),
            "DELETE_OUTPUT_DIRECTORY": True,
            "THEME": str(ROOT / "theme"),
            "PLUGINS": ["parvis.site"],
        } | settings
        values["PARVIS"] = more | settings.get("PARVIS", {})
        with signals_as_they_were(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(Desk, "artifact", self._watched(Desk.artifact))
            fastbuild.Pelican(read_settings(override=values)).run()
        told = self.folder / "made.txt"
        self.made = told.read_text("utf-8").splitlines() if told.is_file() else []
        told.unlink(missing_ok=True)
        files = (file for file in self.output.rglob("*") if file.is_file())
        return {file.relative_to(self.output).as_posix(): file.read_bytes() for file in files}

    def _watched(self, real: Callable[..., None]) -> Callable[..., None]:
        """What is made is told in a file: copies of this process make it."""

        def watched(
            writer: Desk, path: str, inputs: Sequence[str], make: Callable[[], bytes | str], shows: Iterable[str] | None
        ) -> None:
            def making() -> bytes | str:
                with (self.folder / "made.txt").open("a", encoding="utf-8") as told:
                    told.write(f"{path}\n")
                return make()

            real(writer, path, inputs, making, shows)

        return watched

    def forget(self) -> None:
        """As in a fresh checkout: what was noted is gone, and so is the output."""
        for path in (self.output, self.folder / ".output.fastbuild", self.folder / ".cache/build"):
            shutil.rmtree(path)

    def held(self) -> dict[str, tuple[str, ...]]:
        """The ids in each feed; by a reader that is not ours."""
        return {feed.path: feed.texts for feed in feeds.found(self.output)}

    def edit(self, path: str, **changed: object) -> None:
        """Other values in the front matter of a file, each a line of JSON."""
        file = self.content / path
        text = file.read_text("utf-8")
        for name, value in changed.items():
            lines = [line for line in text.split("\n") if not line.startswith(f"{name}: ")]
            text = "\n".join([lines[0], f"{name}: {json.dumps(value, ensure_ascii=False)}", *lines[1:]])
        file.write_text(text, "utf-8")

    def texts(self) -> list[str]:
        """Paths of all articles, posts and testimonials."""
        kinds = ("articles", "community", "testimonials")
        found = (file for kind in kinds for file in (self.content / kind).rglob("*.md"))
        return sorted(file.relative_to(self.content).as_posix() for file in found)


def written(tmp_path: Path, items: int) -> Hub:
    """Texts in two languages, twenty topics, and three ambassadors, one of whom shares two of these only."""
    texts, _ = corpus.write(tmp_path, items, seed=3)
    (texts / "content/topics.txt").write_text("\n".join(corpus.TOPICS[::10]), "utf-8")
    made = sites.hub(texts, tmp_path / "hub").folder
    (made / "content/sources.yml").write_text("".join(feeds.SOURCES.format(name=name) for name in corpus.PLACES))
    (made / "content/ambassadors").mkdir()
    for number, topics in enumerate(("", "", ", ".join(map(slug, corpus.TOPICS[:20:10])))):
        known = {"handle": f"hand-{number}", "code": f"CODE{number}", "name": f"Hand {number}", "topics": topics}
        (made / f"content/ambassadors/hand-{number}.md").write_text(PEOPLE.format(**known), "utf-8")
    return Hub(made)


@pytest.fixture
def site(tmp_path: Path) -> Hub:
    return written(tmp_path, 60)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def feeds_in(paths: Iterable[str]) -> set[str]:
    """Those in the folders of feeds of both languages that hold entries."""
    return {path for path in paths if Path(path).suffix in feeds.KINDS and path.startswith(("flux/", "en/feeds/"))}


def holders(held: dict[str, tuple[str, ...]], id: str) -> set[str]:
    return {path for path, ids in held.items() if id in ids}


# Ids


def test_no_id_changes_with_title_slug_tags_category_and_addresses(site: Hub) -> None:
    """50 of 60 texts, and the address of the site."""
    site.build()
    before = site.held()
    for number, path in enumerate(site.texts()[5:55]):
        said = {} if path.startswith("articles") else {"original": f"https://elsewhere.example/{number}"}
        shelf = {} if said else {"category": corpus.SHELVES[number % 3]}
        title, tags = f"Another title {number}", [corpus.TOPICS[number * 4 % 200], "new"]
        site.edit(path, title=title, slug=f"another-slug-{number}", tags=tags, **shelf, **said)

    site.build(SITEURL="https://moved.example/hub")

    after = site.held()
    whole = [path for path in before if not re.search("topics|sujets|categor|hand-2", path)]
    assert len(whole) > 30 and {Path(path).suffix for path in whole} == {".xml", ".atom", ".json"}
    assert {path: before[path] for path in whole} == {path: after.get(path) for path in whole}
    known = {id for ids in before.values() for id in ids}
    assert {id for ids in after.values() for id in ids} <= known, "where tags and categories decide, too"


def test_every_text_has_one_id_in_all_formats_and_feeds(site: Hub) -> None:
    site.build()
    held = site.held()

    for path, ids in held.items():
        stem = path.rpartition(".")[0]
        assert all(held.get(f"{stem}{end}", ids) == ids for end in feeds.KINDS), path
    slugs = {Path(path).stem for path in site.texts()}
    assert {id for ids in held.values() for id in ids} == slugs


# Bytes


def test_a_build_a_day_for_thirty_days_changes_no_byte(tmp_path: Path) -> None:
    """Made anew on some days, kept on the others."""
    site = written(tmp_path, 15)
    first = site.build()
    for day in range(1, 31):
        if day % 6 == 0:
            site.forget()

        again = site.build(NOW + timedelta(days=day, minutes=day * 37))

        assert changed(first, again) == set(), f"after {day} days"
        assert (site.made == []) == (day % 6 != 0)
    assert len(feeds_in(first)) > 30


def test_a_date_named_in_content_changes_what_holds_it_and_on_that_day_alone(site: Hub) -> None:
    article, testimonial = (next(path for path in site.texts() if path.startswith(kind)) for kind in ("art", "test"))
    newest = "articles/soon.md"
    (site.content / newest).write_text((site.content / article).read_text("utf-8"), "utf-8")
    days = {number: NOW + timedelta(days=number) for number in range(12)}
    site.edit(newest, id="soon", lang="fr", date=(days[2] - timedelta(hours=1)).isoformat())
    site.edit(newest, share={"embargo": (days[4] - timedelta(hours=1)).isoformat(), "until": days[6].isoformat()})
    until = {"version": "1", "on": "2026-01-01", "scope": ["publish"], "until": days[8].date().isoformat()}
    site.edit(testimonial, consent=until)
    moved, before, held = {}, site.build(days[0]), site.held()
    for number in range(1, 12):
        after, holds = site.build(days[number]), site.held()
        ids = {id for id in ("soon", Path(testimonial).stem) if holders(held, id) != holders(holds, id)}
        may = {path for id in ids for path in holders(held, id) | holders(holds, id)}
        assert {path for path in feeds_in(changed(before, after)) if not ARCHIVE.search(path)} <= may, f"day {number}"
        assert bool(changed(before, after)) == bool(ids), f"day {number}"
        moved |= {number: ids} if ids else {}
        before, held = after, holds

    assert moved == {2: {"soon"}, 4: {"soon"}, 7: {"soon"}, 9: {Path(testimonial).stem}}


@pytest.mark.parametrize("kind", ["articles", "community", "testimonials"])
@pytest.mark.parametrize("place", [0, -1])
def test_one_changed_text_changes_the_feeds_that_hold_it_and_no_other(site: Hub, kind: str, place: int) -> None:
    before = site.build()
    path = sorted(path for path in site.texts() if path.startswith(kind))[place]
    site.edit(path, title="A title that nobody else has")

    after = site.build()

    holding = {feed for feed, ids in site.held().items() if Path(path).stem in ids}
    assert holding == feeds_in(changed(before, after))
    assert holding == feeds_in(site.made)
    assert 5 < len(holding) < len(feeds_in(after)) / 2


# Making


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_one_processor_and_several_make_the_same_site(site: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "processors", lambda: 1)
    alone = site.build()
    site.forget()
    monkeypatch.setattr(copies, "processors", lambda: 3)
    monkeypatch.setattr(ahead, "FEWEST", 1)

    assert changed(alone, site.build()) == set()


def test_nothing_is_made_twice(site: Hub) -> None:
    everything = site.build()
    assert set(site.made) >= feeds_in(everything) - {"flux/index.html"}

    assert changed(everything, site.build()) == set()
    assert site.made == []


def test_an_incremental_build_equals_a_clean_one(site: Hub) -> None:
    site.build()
    paths = site.texts()
    site.edit(paths[3], tags=["new", corpus.TOPICS[7]])
    site.edit(paths[40], title="Other words", status="hidden")
    (site.content / paths[30]).unlink()
    kept = site.build()
    site.forget()

    assert changed(kept, site.build()) == set()


@pytest.mark.parametrize(
    "what",
    [
        {"SITEURL": "https://moved.example"},
        {"PARVIS": {"feeds": {"items": 10, "hub": "https://hub.example/"}}},
    ],
)
def test_a_setting_that_every_feed_tells_makes_every_feed(site: Hub, what: dict[str, Any]) -> None:
    feeds = feeds_in(site.build())

    site.build(**what)

    assert feeds_in(site.made) == feeds


def test_another_name_of_the_brand_makes_every_feed(site: Hub) -> None:
    feeds = feeds_in(site.build())
    brand = site.content / "brand.yml"
    brand.write_text(brand.read_text("utf-8").replace("name: Bench", "name: Banc"), "utf-8")

    site.build()

    assert feeds_in(site.made) == feeds


def test_other_code_makes_every_feed_and_changes_no_byte(site: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    before = site.build()
    monkeypatch.setattr(code, "stamp", lambda: "other code")

    assert changed(before, site.build()) == set()
    assert feeds_in(site.made) == feeds_in(before)


def test_a_feed_that_was_edited_by_hand_is_made_again(site: Hub) -> None:
    before = site.build()
    path = min(feeds_in(before))
    (site.output / path).write_bytes(before[path].replace(b"Bench", b"Wrong"))

    assert site.build() == before
    assert site.made == [path]
