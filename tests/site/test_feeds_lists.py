"""What stands around the entries: smaller feeds, lists of feeds (OPML), the page of all feeds, labels, hub, picture."""

from __future__ import annotations

import json

import feedparser
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from parvis.matter import write
from tests import hub
from tests.site.conftest import Build, Built, article

SITE = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example/hub\n"
NOW = "2026-11-20T12:00:00+01:00"
SOURCES = """
-- content/sources.yml --
forum: {kind: feed, url: "https://forum.example/ideas.rss", permission: "Charte", label: Le forum & co}
muet: {kind: feed, url: "https://muet.example/feed"}
avis: {kind: table, path: demo/avis.csv, into: testimonials, permission: "Formulaire"}
"""


def rss(built: Built, path: str) -> feedparser.FeedParserDict:
    parsed = feedparser.parse((built.output / "flux" / path).read_bytes())
    assert not parsed.bozo
    return parsed


def shelves() -> str:
    return (
        SITE
        + SOURCES
        + article("a", more="tags: [recettes]\ncategory: Au jardin\n")
        + article("b", more="category: au jardin\n")
        + article("c", more="category: Récits\n")
        + hub.item(tags=["Recettes"])
    )


def test_topics_categories_and_sources_have_feeds_of_what_is_about_them(build: Build) -> None:
    built = build(shelves())

    def ids(path: str) -> set[str]:
        return {entry.id.partition(",2026:")[2] for entry in rss(built, path).entries}

    assert ids("sujets/recettes.xml") == {"a", "forum-1"}
    assert ids("categories/au-jardin.xml") == {"a", "b"}
    assert ids("categories/recits.xml") == {"c"}
    assert ids("sources/forum.xml") == {"forum-1"}
    assert not built.files("flux/sujets/jardin.*") and not built.files("flux/sources/avis.*")
    assert rss(built, "sujets/recettes.xml").feed.link == "https://maison.example/hub/sujets/recettes/"
    assert rss(built, "sources/forum.xml").feed.link == "https://maison.example/hub/communaute/"


def test_a_topics_page_names_its_feed(build: Build) -> None:
    page = build(shelves())("sujets/recettes/index.html")

    assert "../../flux/sujets/recettes.xml" in {link["href"] for link in page("link", rel="alternate", type=True)}


def test_opml_lists_each_of_our_feeds_once_and_all_are_there(build: Build) -> None:
    built = build(shelves())

    root = etree.fromstring((built.output / "flux/flux.opml").read_bytes())
    feeds = [str(outline.get("xmlUrl")) for outline in root.iterfind(".//outline[@type='rss']")]
    paths = [feed.removeprefix("https://maison.example/hub/") for feed in feeds]
    assert root.get("version") == "2.0" and root.findtext("head/title") == "La maison – Flux"
    assert len(set(paths)) == len(paths) == 8
    assert all((built.output / path).is_file() for path in paths)
    assert all(outline.get("title") for outline in root.iterfind(".//outline[@type='rss']"))


def test_the_blogroll_names_those_who_agreed_and_have_an_address(build: Build) -> None:
    built = build(shelves())

    root = etree.fromstring((built.output / "flux/blogroll.opml").read_bytes())
    (outline,) = root.iterfind("body/outline")
    assert dict(outline.attrib) == {
        "text": "Le forum & co", "title": "Le forum & co", "type": "rss",
        "xmlUrl": "https://forum.example/ideas.rss", "htmlUrl": "https://forum.example/",
    }  # fmt: skip
    assert "muet.example" not in (built.output / "flux/blogroll.opml").read_text("utf-8")


def test_without_sources_that_agreed_there_is_no_blogroll(build: Build) -> None:
    built = build(SITE + article())

    assert not built.files("flux/blogroll.opml")
    assert "blogroll" not in built("flux/index.html").main.get_text()


def test_the_page_of_feeds_offers_every_feed(build: Build) -> None:
    built = build(shelves())

    page = built("flux/index.html")
    offered = {link["href"].removeprefix("../") for link in page.main("a", type=True)}
    written = {path for path in built.files("flux/**/*.*") if not path.endswith(".html")}
    archives = {path for path in written if path.split("/")[1] in ("tout", "articles", "communaute", "temoignages")}
    assert offered == written - archives


