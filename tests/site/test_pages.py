"""Pages of a small site: what readers see, and what they never do."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from pelican import signals
from pelican.generators import ArticlesGenerator

from parvis.check import feeds, pages
from tests import hub
from tests.site.conftest import ROOT, Build, article

TESTIMONIAL = """
-- content/testimonials/zoe.md --
---
id: avis-1
title: Un <script>alert(1)</script> avis
date: 2026-11-02T09:00:00+01:00
lang: fr
author: {name: Zoé}
use: full
status: published
approved: {by: lea, on: 2026-11-03, text_hash: auto}
---

Très bien, *merci*.
"""


def test_a_title_is_text_even_when_it_looks_like_html(build: Build) -> None:
    page = build(TESTIMONIAL)("temoignages/zoe/index.html")

    assert [script for script in page("script") if script.get("type") != "application/ld+json"] == []
    assert page.h1 and "Un <script>alert(1)</script> avis" in page.h1.text
    assert page.blockquote and page.blockquote.em and page.blockquote.em.string == "merci"


def test_every_page_and_feed_of_a_mixed_site_passes_our_own_audit(build: Build) -> None:
    built = build(TESTIMONIAL + hub.item() + article() + article("wheel", title="Wheel", lang="en"))

    assert list(pages.audit(built.output, "")) == []


def test_the_same_output_works_at_a_root_and_under_a_project_path(build: Build) -> None:
    built = build(article() + hub.item())

    page = built("articles/roue/index.html")

    links = [tag.get("href") or tag.get("src") or "" for tag in page(["a", "link", "img"])]
    assert [link for link in links if link.startswith("/")] == []


def test_the_404_page_is_served_at_any_depth_so_its_links_begin_at_the_host(build: Build) -> None:
    brand = hub.BRAND + "url: https://name.example/repo\n"
    page = build(f"-- content/brand.yml --\n{brand}" + article())("404.html")

    links = [tag["href"] for tag in page("a", href=True)]
    assert all(link.startswith(("/repo/", "#", "https://")) for link in links)


def test_an_empty_hub_has_all_its_lists_in_each_language(build: Build) -> None:
    built = build()

    assert {"index.html", "en/index.html", "communaute/index.html", "en/community/index.html"} <= built.files()
    assert {
        "temoignages/index.html",
        "ambassadeurs/index.html",
        "sujets/index.html",
        "flux/index.html",
    } <= built.files()
    assert list(pages.audit(built.output, "")) == []


def test_one_language_makes_no_switch_and_no_second_home(build: Build) -> None:
    brand = hub.BRAND.replace("[fr, en]", "[en]")
    built = build(f"-- content/brand.yml --\n{brand}" + article("wheel", lang="en"))

    assert not any(name.startswith(("en/", "fr/")) for name in built.files())
    assert built("index.html")("link", hreflang=True) == []
    assert "community/index.html" in built.files()


def test_hreflang_stands_between_real_translations_only(build: Build) -> None:
    one = article("roue", more="translation_key: wheel\n")
    other = article("wheel", title="The wheel", lang="en", more="translation_key: wheel\n")
    brand = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example\n"
    built = build(brand + one + other + article("seul", title="Seul"))

    paired = {link["hreflang"]: link["href"] for link in built("articles/roue/index.html")("link", hreflang=True)}
    assert paired["fr"] == "https://maison.example/articles/roue/"
    assert paired["en"] == "https://maison.example/en/articles/wheel/"
    assert paired["x-default"] == paired["fr"]
    alone = built("articles/seul/index.html")
    assert alone("link", hreflang=True) == []
    switch = alone.find("a", hreflang="en") or alone.find("a", lang="en")
    assert switch and switch["href"] == "../../en/articles/"


def test_an_articles_list_holds_its_own_language_a_communitys_holds_all(build: Build) -> None:
    built = build(article() + article("wheel", title="The wheel", lang="en") + hub.item(lang="de", title="Guten Tag"))

    english = built("en/articles/index.html").main
    assert english and "The wheel" in english.text and "La roue" not in english.text
    for page in ("communaute/index.html", "en/community/index.html"):
        post = built(page).find(string="Guten Tag")
        assert post and post.find_parent(lang="de")
    assert "communaute/forum-1/index.html" in built.files()
    assert "en/community/forum-1/index.html" not in built.files()


def test_a_community_post_says_who_where_when_and_leads_to_the_original_before_its_words(build: Build) -> None:
    page = build(hub.item(use="full"))("communaute/forum-1/index.html")

    text = page.main.get_text(" ") if page.main else ""
    assert text.index("Zoé") < text.index("Bonjour.")
    assert text.index("forum") < text.index("Bonjour.")
    original = page.find("a", href="https://forum.example/1")
    assert original and {"ugc", "nofollow", "noopener"} <= set(original["rel"])


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "pending", "approved": None},
        {"status": "draft", "approved": None},
        {"date": "2027-01-01T00:00:00Z"},
    ],
)
def test_what_waits_shows_in_a_preview_alone(build: Build, fields: dict[str, object]) -> None:
    site = article() + hub.item(**fields)

    assert not any("forum-1" in name for name in build(site).files())
    assert "communaute/forum-1/index.html" in build(site, PARVIS_PREVIEW=True).files()


def test_a_hidden_item_has_a_page_and_stands_in_no_list_and_no_feed(build: Build) -> None:
    built = build(hub.item(status="hidden", title="Cachée") + article())

    page = built("communaute/forum-1/index.html")
    assert page.find("meta", attrs={"name": "robots", "content": "noindex"})
    lists = [name for name in built.files() if "forum-1" not in name and name.endswith((".html", ".xml", ".atom"))]
    assert [name for name in lists if "Cachée" in (built.output / name).read_text()] == []


def test_a_testimonial_goes_when_the_consent_it_rests_on_has_ended(build: Build) -> None:
    site = TESTIMONIAL.replace("use: full", "use: full\nconsent: {version: '1', until: 2026-11-19}")

    assert not any("zoe" in name for name in build(site).files())


def test_an_article_sets_the_voices_it_quotes_beside_its_text(build: Build) -> None:
    page = build(article(more="quotes: [forum-1]\n") + hub.item(use="full"))("articles/roue/index.html")

    quote = page.find(string=lambda text: "Bonjour." in (text or ""))
    assert quote and quote.find_parent("article")


def test_topics_list_articles_and_voices_together_and_a_strangers_tag_makes_no_page(build: Build) -> None:
    built = build(article(more="tags: [Recettes]\n") + hub.item(tags=["recettes", "../../etc"]))

    topic = built("sujets/recettes/index.html").main
    assert topic and "La roue" in topic.text and "Un titre" in topic.text
    assert built.files("sujets/*/index.html") == {"sujets/recettes/index.html"}


SECRET = "-- secret.txt --\nTOP SECRET\n"


@pytest.mark.parametrize(
    "link",
    [
        "[x]({attach}../../secret.txt)",
        "![x]({static}../../secret.txt)",
        "[x]({filename}../../secret.txt)",
        "[x](|attach|../../secret.txt)",
        '<a href="&#123;attach}../../secret.txt">x</a>',
        '<a href="%7Battach%7D../../secret.txt">x</a>',
        "[x]\n\n[x]: {attach}../../secret.txt",
        "[x]({static}/../secret.txt)",
        "<img src='{attach}../../secret.txt' alt=x>",
        "[x](<https://a.example/?href='{attach}../../secret.txt'>)",
        "[x]({static}/team.yml)",
        "[x]({static}/articles/roue.md)",
        "[x]({attach}../community/2026/forum-1.md)",
        "[x]({static}//[secret.txt)",
        "[x]({index}//[secret.txt)",
        "[x]({static}a%00b)",
        "[x]({static}/" + "a" * 5000 + ")",
    ],
)
def test_no_file_that_is_not_for_readers_is_published(
    build: Build, link: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build(SECRET + article(body=link) + hub.item(status="pending", approved=None))

    assert ended.value.code == 1
    assert "content/articles/roue.md:" in capsys.readouterr().err


def test_a_strangers_address_does_not_move_the_pictures_of_the_brand(build: Build) -> None:
    """Pelican sees links within links, and `{attach}` moves what it names."""
    said = hub.item(use="full").replace("Bonjour.", "[x](<https://a.example/?href='|attach|/images/r.png'>)")

    assert build("-- content/images/r.png --\nx\n" + said).files("**/r.png") == {"images/r.png"}


def test_in_a_strangers_words_such_links_are_only_words(build: Build) -> None:
    text = "[x]({attach}../../secret.txt) {static}/x |attach|y {{ 7*7 }} <b onclick=x>z</b>"
    site = hub.item(use="full").replace("Bonjour.", text)

    built = build(SECRET + site)

    page = built("communaute/forum-1/index.html")
    assert "{{ 7*7 }}" in page.text and "<b onclick=x>z</b>" in page.text
    assert not [file for file in built.output.rglob("*") if file.is_file() and b"TOP SECRET" in file.read_bytes()]


def test_a_symbolic_link_out_of_content_stops_the_build(build: Build, tmp_path: Path) -> None:
    images = tmp_path / "hub/content/images"
    images.mkdir(parents=True)
    (images / "x.png").symlink_to("/etc/hostname")

    with pytest.raises(SystemExit) as ended:
        build(article())
    assert ended.value.code == 1


def test_all_faults_of_all_files_come_in_one_run(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    site = article(body="[x]({static}/images/none.png)") + article("b", more="colour: red\n")
    site += hub.item(approved=None) + "-- content/articles/c.md --\nno front matter\n"

    with pytest.raises(SystemExit):
        build(site)

    said = capsys.readouterr().err
    assert "4 faults" in said
    for place in ("articles/roue.md:8", "articles/b.md:6", "community/2026/forum-1.md:", "articles/c.md:1"):
        assert f"content/{place}" in said


def test_a_fault_in_the_settings_ends_with_2(build: Build) -> None:
    with pytest.raises(SystemExit) as ended:
        build("-- content/sources.yml --\nforum: {knd: feed}\n")
    assert ended.value.code == 2


def test_pelicans_own_lists_are_whole_for_other_plugins(build: Build) -> None:
    seen: list[str] = []

    def finalized(generator: ArticlesGenerator) -> None:
        seen.extend(article.title for article in generator.articles)

    signals.article_generator_finalized.connect(finalized)
    try:
        build(article() + article("wheel", title="The wheel", lang="en"))
    finally:
        signals.article_generator_finalized.disconnect(finalized)

    assert sorted(seen) == ["La roue", "The wheel"]


def test_the_map_of_the_site_holds_each_page_once_and_no_share_page(build: Build) -> None:
    brand = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example\n"
    built = build(brand + article() + hub.item())

    places = [place.text for place in built("sitemap.xml")("loc")]
    assert len(places) == len(set(places))
    assert "https://maison.example/articles/roue/" in places
    assert not [place for place in places if "partager" in place]


def test_feeds_are_well_formed_with_whole_addresses(build: Build) -> None:
    brand = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example\n"
    built = build(brand + article() + hub.item() + TESTIMONIAL)

    assert list(feeds.audit(built.output, "https://maison.example", hub.NOW)) == []


def test_a_tag_that_counts_as_a_topic_is_not_said_twice(build: Build) -> None:
    brand = hub.BRAND.partition("topics")[0] + "topics:\n  cargo: {fr: Vélos cargos, tags: [gabare]}\n"
    told = article(more="tags: [Gabare, rouille, Rouille, cargo]\n")
    page = build(f"-- content/brand.yml --\n{brand}{told}")("articles/roue/index.html")

    assert [link.text for link in page.select(".article-foot .topics a")] == ["Vélos cargos"]
    assert [word.text for word in page.select(".tags .p-category")] == ["rouille"]


def test_a_drawing_has_the_size_of_its_box_so_that_nothing_shifts(build: Build) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -10 633.4,170"></svg>'
    brand = hub.BRAND + "logo: images/mot.svg\n"
    page = build(f"-- content/brand.yml --\n{brand}-- content/images/mot.svg --\n{drawing}\n")("index.html")

    logo = page.select_one(".masthead-logo")
    assert logo and (logo["width"], logo["height"]) == ("633", "170")


def test_home_screens_and_networks_get_the_brands_own_pictures(build: Build) -> None:
    brand = hub.BRAND + "icon: images/i.svg\ntouch_icon: images/i.png\ncard: images/c.png\n"
    pictures = "".join(f"-- content/images/{name} --\n<svg/>\n" for name in ("i.svg", "i.png", "c.png"))
    built = build(f"-- content/brand.yml --\n{brand}{pictures}{article()}")
    page, said = built("articles/roue/index.html"), json.loads((built.output / "manifest.webmanifest").read_bytes())

    linked = {link["rel"][0]: link["href"] for link in page.select("link[rel$=icon], link[rel=manifest]")}
    assert linked == {
        "icon": "../../images/i.svg", "apple-touch-icon": "../../images/i.png", "manifest": "../../manifest.webmanifest"
    }  # fmt: skip
    home = built("index.html")
    assert home.select_one("meta[property='og:image']")["content"].endswith("/images/c.png")
    assert (said["start_url"], [icon["src"] for icon in said["icons"]]) == ("./", ["./images/i.svg", "./images/i.png"])


def test_the_name_of_a_picture_may_hold_spaces_and_accents(build: Build) -> None:
    body = "Premier.\n\n![a]({static}/images/Photo d'été 1.svg \"Bas\")\n\n[b]({static}/images/Photo%20d'été%201.svg)"
    drawing = "-- content/images/Photo d'été 1.svg --\n<svg viewBox='0 0 30 20'/>\n"
    built = build(drawing + article(body=body, more="image: images/Photo d'été 1.svg\nalt: a\n"), RELATIVE_URLS=True)
    page, address = built("articles/roue/index.html"), "images/Photo%20d%27%C3%A9t%C3%A9%201.svg"
    text = "../../images/Photo%20d'%C3%A9t%C3%A9%201.svg"
    assert [(i["src"], i["width"]) for i in page.select("img")] == [(f"../../{address}", "30"), (text, "30")]
    assert [a["href"] for a in page.select("a") if "/images/" in a["href"]] == [text]
    assert built("flux/tout.atom").find("link", rel="enclosure")["href"].endswith(f"/{address}")


def test_the_home_page_begins_with_voices_its_readers_can_read(build: Build) -> None:
    french = "".join(hub.item(f"forum-{n}", title=f"Voix {n}", date=f"2026-11-1{n}T09:00:00+01:00") for n in range(8))
    english = hub.item("forum-en", title="A voice", lang="en", date="2026-11-02T09:00:00+01:00")
    built = build(french + english)

    def voices(path: str) -> list[str]:
        return [title.text for title in built(path).select(".voice-title")]

    assert voices("index.html") == [f"Voix {n}" for n in (7, 6, 5, 4, 3, 2, 1)]
    assert voices("en/index.html") == ["A voice", *(f"Voix {n}" for n in (7, 6, 5, 4, 3, 2))]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("<p>\n{% if %}", "home.html:2: the template: Expected an expression, got 'end of statement block'"),
        ("{{ absent }}", "home.html:1: the template: 'absent' is undefined"),
    ],
)
def test_a_template_at_fault_is_told_with_its_file_and_line(
    build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str], written: str, what: str
) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    home = tmp_path / "theme/brand/templates/home.html"
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_text(written)

    with pytest.raises(SystemExit):
        build(article(), THEME=str(tmp_path / "theme"))

    assert capsys.readouterr().err.strip().startswith(os.path.relpath(home).removesuffix("home.html") + what)


def test_the_key_of_indexnow_stands_at_the_root_and_holds_itself(build: Build) -> None:
    key = "0123456789abcdef-ABC"

    made = build(article(), PARVIS={"now": "2026-11-20T12:00:00+01:00", "publish": {"indexnow": key}})

    assert (made.output / f"{key}.txt").read_bytes() == key.encode()
    assert made.files("*.txt") == {f"{key}.txt", "robots.txt"}
