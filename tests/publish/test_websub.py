"""A feed belongs to the hub that it names, by the address that it calls its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from parvis.publish import websub
from tests.publish.receiving import FORMATS

HUB, URL = "https://hub.example/", "https://brand.example/site/flux/tout"


@pytest.mark.parametrize(("kind", "feed"), FORMATS)
def test_a_feed_that_names_the_hub_is_told_by_its_own_address(
    kind: str, feed: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / f"a.{kind}").write_text(feed(f"{URL}.{kind}", "1", hub=HUB), "utf-8")

    (notice,) = websub.notices(HUB, tmp_path, [f"a.{kind}"])

    assert (notice.to, notice.type) == (HUB, "application/x-www-form-urlencoded")
    assert parse_qs(notice.body.decode()) == {
        "hub.mode": ["publish"], "hub.url": [f"{URL}.{kind}"], "hub.topic": [f"{URL}.{kind}"],
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "feed"), FORMATS)
@pytest.mark.parametrize("hub", ["", "https://other.example/"])
def test_a_feed_that_names_no_hub_or_another_is_not_told(
    hub: str, kind: str, feed: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / f"a.{kind}").write_text(feed(URL, "1", hub=hub), "utf-8")

    assert list(websub.notices(HUB, tmp_path, [f"a.{kind}"])) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sitemap.xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'),
        ("broken.xml", "<rss"),
        ("empty.xml", ""),
        ("headless.xml", "<rss/>"),
        ("list.json", "[1, 2]"),
        ("broken.json", "{"),
        ("binary.json", "\xff\xfe"),
        ("index.html", f'<link rel="hub" href="{HUB}"><link rel="self" href="{URL}">'),
    ],
)
def test_what_is_no_feed_is_not_told(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))

    assert list(websub.notices(HUB, tmp_path, [name])) == []


def test_a_link_inside_an_entry_does_not_make_the_feed_the_hubs(tmp_path: Path) -> None:
    entry = f'<entry><link rel="hub" href="{HUB}"/></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{URL}"/>{entry}</feed>'
    (tmp_path / "a.atom").write_text(feed, "utf-8")

    assert list(websub.notices(HUB, tmp_path, ["a.atom"])) == []


@pytest.mark.parametrize(
    ("hub", "field", "requests"),
    [
        ("https://hub.example/", "hub.url", 120),
        ("https://notsuperfeedr.com/", "hub.url", 120),
        ("https://pubsubhubbub.appspot.com/", "hub.url", 3),
        ("https://pubsubhubbub.superfeedr.com", "hub.url[]", 3),
        ("https://brand.superfeedr.com/", "hub.url[]", 3),
    ],
)
def test_several_feeds_go_at_once_only_where_the_hub_documents_how(
    hub: str, field: str, requests: int, tmp_path: Path
) -> None:
    kind, feed = FORMATS[0]
    names = [f"{number}.{kind}" for number in range(120)]
    for name in names:
        (tmp_path / name).write_text(feed(f"{URL}/{name}", hub=hub), "utf-8")

    notices = list(websub.notices(hub, tmp_path, names))

    assert len(notices) == requests
    told = [url for notice in notices for url in parse_qs(notice.body.decode())[field]]
    assert sorted(told) == sorted(f"{URL}/{name}" for name in names)
    assert sorted(path for notice in notices for path in notice.paths) == sorted(names)
