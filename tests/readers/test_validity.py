"""Every feed of a site of 2,000 items is as the validators want it: no error, no warning."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from html5lib import HTMLParser
from html5lib.html5parser import ParseError
from jsonschema import Draft202012Validator

from parvis.check import feeds
from tests.cases import ROOT
from tests.readers import corpus

SCHEMA = json.loads((ROOT / "tests/corpus/feeds/jsonfeed-1.1.schema.json").read_text("utf-8"))
LISTS = {"xml", "atom", "json", "opml"}


def json_feeds(output: Path) -> dict[str, dict[str, Any]]:
    found = {
        file.relative_to(output).as_posix(): json.loads(file.read_text("utf-8")) for file in output.rglob("*.json")
    }
    return {name: data for name, data in found.items() if isinstance(data, dict) and "feed_url" in data}


def test_no_feed_breaks_a_rule_of_the_w3c_validator(output: Path) -> None:
    assert list(feeds.audit(output, corpus.SITE, datetime.fromisoformat(corpus.NOW))) == []


def test_all_kinds_of_feeds_are_there(output: Path) -> None:
    ends = Counter(file.suffix[1:] for room in ("flux", "en/feeds") for file in (output / room).rglob("*.*"))

    assert all(ends[end] >= 100 for end in ("xml", "atom", "json"))
    items = {item["id"] for data in json_feeds(output).values() for item in data["items"]}
    assert len({id for id in items if id.count("/") == 0}) == corpus.ITEMS


def test_json_feeds_are_as_their_schema_says(output: Path) -> None:
    schema = Draft202012Validator(SCHEMA)
    faults = [
        (name, list(fault.absolute_path), fault.message[:200])
        for name, data in json_feeds(output).items()
        for fault in schema.iter_errors(data)
    ]

    assert faults == []


def test_a_json_feed_that_is_none_breaks_the_schema() -> None:
    good = json.loads((ROOT / "tests/corpus/feeds/good.json").read_text("utf-8"))
    schema = Draft202012Validator(SCHEMA)

    assert schema.is_valid(good)
    assert not schema.is_valid(good | {"author": {"name": "x"}})
    assert not schema.is_valid(good | {"items": [{"id": 1, "content_text": "x"}]})
    assert not schema.is_valid(good | {"items": [{"id": "1"}]})


def test_the_html_of_entries_is_whole(output: Path) -> None:
    """Strictly parsed, as the W3C validator does: a link in a link or a paragraph in a paragraph is a warning of it."""
    wrong = {}
    texts = {
        item["content_html"] for data in json_feeds(output).values() for item in data["items"] if "content_html" in item
    }
    for text in sorted(texts):
        try:
            HTMLParser(strict=True).parseFragment(text)
        except ParseError as error:
            wrong[text[:200]] = str(error)

    assert len(texts) > corpus.ITEMS / 2
    assert wrong == {}


@pytest.mark.parametrize("html", ["<p>a<div>b</div></p>", "<a href=x>a<a href=y>b</a></a>", "a & b &copy c"])
def test_html_that_is_not_whole_is_seen(html: str) -> None:
    with pytest.raises(ParseError):
        HTMLParser(strict=True).parseFragment(html)
