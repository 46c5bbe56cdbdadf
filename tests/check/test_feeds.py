"""The audit of feeds finds what the W3C validator would: good ones pass, and each rule that is broken is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from parvis.check import feeds
from parvis.errors import Fault
from tests.cases import ROOT

GOOD = ROOT / "tests/corpus/feeds"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SITE = "https://maison.example"
ITEM_IN_RSS, ENTRY, MEMBER = "<item xml:lang=", "<entry>", '"version":'

BROKEN = {
    "good.xml": [
        ("</channel>", "", "not well-formed"),
        ('version="2.0"', "", "the attribute version is missing"),
        ("<?xml version='1.0' encoding='UTF-8'?>\n", "", "not told to be a feed"),
        ("'UTF-8'", "'utf-8' standalone='yes'", ""),
        ("encoding='UTF-8'", "", "not said to be in UTF-8"),
        ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/elements/1.0/", "which validators warn of"),
        ("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss", "which validators warn of"),
        ("xmlns:atom=", 'xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:atom=', "of which nothing is there"),
        ("xmlns:dc=", 'xmlns:georss="http://www.georss.org/georss" xmlns:dc=', "which validators warn of"),
        ("<language>fr</language>", "", "<language> is missing"),
        ("<language>fr", "<language>french", "is no language code"),
        ("<ttl>60", "<ttl>0", "is no number above 0"),
        ("<ttl>60", "<webMaster>a@b.example</webMaster><ttl>60", "not known in <channel>"),
        ("<ttl>60", "<title>x</title><ttl>60", "stands more than once"),
        ("<ttl>60</ttl>", "", ""),
        ('rel="self"', 'rel="related"', "no link to itself"),
        ('rel="next"', 'rel="prev"', "'prev' is none of"),
        ("example/good.xml", "example/other.xml", "it stands at https://maison.example/good.xml"),
        ('rel="self" type="application/rss+xml"', 'rel="self" type="text/xml"', "its own type is text/xml"),
        ("<title>La maison</title><link>", "<title>La mansion</title><link>", "its title is not the channel's"),
        ("example/</link></image>", "example/x</link></image>", "its link is not the channel's"),
        ("logo.png", "logo.svg", "no JPEG, GIF or PNG"),
        ("</image>", "<width>200</width></image>", "more than 144"),
        ("Des roues &#x26; des", "Des roues &amp;amp; des", "not told apart from HTML"),
        ("&#x26;lt;b&#x26;gt;", "&amp;lt;b&amp;gt;", "not told apart from HTML"),
        ("&#x26;lt;b&#x26;gt;", "&lt;/b&gt;", "markup in what is text"),
        ("&#x26;lt;b&#x26;gt;", "&lt;b&gt;", "not told apart from HTML"),
        ("&#x26;lt;b&#x26;gt;", "\ufffd", "stands for no letter"),
        ("<category>Recettes", "<category> ", "nothing in it"),
        ("Mon, 02 Nov 2026 09:00:00 +0100</pub", "Tue, 02 Nov 2026 09:00:00 +0100</pub", "another day of the week"),
        ("Mon, 02 Nov 2026 09:00:00 +0100</pub", "Mon, 02 Nov 2026 09:00:00 +0545</pub", "not as RFC 822 writes it"),
        ("Mon, 02 Nov 2026 09:00:00 +0100</pub", "Fri, 20 Nov 2026 19:00:00 +0100</pub", "in the future"),
        ("Mon, 02 Nov 2026 09:00:00 +0100</pub", "Sun, 01 Jan 1989 09:00:00 +0100</pub", "before 1990"),
        ("Mon, 02 Nov 2026 09:00:00 +0100</pub", "2026-11-02</pub", "not as RFC 822 writes it"),
        ("https://maison.example/roue/", "/roue/", "is not whole"),
        ("https://maison.example/roue/", "https://maison.example/é/", "is not whole, or not percent-encoded"),
        ("https://maison.example/roue/", "https://maison.example/?a[]=1", "is not whole, or not percent-encoded"),
        ('source url="https://forum.example/"', "source", "the attribute url is missing"),
        (' isPermaLink="false"', "", "needs isPermaLink=false"),
        ("<guid", "<guid>x</guid><guid", "stands more than once"),
        ("</item>", '</item><item><title>x</title><link>https://a.example/</link><guid isPermaLink="false">'
         "tag:maison.example,2026:roue</guid><pubDate>Mon, 02 Nov 2026 09:00:00 +0100</pubDate></item>",
         "the id 'tag:maison.example,2026:roue' stands 2 times"),
        ("</item>", "</item><ttl>60</ttl>", "stands after an item"),
        ("<description>Elle tourne.</description>", "", "without a description before it"),
        ('length="120"', 'length="?"', "is no number above 0"),
        ('length="120"', "", "the attribute length is missing"),
        ('<enclosure url="https://maison.example', '<enclosure url="https://localhost', "no web address with a domain"),
        ("<dc:creator>Léa</dc:creator>", "<author>Léa</author>", "not known in <item>"),
        ('medium="image"', 'medium="drawing"', "is none of"),
        ('width="640" height="480"/>', 'width="0"/>', "is no number above 0"),
        ("&lt;em&gt;", "&lt;em onclick=x&gt;", "an attribute onclick"),
        ("&lt;em&gt;", "&lt;em style=x&gt;", "an attribute style"),
        ("&lt;em&gt;", "&lt;script&gt;", "an element <script>"),
        ("&lt;em&gt;", "&lt;form&gt;", "an element <form>"),
        ("&lt;em&gt;", "&lt;iframe/&gt;", "an element <iframe>"),
        ('href="https://maison.example/"&gt;', 'href="/"&gt;', "an address that is not whole"),
        ('href="https://maison.example/"&gt;', 'href="javascript:x"&gt;', "an address that is not whole"),
        ("&lt;em&gt;", "&lt;img srcset='https://a.example/1 1x, /2 2x'&gt;", "an address that is not whole: /2"),
    ],
    "good.atom": [
        (' xmlns="http://www.w3.org/2005/Atom"', ' xmlns="http://www.w3.org/2005/Atom" xmlns:at='
         '"http://purl.org/atompub/tombstones/1.0"', "of which nothing is there"),
        ("<fh:archive/>", '<fh:archive/><at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" '
         'ref="tag:maison.example,2026:x" when="2026-11-03T00:00:00Z"/>', ""),
        ("feed/all/fr</id>", "feed é</id>", "no tag: URI"),
        ("tag:maison.example,2026:source/forum", "https://forum.example", "not in its normal form"),
        ("tag:maison.example,2026:source/forum", "HTTPS://forum.example/", "not in its normal form"),
        ("tag:maison.example,2026:source/forum", "https://forum.example:443/", "not in its normal form"),
        ("<id>tag:maison.example,2026:source/forum</id>", "", "<id> is missing"),
        ("09:00:00.120000", "09:00:00.130000", "the updated '2026-11-02T09:00:00.130000+01:00' stands 2 times"),
        ("2026:chaine", "2026:roue", "the id 'tag:maison.example,2026:roue' stands 2 times"),
        ("<published>2026-11-02T", "<published>2026-11-31T", "does not exist"),
        ("<published>2026-11-02T", "<published>2027-11-02T", "in the future"),
        ("<published>2026-11-02T09:00:00+01:00", "<published>2026-11-02", "not as RFC 3339 writes it"),
        ("<title>La chaîne</title>", "<title/>", "nothing in it"),
        ("<title>La chaîne</title>", "<title>La &lt;b&gt;chaîne&lt;/b&gt;</title>", "markup in what is text"),
        ("<title>La chaîne</title>", "<title type='text'>La &amp;copy;</title>", "not told apart from HTML"),
        ("<title>La chaîne</title>", '<title type="text/html">x</title>', "is none of text, html"),
        ("<summary>Elle grince.</summary>", "", "neither content nor summary"),
        ('<link href="https://maison.example/chaine/"/>', "", "0 links to its page"),
        ('<link href="https://maison.example/chaine/"/>', '<link href="https://maison.example/chaine/"/>' * 2,
         "2 links to its page"),
        ('rel="via"', 'rel="next"', "a relation of feeds in an entry"),
        ('rel="prev-archive"', 'rel="hub"', "an archive without another one beside it"),
        ('rel="current"', 'rel="hub"', "does not name the current feed"),
        ("<fh:archive/>", "<fh:complete/>", "a complete feed has no neighbours"),
        ("  <author><name>La maison</name><uri>https://maison.example/</uri></author>\n", "", "nobody is named"),
        ("<name>Léa</name>", "<name/>", "nothing in it"),
        ("<name>Léa</name>", "<email>a@b.example</email>", "not known in <author>"),
        ("</feed>", "<rights>x</rights></feed>", "stands after an entry"),
        ('term="Recettes"', "", "the attribute term is missing"),
        ("&lt;p&gt;Elle", "&lt;object&gt;Elle", "an element <object>"),
    ],
    "good.json": [
        ('"items": [', '"items": ', "no JSON"),
        ("version/1.1", "version/1", "is none of"),
        ('"title": "La maison",', "", "title is missing"),
        ("example/good.json", "example/x.json", "it stands at https://maison.example/good.json"),
        ('"language": "fr"', '"author": {"name": "x"}', "author is no member of JSON Feed 1.1"),
        ('"language": "fr"', '"next_url": "https://maison.example/good.json"', "next_url leads to the feed itself"),
        ('"id": "tag:maison.example,2026:roue"', '"id": 1', "want a text"),
        ('"content_html": "<p>Elle tourne.</p>"', '"image": "https://maison.example/r.png"', "neither content_html"),
        ('"<p>Elle', '"<script>Elle', "an element <script>"),
        ("2026-11-02T09:00:00+01:00", "2026-11-02", "not as RFC 3339 writes it"),
        ('[{"name": "Léa"}]', '[{}]', "one that says nothing"),
        ('[{"name": "Léa"}]', '"Léa"', "want list"),
        ('["Recettes"]', "[1]", "a tag that is no text"),
        ('"mime_type": "image/png"', '"title": "x"', "mime_type is missing"),
        ('"size_in_bytes": 120', '"size_in_bytes": "120"', "want int"),
        ('"summary"', '"_parvis": {"a": 1}, "summary"', ""),
        ('"Elle tourne."', '""', "nothing in it"),
    ],
    "good.opml": [
        ('version="2.0"', 'version="3.0"', "is none of"),
        ("<title>La maison</title>", "", "<title> is missing"),
        (' title="Tout"', "", "a feed without title"),
        ('type="rss"', "", "a feed without type=rss"),
        ('xmlUrl="https://maison.example/good.xml"', 'xmlUrl="/good.xml"', "is not whole"),
        ('text="Tout" title', 'text="&lt;script&gt;" title', "an element <script>"),
        (' htmlUrl="', ' feedUrl="', "the attribute feedUrl is not known there"),
    ],
}  # fmt: skip


def audited(folder: Path, name: str, text: str) -> list[Fault]:
    (folder / name).write_text(text, encoding="utf-8")
    return list(feeds.audit(folder, SITE, NOW))


@pytest.mark.parametrize("name", BROKEN)
def test_a_good_feed_has_no_fault(tmp_path: Path, name: str) -> None:
    assert audited(tmp_path, name, (GOOD / name).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "what"), [(name, *case) for name, cases in BROKEN.items() for case in cases]
)
def test_each_broken_rule_is_a_fault(tmp_path: Path, name: str, old: str, new: str, what: str) -> None:
    good = (GOOD / name).read_text("utf-8")
    assert old in good

    found = audited(tmp_path, name, good.replace(old, new, 1))

    assert [fault for fault in found if what in fault.what] if what else found == []
    assert {fault.where for fault in found} <= {f"output/{name}"}


def test_a_map_of_the_site_and_data_of_others_are_no_feeds(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text("[1]")

    assert audited(tmp_path, "sitemap.xml", "<urlset/>") == []


def test_a_feed_that_is_too_long_for_validators_is_a_fault(tmp_path: Path) -> None:
    good = (GOOD / "good.xml").read_text("utf-8")

    (fault,) = audited(tmp_path, "good.xml", good.replace("Elle tourne.", "Elle tourne. " * 400_000, 1))

    assert "give up" in fault.what
