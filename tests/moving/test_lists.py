"""Lists of feeds become sources, whole, once, below what an editor wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from parvis import settings
from parvis.errors import CONFIG, CONTENT, Refused
from parvis.moving import lists, verbs
from tests import hub
from tests.cases import SHARED

NOW = datetime(2026, 11, 20, tzinfo=UTC)
MINE = """# what we read
forum:
  kind: feed
  url: https://forum.example/feed/   # the old one
"""
OPML = b"""<?xml version="1.0" encoding="iso-8859-1"?>
<opml version="1.0"><head><title>x</title></head><body>
<outline text="Amis"><outline text="Zo\xe9 &amp; Bo" type="rss" xmlUrl="https://zoe.example/feed" language="fr"/>
<outline title="A &lt;b&gt;" xmlurl="http://b.example/rss"/><outline text="no feed" htmlUrl="https://c.example/"/>
<outline text="again" xmlUrl="http://www.forum.example/feed"/><outline text="x" xmlUrl="javascript:alert(1)"/></outline>
</body></opml>"""


def project(folder: Path, sources: str = MINE) -> Path:
    return hub.write(folder, f"-- content/sources.yml --\n{sources}")


def bring(folder: Path, body: bytes, *, into: str = "community", dry: bool = False) -> list[str]:
    file = folder / "list"
    file.write_bytes(body)
    said: list[str] = []
    asked = verbs.Asked(str(file), into, dry_run=dry)
    assert verbs.bring(settings.load({}, folder), asked, now=NOW, say=said.append) == 0
    return said


def test_an_outline_is_taken_over_below_what_is_there(tmp_path: Path) -> None:
    said = bring(project(tmp_path), OPML)

    text = (tmp_path / "content/sources.yml").read_text("utf-8")
    found = settings.load({}, tmp_path).sources
    zoe = found["zoe-bo"]
    assert text.startswith(MINE)
    assert list(found) == ["forum", "zoe-bo", "a-b"]
    assert (zoe.url, zoe.lang, zoe.label.in_("fr")) == ("https://zoe.example/feed", "fr", "Zoé & Bo")
    assert {(source.trust, source.use, source.into) for source in found.values()} == {("held", "excerpt", "community")}
    assert said[-2:] == [
        "  not taken over, no address of the web: javascript:alert(1)",
        "2 sources added, 1 there already",
    ]


def test_a_second_time_adds_nothing(tmp_path: Path) -> None:
    bring(project(tmp_path), OPML)
    before = (tmp_path / "content/sources.yml").read_bytes()

    assert bring(tmp_path, OPML)[-1] == "0 sources added, 3 there already"
    assert (tmp_path / "content/sources.yml").read_bytes() == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    said = bring(project(tmp_path), OPML, into="testimonials", dry=True)

    assert said[-1] == "2 sources found, 1 there already"
    assert (tmp_path / "content/sources.yml").read_text("utf-8") == MINE


@pytest.mark.parametrize("empty", ["", "{}\n", "# nothing yet\n"])
def test_a_file_without_entries_gets_the_first(tmp_path: Path, empty: str) -> None:
    bring(project(tmp_path, empty), b"[https://a.example/feed]\nname = true\n")

    assert list(settings.load({}, tmp_path).sources) == ["true"]
    assert "#" not in empty or "# nothing yet" in (tmp_path / "content/sources.yml").read_text("utf-8")


def test_every_dialect_of_a_planet_is_read() -> None:
    feeds = lists.planet(
        b"[Planet]\nname = x\nfeed = https://not.example/\n[DEFAULT]\nx = y\n# [https://off.example/]\n"
        b"[https://a.example/feed?a=1&b[]=2]\nname = Zo\xc3\xa9 = moi\nfilters = x\n  y = z\n"
        b"[word]\n  title = Pluto\ntitle = Pluto\nfeed  = https://b.example/feed\n[other]\nlink = https://c.example/\n"
    )

    assert feeds.feeds == (
        lists.Feed("https://a.example/feed?a=1&b[]=2", "Zoé = moi"),
        lists.Feed("https://b.example/feed", "Pluto"),
    )


def test_feed_addresses_are_those_of_the_web_and_what_is_none_is_told() -> None:
    outlines = lists.opml(
        b'<opml><body><outline text="a" xmlUrl="feed://a.example/f"/><outline xmlUrl="feed:https://b.example/f"/>'
        b'<outline text="c" xmlUrl="//c.example/f"/><outline xmlUrl="https://me:secret@d.example/f"/>'
        b'<outline text="e" type="include" url="https://e.example/list.opml"/><outline text="f" xmlUrl="',
        "x",
    )
    venus = lists.planet(
        b"[itpc://a.example/f]\n[reading]\nfeed = https://b.example/list\ncontent_type = opml\n[planet.Sub]\nx = y\n"
    )

    assert [feed.url for feed in outlines.feeds] == ["http://a.example/f", "https://b.example/f"]
    assert [note.partition(" (")[0] for note in outlines.notes] == [
        "not taken over, no address of the web: //c.example/f",
        "not taken over, no address of the web: https://…@d.example/f",
        "not taken over, a list of its own: https://e.example/list.opml",
        "damaged at line 1",
    ]
    assert venus.feeds == (lists.Feed("http://a.example/f"),)
    assert venus.notes == ("not taken over, a list of its own: https://b.example/list",)


@pytest.mark.skipif(not (SHARED / "planet").is_dir(), reason="the shared data is not beside this repository")
def test_the_planet_of_python_comes_whole(tmp_path: Path) -> None:
    body = (SHARED / "planet/planetpython-head.ini").read_bytes()
    addresses = [line[1:-1] for line in body.decode().splitlines() if line.startswith("[http")]
    names = [line[7:].strip() for line in body.decode().splitlines() if line.startswith("name = ")][1:]
    bring(project(tmp_path, ""), body)

    found = settings.load({}, tmp_path).sources.values()
    assert [source.url for source in found] == addresses
    assert [source.label.in_("fr") for source in found] == names
    assert len(addresses) == 59


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"hello", b"<opml", b'{"a": 1}', b"{", b"\xff\xfe\x00"])
def test_what_nobody_knows_is_one_fault(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        bring(project(tmp_path), body)

    assert refused.value.code == CONTENT


def test_a_file_that_is_not_there_is_a_fault_of_usage(tmp_path: Path) -> None:
    known = settings.load({}, project(tmp_path))
    with pytest.raises(Refused) as refused:
        verbs.bring(known, verbs.Asked("none.opml"), now=NOW, say=print)

    assert refused.value.code == CONFIG
