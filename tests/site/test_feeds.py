"""Feeds as their readers meet them: other programs than ours read them alike, ids outlive titles and addresses."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import atoma
import fastfeedparser
import feedparser
import pytest

from parvis.matter import write
from tests import hub
from tests.site.conftest import Build, Built, article

SITE = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example/hub\n"
AMBASSADOR = """
-- content/ambassadors/ambre.md --
---
id: ambassador-1
title: Fleuriste
handle: ambre
code: FLEURS26
name: Ambre Leduc
lang: fr
languages: [fr]
topics: [recettes]
consent: {version: "1", on: 2026-01-05}
---

Quarante-deux bouquets.
"""
NEWSBOAT = shutil.which("newsboat")


def rich() -> str:
    body = "Elle tourne & *grince* : [ici](/autre/), <script>alert(1)</script> ![r]({static}/images/r.png)"
    named = article(title="La roue & <b>moi</b> 💡", body=body, more="author: Léa\ntags: [Recettes]\n")
    said = hub.item(use="full", author={"name": "Zoé & co", "url": "https://forum.example/u/zoe"})
    picture = write({}, "").replace("---\n{}\n---\n\n\n", "x")
    return SITE + named + said + f"-- content/images/r.png --\n{picture}"


def read(built: Built, name: str) -> dict[str, dict[str, object]]:
    """What each of three readers makes of RSS or Atom: id → title, link and date."""
    data = (built.output / "flux" / name).read_bytes()
    parsed = feedparser.parse(data)
    assert not parsed.bozo
    made = {
        "feedparser": {
            entry.id: (entry.title, entry.link, datetime(*entry.published_parsed[:6], tzinfo=UTC))
            for entry in parsed.entries
        },
        "fastfeedparser": {
            entry.id: (entry.title, entry.link, datetime.fromisoformat(entry.published).astimezone(UTC))
            for entry in fastfeedparser.parse(data).entries
        },
    }
    if name.endswith(".xml"):
        items = atoma.parse_rss_bytes(data).items
        made["atoma"] = {item.guid: (item.title, item.link, item.pub_date.astimezone(UTC)) for item in items}
    else:
        entries = atoma.parse_atom_bytes(data).entries
        made["atoma"] = {e.id_: (e.title.value, e.links[0].href, e.published.astimezone(UTC)) for e in entries}
    return made


@pytest.mark.parametrize("name", ["tout.xml", "tout.atom"])
def test_three_readers_read_the_same_in_rss_and_in_atom(build: Build, name: str) -> None:
    made = read(build(rich()), name)

    assert made["feedparser"] == made["atoma"]
    assert set(made["feedparser"]) == set(made["fastfeedparser"])
    assert set(made["feedparser"]) == {"tag:maison.example,2026:roue", "tag:maison.example,2026:forum-1"}
    links = {link for _, link, _ in made["feedparser"].values()}
    assert links == {"https://maison.example/hub/articles/roue/", "https://maison.example/hub/communaute/forum-1/"}


def test_titles_are_text_in_every_feed(build: Build) -> None:
    made = read(build(rich()), "tout.atom")

    assert "La roue & <b>moi</b> 💡" in {unescape(title) for title, _, _ in made["feedparser"].values()}


def test_full_text_is_clean_and_its_addresses_are_whole(build: Build) -> None:
    entry = next(
        e for e in feedparser.parse((build(rich()).output / "flux/tout.xml").read_bytes()).entries if "roue" in e.id
    )

    text = entry.content[0].value
    assert "<em>grince</em>" in text
    assert 'href="https://maison.example/autre/"' in text
    assert 'src="https://maison.example/hub/images/r.png"' in text
    assert "script" not in text and "alert" not in text


def test_what_may_only_be_linked_to_has_no_text_in_feeds(build: Build) -> None:
    built = build(SITE + hub.item(use="link"))

    entry = feedparser.parse((built.output / "flux/communaute.xml").read_bytes()).entries[0]
    assert "content" not in entry
    assert "Bonjour" not in entry.summary
    assert "Bonjour" not in built("communaute/forum-1/index.html").text


@pytest.mark.parametrize("change", [{"title": "Autre"}, {"slug": "autre"}, {"path": "content/community/2025/other.md"}])
def test_ids_stay_when_title_slug_and_address_change(build: Build, change: dict[str, str]) -> None:
    before = read(build(SITE + hub.item()), "tout.xml")["feedparser"]
    moved = {"content/brand.yml": hub.BRAND + "url: https://autre.example\n"}
    shutil.rmtree(build().output.parent / "content/community")
    site = f"-- content/brand.yml --\n{moved['content/brand.yml']}" + hub.item(**change)  # type: ignore[arg-type]

    after = read(build(site), "tout.xml")["feedparser"]

    assert set(before) == set(after) == {"tag:maison.example,2026:forum-1"}
    assert before != after


def test_the_channel_names_its_page_and_its_own_address(build: Build) -> None:
    channel = feedparser.parse((build(rich()).output / "flux/tout.xml").read_bytes()).feed

    assert channel.link == "https://maison.example/hub/"
    (own,) = [link for link in channel.links if link.rel == "self"]
    assert (own.href, own.type) == ("https://maison.example/hub/flux/tout.xml", "application/rss+xml")
    assert channel.language == "fr"


def test_authors_are_named_without_an_e_mail_address(build: Build) -> None:
    entries = feedparser.parse((build(rich()).output / "flux/tout.xml").read_bytes()).entries

    assert {entry.author for entry in entries} == {"Léa", "Zoé & co"}


def test_what_nobody_signed_is_not_said_by_the_brand(build: Build) -> None:
    built = build(SITE + hub.item(author={"name": ""}))

    (entry,) = feedparser.parse((built.output / "flux/communaute.atom").read_bytes()).entries
    assert entry.author == "forum"


def test_an_ambassadors_feed_carries_wording_and_a_link_with_their_code_and_no_name(build: Build) -> None:
    share = "tags: [recettes]\nshare:\n  wordings:\n    any: [Venez voir la roue !]\n"
    built = build(SITE + article(more=share) + article("autre", title="Hors sujet") + AMBASSADOR)

    (entry,) = feedparser.parse((built.output / "flux/ambassadeurs/ambre.xml").read_bytes()).entries
    assert entry.id == "tag:maison.example,2026:roue/ambre"
    assert "Venez voir la roue" in entry.summary
    assert "FLEURS26" in entry.link and "Leduc" not in entry.link
    assert unescape(entry.summary) == f"Venez voir la roue !\n\n#Recettes\n\n{entry.link}"


@pytest.mark.parametrize(
    ("window", "count"),
    [("embargo: 2026-11-21T00:00:00Z", 0), ("until: 2026-11-19T00:00:00Z", 0), ("embargo: 2026-11-19T00:00:00Z", 1)],
)
def test_what_is_not_to_be_shared_now_is_not_in_ambassadors_feeds(build: Build, window: str, count: int) -> None:
    built = build(SITE + article(more=f"tags: [recettes]\nshare:\n  {window}\n") + AMBASSADOR)

    assert len(feedparser.parse((built.output / "flux/ambassadeurs/ambre.xml").read_bytes()).entries) == count


def test_an_unchanged_site_has_the_same_feeds_to_the_byte(build: Build) -> None:
    built = build(rich())
    feeds = {name: (built.output / name).read_bytes() for name in built.files("flux/*")}

    built = build(rich())

    assert {name: (built.output / name).read_bytes() for name in feeds} == feeds


def test_every_page_tells_of_the_feeds_it_belongs_to(build: Build) -> None:
    built = build(rich())

    alternates = built("communaute/index.html")("link", rel="alternate", type=True)
    assert {link["href"] for link in alternates} >= {
        "../flux/communaute.xml",
        "../flux/communaute.atom",
        "../flux/tout.xml",
    }


@pytest.mark.skipif(not NEWSBOAT, reason="needs newsboat: apt install newsboat")
@pytest.mark.parametrize("name", ["tout.xml", "tout.atom"])
def test_newsboat_reads_the_same(build: Build, tmp_path: Path, name: str) -> None:
    built = build(rich())
    expected = read(built, name)["feedparser"]
    home = tmp_path / "newsboat"
    home.mkdir()
    (home / "urls").write_text(f"file://{built.output}/flux/{name}\n")
    (home / "config").touch()
    run: Callable[..., object] = subprocess.run
    run(
        [NEWSBOAT, "-u", home / "urls", "-c", home / "cache.db", "-C", home / "config", "-x", "reload"],
        env={"HOME": str(home), "LC_ALL": "C.UTF-8"}, check=True, capture_output=True, timeout=60,
    )  # fmt: skip

    rows = sqlite3.connect(home / "cache.db").execute("select guid, title, url from rss_item").fetchall()

    told = {guid: (unescape(title), url) for guid, title, url in rows}
    assert told == {id: (unescape(title), link) for id, (title, link, _) in expected.items()}