def test_long_groups_of_feeds_are_folded(build: Build) -> None:
    topics = ", ".join(f"t{number}" for number in range(40))
    brand = SITE.replace("[recettes, jardin]", f"[{topics}]")

    page = build(brand + article(more=f"tags: [{topics}]\n"))("flux/index.html")
    assert len(page.details.find("tbody")("tr")) == 40
    assert page.details.summary.get_text(" ", strip=True) == "Sujets 40"


@pytest.mark.parametrize("kind", ["gift", "paid", "employee", "affiliate"])
def test_a_commercial_tie_is_told_in_the_text_and_to_programs(build: Build, kind: str) -> None:
    built = build(SITE + article(more=f"commercial: {kind}\nsummary: Elle tourne.\n"))

    (item,) = json.loads((built.output / "flux/tout.json").read_bytes())["items"]
    (label,) = item["tags"]
    assert BeautifulSoup(item["content_html"], "html.parser").p.get_text() == label
    assert item["summary"] == f"{label}. Elle tourne."
    for end in ("xml", "atom"):
        (entry,) = rss(built, f"tout.{end}").entries
        assert [tag.term for tag in entry.tags] == [label] and entry.summary.startswith(label)


def test_the_hub_is_named_in_every_format(build: Build) -> None:
    built = build(SITE + article(), PARVIS={"now": NOW, "feeds": {"hub": "https://hub.example/"}})

    for end in ("xml", "atom"):
        assert [link.href for link in rss(built, f"tout.{end}").feed.links if link.rel == "hub"] == [
            "https://hub.example/"
        ]
    assert rss(built, "tout.xml").feed.link == "https://maison.example/hub/"
    known = json.loads((built.output / "flux/tout.json").read_bytes())
    assert known["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_an_answer_and_a_correction_are_in_the_text_and_are_a_change(build: Build) -> None:
    reply = {"by": "Marc", "on": "2026-11-10", "text": "Merci *beaucoup*."}
    built = build(SITE + hub.item(use="full", reply=reply, correction={"on": "2026-11-12", "text": "Trois <b> jours"}))

    (item,) = json.loads((built.output / "flux/tout.json").read_bytes())["items"]
    text = BeautifulSoup(item["content_html"], "html.parser")
    assert text.em.string == "beaucoup" and "Trois <b> jours" in text.get_text()
    assert item["date_published"] == "2026-11-02T09:00:00+01:00"
    assert item["date_modified"].startswith("2026-11-12T00:00:00.")


def test_no_date_lies_in_the_future(build: Build) -> None:
    soon = article("a", more="updated: 2026-11-25T08:00:00+01:00\n")
    answered = hub.item(reply={"by": "Marc", "on": "2026-11-30", "text": "Merci."})
    now = article("b").replace("2026-11-02T09:00:00+01:00", NOW)
    built = build(SITE + soon + answered + now)

    items = json.loads((built.output / "flux/tout.json").read_bytes())["items"]
    assert len(items) == 3
    assert max(item[date][:19] for item in items for date in ("date_published", "date_modified")) == NOW[:19]


def test_what_was_said_in_one_second_is_told_apart(build: Build) -> None:
    built = build(SITE + article("a") + article("b") + article("c"))

    updated = [entry.updated for entry in rss(built, "tout.atom").entries]
    assert len(set(updated)) == 3
    assert {moment[:19] for moment in updated} == {"2026-11-02T09:00:00"}


def test_a_pictures_size_and_words_are_told_in_all_formats(build: Build) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"></svg>'
    image = write({}, "").replace("---\n{}\n---\n\n\n", picture)
    more = "image: images/r.svg\nalt: Une roue & son ombre\n"
    built = build(SITE + article(more=more) + f"-- content/images/r.svg --\n{image}")

    for end in ("xml", "atom"):
        entry = rss(built, f"tout.{end}").entries[0]
        (media,) = entry.media_content
        assert (media["url"], media["width"], media["height"]) == (
            "https://maison.example/hub/images/r.svg",
            "40",
            "30",
        )
        assert entry.media_thumbnail[0]["width"] == "40"
        (enclosure,) = entry.enclosures
        assert (enclosure.type, int(enclosure.length)) == ("image/svg+xml", len(picture))
    (item,) = json.loads((built.output / "flux/tout.json").read_bytes())["items"]
    assert item["attachments"][0]["title"] == "Une roue & son ombre"
