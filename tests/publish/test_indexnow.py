"""Search engines are told of pages that they may list, by the addresses that these pages call their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parvis.operator import Publish
from parvis.publish import indexnow

KEY = "0123456789abcdef"
TOLD = Publish(KEY, "https://engines.example/indexnow", 0)
SITE = "https://brand.example/site"


def page(head: str = "") -> str:
    return f"<!doctype html><html><head><title>x</title>{head}</head><body><p>x</p></body></html>"


def urls(output: Path, *paths: str) -> list[str]:
    return [url for notice in indexnow.notices(SITE, TOLD, output, paths) for url in json.loads(notice.body)["urlList"]]


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("index.html", f"{SITE}/"),
        ("en/index.html", f"{SITE}/en/"),
        ("articles/a/index.html", f"{SITE}/articles/a/"),
        ("old/myindex.html", f"{SITE}/old/myindex.html"),
        ("été/a b.html", f"{SITE}/%C3%A9t%C3%A9/a%20b.html"),
    ],
)
def test_a_page_is_told_by_its_address(path: str, url: str, tmp_path: Path) -> None:
    assert urls(tmp_path, path) == [url]


def test_the_request_is_the_protocols_and_holds_under_a_project_path(tmp_path: Path) -> None:
    (notice,) = indexnow.notices(SITE, TOLD, tmp_path, ["index.html"])

    assert (notice.to, notice.type) == (TOLD.indexnow_at, "application/json; charset=utf-8")
    assert json.loads(notice.body) == {
        "host": "brand.example", "key": KEY, "keyLocation": f"{SITE}/{KEY}.txt", "urlList": [f"{SITE}/"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("head", "listed"),
    [
        ("", True),
        ('<meta name="robots" content="max-image-preview:large">', True),
        (f'<link rel="canonical" href="{SITE}/a/">', True),
        ('<meta name="robots" content="noindex">', False),
        ('<link rel="canonical" href="https://elsewhere.example/a/">', False),
    ],
)
def test_a_page_that_wants_no_search_engine_or_belongs_elsewhere_is_left_out(
    head: str, listed: bool, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text(page(head), "utf-8")

    assert urls(tmp_path, "a/index.html") == ([f"{SITE}/a/"] if listed else [])


def test_words_of_the_body_are_no_rules(tmp_path: Path) -> None:
    text = page().replace("<p>x</p>", '<meta name="robots" content="noindex">')
    (tmp_path / "a.html").write_text(text, "utf-8")

    assert urls(tmp_path, "a.html") == [f"{SITE}/a.html"]


def test_a_page_that_is_gone_is_told_and_what_is_no_page_is_not(tmp_path: Path) -> None:
    assert urls(tmp_path, "gone/index.html", "style.css", "flux/tout.xml") == [f"{SITE}/gone/"]


def test_an_empty_page_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"")

    assert urls(tmp_path, "a.html") == [f"{SITE}/a.html"]


@pytest.mark.parametrize(("count", "sizes"), [(9_999, [9_999]), (10_000, [10_000]), (10_001, [10_000, 1])])
def test_no_request_tells_of_more_than_ten_thousand(count: int, sizes: list[int], tmp_path: Path) -> None:
    notices = indexnow.notices(SITE, TOLD, tmp_path, [f"{number}/index.html" for number in range(count)])

    assert [len(json.loads(notice.body)["urlList"]) for notice in notices] == sizes
