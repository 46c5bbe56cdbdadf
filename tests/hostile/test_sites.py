"""Nothing from outside runs, loads or spies in a page or a feed, and no file outside content/ is read or published.

Held for two sites: one whose files hold everything hostile in every field, and one that pulled it from feeds.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from shutil import which

import pytest
from lxml import etree
from lxml import html as parser

from parvis import html
from parvis.check import feeds
from tests.hostile import audit, fields, payloads, project
from tests.hostile.conftest import Site

KEPT = {(".cache", "pictures"), (".cache", "build")}
"""Folders for cards that were drawn and for what was made of texts: a build may use what it left there."""
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_shared_collections_are_there() -> None:
    if not payloads.HERE:
        pytest.skip(payloads.NOT_HERE)

    assert len(payloads.markup()) > 200 and len(payloads.naughty()) > 200


def test_pages_hold_nothing_active_and_load_nothing_from_elsewhere(site: Site) -> None:
    """All pages where no browser is there to read them, else a few: the browser's own tree is the one that counts."""
    pages = site.pages()[:: 10 if which("chromium") or which("google-chrome") else 1]
    elements = (element for page in pages for element in audit.seen(page.read_text("utf-8"), site.path(page)))

    assert audit.page_faults(elements, project.SITE) == []


def test_feeds_hold_nothing_active_and_load_nothing_from_elsewhere(site: Site) -> None:
    texts = ((site.path(feed), item) for feed in site.feeds() for item in audit.feed_items(feed))
    elements = (
        element
        for path, item in texts
        for name, text in item.html.items()
        for element in audit.seen(text, f"{path} {item.id} {name}")
    )

    assert audit.fragment_faults(elements, project.SITE) == []


def test_feeds_hold_all_items_under_ids_of_their_own(site: Site) -> None:
    for feed in (feed for feed in site.feeds() if feed.suffix != ".opml"):
        ids = [item.id for item in audit.feed_items(feed)[1:]]
        assert len(ids) == len(set(ids))
        assert all(id.startswith("tag:maison.example,2026:") for id in ids)
    for end in ("xml", "atom", "json"):
        whole = [site.output / f"flux/tout.{end}", *(site.output / "flux/tout").glob(f"*.{end}")]
        assert sum(len(audit.feed_items(file)[1:]) for file in whole) > 300 * payloads.HERE


def test_feeds_break_no_rule_of_validators_but_that_a_name_is_no_markup(site: Site) -> None:
    """Atom has names as text alone, which warns of what looks like a tag in one: a name is left as it was given."""
    told = feeds.audit(site.output, project.SITE, datetime.fromisoformat(project.NOW))

    assert [fault for fault in told if not fault.what.startswith("<name>: ")] == []


def test_machine_readable_data_is_json_that_ends_where_its_element_does(site: Site) -> None:
    for page in site.pages():
        (script,) = re.findall(r"<script(.*?)</script", page.read_text("utf-8"), re.DOTALL | re.IGNORECASE)
        type, data = script.split(">", maxsplit=1)
        assert type == ' type="application/ld+json"'
        assert set(json.loads(data)) == {"@context", "@graph"}


def test_the_map_names_pages_that_are_there_and_robots_nothing_else(site: Site) -> None:
    locations = [place.text or "" for place in etree.parse(site.output / "sitemap.xml").iter(f"{SITEMAP}loc")]

    assert len(locations) > 20
    assert len(set(locations)) == len(locations)
    inside = (location.removeprefix(f"{project.SITE}/") for location in locations)
    assert all((site.output / path / "index.html").is_file() for path in inside)
    robots = (site.output / "robots.txt").read_text("utf-8")
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {project.SITE}/sitemap.xml\n"


def test_addresses_are_small_letters_digits_and_hyphens(site: Site) -> None:
    names = [site.path(file) for file in site.output.rglob("*") if file.is_file()]

    assert [name for name in names if not re.fullmatch(r"(?:[a-z0-9-]+/)*[a-z0-9.-]+", name)] == []


def test_nothing_outside_content_is_published(site: Site) -> None:
    files = [file for file in site.output.rglob("*") if file.is_file()]

    assert [site.path(file) for file in files if project.CANARY.encode() in file.read_bytes()] == []
    assert [site.path(file) for file in site.output.rglob("*") if file.is_symlink()] == []
    pictures = {site.path(file) for file in files if file.suffix == ".png"}
    assert {path for path in pictures if not path.startswith("cards/")} == {"images/r.png"}


def test_a_build_reads_content_and_itself_and_writes_output_alone(site: Site) -> None:
    folder = site.project.folder
    around = [Path(name).relative_to(folder.parent) for name in site.opened if name.startswith(f"{folder.parent}/")]
    own = [path for path in around if path.parts[1:3] not in KEPT]
    rooms = {path.parts[1] for path in own if not path.parts[1].lstrip(".").startswith("output")}

    assert rooms <= {"content", "plugins", "theme", "__pycache__", "pelicanconf.py"}
    read = {path.as_posix() for path in around}
    assert not {(folder / name).resolve().relative_to(folder.parent).as_posix() for name in project.OUTSIDE} & read
    assert [name for name in site.changed if Path(name).parts[1:3] not in KEPT] == []


def heads(page: Path) -> tuple[str, set[str], set[str]]:
    """Title, names and tags that a page shows."""
    root = parser.document_fromstring(page.read_bytes(), parser=parser.HTMLParser(encoding="utf-8"))
    article = root.find(".//article")
    assert article is not None
    named = {element.text_content() for element in article.find_class("p-author")}
    tags = {element.text_content() for element in article.find_class("p-category")}
    return (root.find(".//h1").text_content(), named, tags)


@pytest.mark.parametrize("site", ["fields"], indirect=True)
def test_titles_names_and_tags_are_shown_as_the_text_they_are(site: Site) -> None:
    wrong = []
    for number, payload in enumerate([*payloads.markup(), *payloads.naughty()]):
        shown = html.text(payload)
        if not shown:
            continue
        room = "communaute" if number % 2 else "en/community"
        title, names, tags = heads(site.output / room / f"voice-{number}" / "index.html")
        if title != shown or not any(shown in name for name in names) or not ({shown, "recettes"} & tags):
            wrong.append((number, shown, title, names, tags))

    assert wrong == []


def test_the_kinds_are_all_there(site: Site) -> None:
    rooms = {site.path(page).partition("/")[0] for page in site.pages()}

    assert rooms >= {"communaute", "temoignages", "en", "flux", "sujets"}
    assert bool(fields.DATE)
