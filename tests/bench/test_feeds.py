"""What feeds cost: a real run of a few texts, and what is told of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import feeds
from bench.feeds import Cost, Feed, Round
from tests.bench.test_race import rows

RSS = "<rss version='2.0'><channel><item><guid>tag:a.example,2026:one</guid></item></channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>tag:a.example,2026:two/hand</id></entry></feed>"
JSON = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "tag:a.example,2026:one"}]}


def test_both_write_the_same_feeds_and_are_compared() -> None:
    told: list[str] = []

    ratio = feeds.run(20, 1, 7, told.append, ambassadors=2)

    head, ours, theirs, again, edited = rows(told[-1])
    assert head[0] == "feeds" and ratio > 0
    assert [row[0].split(",")[0] for row in (ours, theirs, again)] == ["Parvis", "stock Pelican", "Parvis"]
    assert ours[1] == theirs[1] != "0" and again[1] == "0"
    holding = edited[0].split("(")[1].split()[0]
    assert edited[1] == holding != "0"
    assert ours[-1] == f"{ratio:.2f}"


def test_feeds_are_found_by_what_they_say(tmp_path: Path) -> None:
    texts = {
        "a/all.xml": RSS,
        "all.atom": ATOM,
        "all.json": json.dumps(JSON),
        "sitemap.xml": "<urlset/>",
        "search.json": "[]",
        "empty.xml": "<rss><channel/></rss>",
        "page.html": RSS,
    }
    (tmp_path / "a").mkdir()
    for name, text in texts.items():
        (tmp_path / name).write_text(text)

    assert list(feeds.found(tmp_path)) == [
        Feed("a/all.xml", "rss", ("one",)),
        Feed("all.atom", "atom", ("two",)),
        Feed("all.json", "json", ("one",)),
        Feed("empty.xml", "rss", ()),
    ]


def test_ratios_are_those_of_rounds_and_costs_those_of_a_feed() -> None:
    two = [Feed("a.xml", "rss", ("one", "two")), Feed("a.atom", "atom", ("one", "two"))]
    slow = Round(Cost(4, 2, ["a", "b"]), Cost(2, 1, []), Cost(0, 0, []), Cost(1, 0.5, ["a"]))

    _, ours, theirs, again, edited = rows("\n".join(feeds.table(5, two, 1, [slow])))

    assert ours == ["Parvis", "2", "4.00", "2.00", "1000.00", "500000.0", "2.00", "2.00"]
    assert theirs == ["stock Pelican", "2", "2.00", "1.00", "500.00", "250000.0", "1.00", "1.00"]
    assert again[1:3] == ["0", "0.00"] and edited[1] == "1"


@pytest.mark.parametrize("type", ["rss", "atom", "json"])
def test_the_kinds_are_counted(type: str) -> None:
    first, *_ = feeds.table(5, [Feed("a", type, ("one",))], 1, [Round(*[Cost(1, 1, [])] * 4)])

    assert f"1 {type}" in first
