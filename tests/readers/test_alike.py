"""Seven readers read every feed of a site of 2,000 items alike: ids, titles, dates, authors, links, content."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.readers import reading


@pytest.fixture(scope="session")
def feeds(output: Path) -> list[reading.Feed]:
    return reading.found(output)


@pytest.mark.parametrize("name", reading.READERS)
def test_a_reader_has_what_we_wrote(name: str, feeds: list[reading.Feed], tmp_path: Path) -> None:
    read, lacks = reading.READERS[name]
    if lacks:
        pytest.skip(lacks)
    written = reading.written(feeds)

    made = read(feeds, tmp_path)

    assert len(made) > 200
    by_path = {feed.path: feed for feed in feeds}
    wrong = {}
    for path, entries in made.items():
        feed = by_path[path]
        assert tuple(entry.id for entry in entries) == feed.ids, path
        for entry in entries:
            for field, seen, meant in zip(entry._fields, entry, written[feed.lang, entry.id], strict=True):
                if seen not in (meant, reading.UNKNOWN):
                    wrong.setdefault((field, entry.id), (path, seen, meant))
    assert wrong == {}


def test_a_feed_has_the_same_ids_in_the_same_order_in_each_format(feeds: list[reading.Feed]) -> None:
    formats: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for feed in feeds:
        formats[feed.path.removesuffix(f".{feed.end}")][feed.end] = feed.ids

    threefold = {path: ids for path, ids in formats.items() if len(ids) == 3}
    assert len(threefold) > 100
    assert {path: ids for path, ids in threefold.items() if len(set(ids.values())) > 1} == {}
    assert {tuple(ids) for ids in formats.values()} <= {("atom", "json", "xml"), ("xml",)} | {
        tuple(ids) for ids in threefold.values()
    }
