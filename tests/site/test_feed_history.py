"""Complete history in archives (RFC 5005): nothing twice, nothing missing, and a change moves as little as can be."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from parvis.site.feeds import history
from parvis.site.feeds.history import cut
from tests import hub
from tests.site.conftest import Build, Built, article

SITE = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example/hub\n"
HUB = "https://maison.example/hub/"
NOW = "2026-11-20T12:00:00+01:00"
ATOM = "{http://www.w3.org/2005/Atom}"
FH = "{http://purl.org/syndication/history/1.0}"
SMALL = {"now": NOW, "feeds": {"items": 4}}

entries = st.lists(st.tuples(st.integers(2019, 2026), st.integers(1, 3000)), max_size=80)


@given(entries, st.integers(1, 20), st.integers(500, 9000))
def test_each_entry_stands_in_exactly_one_document(held: list[tuple[int, int]], items: int, budget: int) -> None:
    held.sort(key=lambda entry: entry[0])
    years, weights = [year for year, _ in held], [weight for _, weight in held]

    archives, start = cut(years, weights, items=items, budget=budget)

    ends = [0, *(archive.end for archive in archives)]
    assert [archive.start for archive in archives] == ends[:-1] and ends[-1] == start
    assert len({archive.name for archive in archives}) == len(archives)
    for first, last in (*((a.start, a.end) for a in archives), (start, len(held))):
        assert sum(weights[first:last]) <= budget or last - first == 1
    assert all(len(set(years[archive.start : archive.end])) == 1 for archive in archives)


@given(entries, st.integers(1, 20), st.integers(500, 9000), st.integers(1, 3000))
def test_a_new_entry_changes_no_archive_but_adds_some(
    held: list[tuple[int, int]], items: int, budget: int, weight: int
) -> None:
    held.sort(key=lambda entry: entry[0])
    years, weights = [year for year, _ in held], [weight for _, weight in held]

    before, _ = cut(years, weights, items=items, budget=budget)
    after, _ = cut([*years, 2026], [*weights, weight], items=items, budget=budget)

    assert after[: len(before)] == before


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=60), st.integers(1, 50), st.integers(500, 9000))
def test_a_feed_without_archives_is_shorter_where_entries_are_heavy(
    weights: list[int], items: int, budget: int
) -> None:
    count = history.newest(weights, items=items, budget=budget)

    assert 1 <= count <= min(items, len(weights))
    assert sum(weights[:count]) <= budget or count == 1
    assert count == min(items, len(weights)) or sum(weights[: count + 1]) > budget


def many(count: int, *, words: int = 3, first: date = date(2024, 9, 1)) -> str:
    """Articles a week apart, so that they stand in several years."""
    texts = []
    for number in range(count):
        when = datetime.combine(first, datetime.min.time()) + timedelta(weeks=5 * number)
        text = article(f"n{number:02}", title=f"Numéro {number}", body="mot " * words)
        texts.append(text.replace("2026-11-02T09:00:00+01:00", f"{when:%Y-%m-%d}T09:00:00+01:00"))
    return SITE + "".join(texts)


def walk(built: Built, end: str) -> list[list[str]]:
    """The ids of each document, from the one to subscribe to along `next`."""
    path, found = f"flux/articles.{end}", []
    while path:
        data = (built.output / path).read_bytes()
        if end == "json":
            document = json.loads(data)
            found.append([item["id"] for item in document["items"]])
            path = document.get("next_url", "").removeprefix(HUB)
        else:
            parsed = feedparser.parse(data)
            assert not parsed.bozo
            found.append([entry.id for entry in parsed.entries])
            path = next((link.href for link in parsed.feed.links if link.rel == "next"), "").removeprefix(HUB)
    return found


@pytest.mark.parametrize("limits", [{"items": 4}, {"items": 4, "max_bytes": 16 * 1024}, {"items": 1}])
def test_whoever_follows_next_gets_all_that_was_ever_said_once_and_in_order(
    build: Build, limits: dict[str, int]
) -> None:
    built = build(many(20, words=600), PARVIS={"now": NOW, "feeds": limits})

    in_order = [f"tag:maison.example,2026:n{number:02}" for number in reversed(range(20))]
    documents = walk(built, "xml")
    assert [id for document in documents for id in document] == in_order
    assert walk(built, "atom") == walk(built, "json") == documents
    assert len(documents) > 3


def test_no_document_is_larger_than_the_budget_and_what_is_alone_stays_whole(build: Build) -> None:
    heavy = article("lourd", body="mot " * 20_000)
    built = build(many(20, words=900) + heavy, PARVIS={"now": NOW, "feeds": {"items": 9, "max_bytes": 32 * 1024}})

    sizes = {path: (built.output / path).stat().st_size for path in built.files("flux/articles/*")}
    assert max(sizes.values()) <= 32 * 1024
    (entry,) = json.loads((built.output / "flux/articles.json").read_bytes())["items"]
    assert entry["id"].endswith(":lourd") and len(entry["content_html"]) > 80_000


def test_archives_say_what_they_are_and_lead_both_ways(build: Build) -> None:
    built = build(many(20), PARVIS=SMALL)

    path, archives = "flux/articles.atom", []
    while path:
        root = etree.fromstring((built.output / path).read_bytes())
        links = {link.get("rel"): link.get("href").removeprefix(HUB) for link in root.findall(f"{ATOM}link")}
        assert links["self"] == path
        assert links.get("next") == links.get("prev-archive")
        archives.append((path, links, root.find(f"{FH}archive") is not None))
        path = links.get("next", "")

    (_, first, marked), *rest = archives
    assert not marked and "current" not in first and "previous" not in first and "next-archive" not in first
    assert all(marked and links["current"] == "flux/articles.atom" for _, links, marked in rest)
    assert [links["previous"] for _, links, _ in rest] == [path for path, _, _ in archives[:-1]]
    assert [links.get("next-archive", "") for _, links, _ in rest] == ["", *(path for path, _, _ in rest[:-1])]


def documents(built: Built) -> dict[str, bytes]:
    return {path: (built.output / path).read_bytes() for path in built.files("flux/**/*.*") if "html" not in path}


def test_a_new_article_leaves_the_archives_as_they_are(build: Build) -> None:
    before = documents(build(many(20), PARVIS=SMALL))
    after = documents(build(many(20) + article("neuf"), PARVIS=SMALL))

    changed = {path for path, data in after.items() if before.get(path) != data}
    archives = {path for path in changed if Path(path).parent.name in ("articles", "tout")}
    newest = {path for path in archives if path in before}
    assert {Path(path).name.partition(".")[0] for path in newest} <= {"2026-1"}
    assert set(before) <= set(after)


def test_what_comes_late_moves_only_its_own_year(build: Build) -> None:
    late = article("tard").replace("2026-11-02", "2025-03-03")
    before, after = documents(build(many(20), PARVIS=SMALL)), documents(build(many(20) + late, PARVIS=SMALL))

    changed = {Path(path).name.partition(".")[0] for path, data in after.items() if before.get(path) != data}
    assert {name for name in changed if name.startswith("2024")} <= {"2024-1"}  # its way to the newer neighbour
    assert not {name for name in changed if name.startswith("2026")} - {"2026-1"}


def test_neighbours_are_one_apart(build: Build) -> None:
    built = build(many(20), PARVIS=SMALL)
    dates = [
        [item["date_published"] for item in json.loads((built.output / path).read_bytes())["items"]]
        for path in sorted(built.files("flux/articles/*.json"), reverse=True)
    ]
    assert all(newer[-1] > older[0] for newer, older in pairwise(dates))
