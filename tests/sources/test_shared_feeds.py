"""The 49 real documents, value by value against what feedparser reads (data/feeds/expected.json).

DEVIATIONS lists every value that we read otherwise, and why. Each is one of those that issue 2 allows: markup in a
title becomes its text, an address that is not http(s) goes. A name is the name alone:
no mail address is ever written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from re import sub
from typing import Any

import pytest

from parvis import sources
from parvis.errors import Refused
from parvis.model import Item
from parvis.sources import Got
from tests.cases import SHARED, shared

EXPECTED: dict[str, Any] = shared("feeds/expected.json") or {}
BASE = "http://127.0.0.1:8000/feeds/"

pytestmark = pytest.mark.skipif(not EXPECTED, reason="needs the shared data beside this clone")


def _words(value: str) -> str:
    return unescape(sub("<[^>]*>", "", value))


def _gone(value: str) -> str:
    return ""


def _name(value: str) -> str:
    return {
        "jonas@insanity.industries (Jonas Große Sundrup)": "Jonas Große Sundrup",
        "Google Ads Developer Advisor (noreply@blogger.com)": "Google Ads Developer Advisor",
    }[value]


DEVIATIONS: dict[tuple[str, str], tuple[str, Callable[[str], str]]] = {
    ("rdf/craigslist.rdf", "title"): ("<sup>2</sup> and &#x0024; are markup", _words),
    ("rss/relative-urls-xmlbase.xml", "author"): ("a mail address stands before the name", _name),
    ("atom/feedburner-blogger.atom", "author"): ("a mail address stands after the name", _name),
    ("atom/gulp-github-commits.atom", "link"): ("/gulpjs/… is not http(s); from an address it is resolved", _gone),
    ("atom/relative-links.xml", "link"): ("/blog/… is not http(s); from an address it is resolved", _gone),
}


def read(document: str, url: str = "") -> list[Item]:
    """The items of a shared document, as from a file or as from an address."""
    got = Got((SHARED / "feeds" / document).read_bytes(), url, "text/xml" if url else "")
    things = list(sources.read("feed", "src", lambda _: got, url=url or document))
    assert [thing for thing in things if not isinstance(thing, Item)] == []
    return [thing for thing in things if isinstance(thing, Item)]


def values(item: Item) -> dict[str, Any]:
    return {
        "id": item.upstream_id,
        "title": item.title,
        "link": item.url,
        "author": item.author.name,
        "date": item.published,
    }


def wanted(document: str, entry: dict[str, Any]) -> dict[str, Any]:
    """What feedparser reads, with this document's deviations."""
    date = entry.get("published") or entry.get("updated")
    author = entry["author"] if "author" in entry else ", ".join(entry["authors"])
    plain = {"id": entry["id"], "title": entry["title"], "link": entry["link"], "author": author}
    read = {key: DEVIATIONS.get((document, key), ("", str))[1](value) if value else "" for key, value in plain.items()}
    return read | {"date": datetime.fromisoformat(date).astimezone(UTC) if date else None}


@pytest.mark.parametrize("document", EXPECTED)
def test_a_file_gives_what_feedparser_reads(document: str) -> None:
    items = read(document)

    assert len(items) == EXPECTED[document]["n"]
    assert [values(item) for item in items] == [wanted(document, entry) for entry in EXPECTED[document]["entries"]]


@pytest.mark.parametrize("document", EXPECTED)
def test_an_address_gives_the_same_but_for_relative_links(document: str) -> None:
    from_file, from_web = read(document), read(document, BASE + document)

    assert [item.id for item in from_web] == [item.id for item in from_file]
    for one, other in zip(from_web, from_file, strict=True):
        assert values(one) | {"link": ""} == values(other) | {"link": ""}
        assert one.url == other.url or (other.url == "" and one.url.startswith("http://127.0.0.1:8000/"))


@pytest.mark.parametrize("document", EXPECTED)
def test_every_entry_has_an_id_of_its_own(document: str) -> None:
    ids = [item.id for item in read(document)]

    assert len(set(ids)) == len(ids)


def test_no_deviation_is_listed_that_is_none() -> None:
    differing = {
        (document, {"link": "link"}.get(key, key))
        for document, expected in EXPECTED.items()
        for item, entry in zip(read(document), expected["entries"], strict=True)
        for key in ("title", "link", "author")
        if values(item)[key] != (entry.get(key, ", ".join(entry.get("authors", ()))) or "")
    }

    assert differing == set(DEVIATIONS)


def test_full_text_goes_before_an_excerpt() -> None:
    texts = [len(item.html) for item in read("rss/content-encoded.rss")]

    assert min(texts) > 1000


def test_languages_are_written_as_bcp_47_has_them() -> None:
    assert {read(document)[0].lang for document in ("rss/ilmessaggero-it.xml",)} == {"it-IT"}
    assert read("rss/guardian-uk.rss")[0].lang == "en-GB"
    assert read("rss/kannada-customfields.rss")[0].lang == "kn"


@pytest.mark.parametrize("case", shared("feeds/dates.json") or (), ids=lambda case: case["input"])
def test_odd_dates(case: dict[str, Any]) -> None:
    rss = f"<rss version='2.0'><channel><item><guid>1</guid><pubDate>{case['input']}</pubDate></item></channel></rss>"

    [item] = sources.read("feed", "src", lambda _: Got(rss.encode()), url="https://a.example/")

    assert isinstance(item, Item)
    assert item.published == (datetime(*case["utc"], tzinfo=UTC) if case["utc"] else None)


AMPERSANDS = {
    "amp-HEX-upper": "alpha&omega",
    "amp-cdata-name": "alpha&omega",
    "amp-decimal": "alpha&omega",
    "amp-hex-name": "alphaamp;omega",  # &#26; is a control character, and goes
    "amp-lt-slash": "&</",
    "amp-name-hex": "alpha&omega",
    "amp-pound-digit": "&#0",
    "recommendation-2": "Bill & Ted's Excellent Adventure",
    "recommendation-4": "I <3 Phil Ringnalda",
    "recommendation-6": "A<B",
}


@pytest.mark.parametrize("document", AMPERSANDS)
def test_an_ampersand_in_a_title_is_one(document: str) -> None:
    assert [item.title for item in read(f"titles-amp/{document}.xml")] == [AMPERSANDS[document]]


def test_titles_that_only_look_like_markup_stay() -> None:
    titles = [item.title for item in read("titles-amp/non-problems.xml")]

    assert len(titles) == 10
    assert titles[1] == 'AT&T U-verse set top box "hacked"'
    assert all("&" in title and ";" not in title for title in titles)


HOSTILE = sorted(path for path in (SHARED / "hostile/feeds").rglob("*.xml")) if EXPECTED else []


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_hostile_documents_are_read_or_refused_in_words(path: Any) -> None:
    got = Got(path.read_bytes(), "https://h.example/feed.xml")
    try:
        things = list(sources.read("feed", "src", lambda _: got, url=got.url))
    except Refused as refused:
        assert path.stem in {"billion-laughs", "xxe-file", "html-page-instead"}
        assert "Error" not in refused.faults[0].what
        return
    items = [thing for thing in things if isinstance(thing, Item)]
    assert items or path.stem.startswith(("feed_", "xml_"))
    assert all(item.url.startswith(("http://", "https://", "")) and "\x00" not in item.html for item in items)
    assert not any("<" in item.title + item.author.name + "".join(item.tags) for item in items)
