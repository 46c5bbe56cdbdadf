"""All of content/ together: what may go out, and every fault that takes more than one file to see."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from parvis import library, matter
from parvis.errors import CONFIG
from parvis.ledger import Ledger, Of
from tests import hub
from tests.hub import item

LIVE = "content/community/2026/forum-1.md"
ARTICLE = """-- content/articles/{name}.md --
---
id: {id}
title: T
date: 2026-11-02T09:00:00+01:00
{more}
---
Corps
"""
PROFILE = """-- content/ambassadors/{name}.md --
---
id: {name}
title: T
name: N
handle: {handle}
code: {code}
{more}
---
"""


def article(name: str = "a", id: str = "", more: str = "lang: fr") -> str:
    return ARTICLE.format(name=name, id=id or name, more=more)


def profile(name: str, handle: str, code: str, more: str = "lang: fr") -> str:
    return PROFILE.format(name=name, handle=handle, code=code, more=more)


def told(folder: Path, site: str) -> list[tuple[str, int, str]]:
    return [(fault.where, fault.line, fault.what) for fault in hub.read(hub.write(folder, site)).faults]


def erase(folder: Path, of: Of, value: str) -> None:
    file, text = Ledger(folder, {}, []).file(of, value, decision="erased", by="lea", at=hub.NOW)
    file.write_text(text)


def test_what_a_person_approved_is_live(tmp_path: Path) -> None:
    books = hub.read(hub.write(tmp_path, item() + article() + item("forum-2", status="pending", approved=None)))

    assert books.faults == ()
    assert books.live == {LIVE, "content/articles/a.md"}
    assert books.waiting == {"content/community/2026/forum-2.md"}


def yes(by: str = "lea", **more: str) -> dict[str, dict[str, str]]:
    return {"approved": {"by": by, "on": "2026-11-03", "text_hash": "auto", **more}}


NOBODY = "published, but nobody approved it"
UNSIGNED = "delicate, and no senior signed it off"


@pytest.mark.parametrize(
    ("fields", "line", "what"),
    [
        ({"approved": None}, 9, NOBODY),
        ({"approved": None, "status": "hidden"}, 9, NOBODY),
        (yes(text_hash="0" * 16), 15, "the text is not the one that was approved"),
        ({"date": None}, 9, "published, but without a date"),
        (yes("trusted:forum"), 11, "approved by trusted:forum, which is not trusted for it"),
        (yes("trusted:sure"), 11, "approved by trusted:sure, which is not trusted for it"),
        ({"flags": ["word:senior"]}, 11, UNSIGNED),
        ({"path": "content/community/delicate/2026/a.md"}, 10, UNSIGNED),
        ({"path": "content/testimonials/delicate/a.md"} | yes("marc", signed_off_by="lea"), 10, UNSIGNED),
    ],
)
def test_what_nobody_may_have_let_out_is_a_fault_and_not_live(
    tmp_path: Path, fields: dict[str, object], line: int, what: str
) -> None:
    books = hub.read(hub.write(tmp_path, item(**fields)))  # type: ignore[arg-type]

    assert [fault.what for fault in books.faults] == [what]
    assert abs(books.faults[0].line - line) <= 1
    assert not books.live


def test_a_trusted_source_needs_no_person_unless_something_is_flagged(tmp_path: Path) -> None:
    fields = {"source": "sure", "approved": {"by": "trusted:sure", "on": "2026-11-03", "text_hash": "auto"}}
    books = hub.read(hub.write(tmp_path, item(**fields) + item("b", flags=["no-date"], **fields)))  # type: ignore[arg-type]

    assert books.live == {LIVE}
    assert [fault.where for fault in books.faults] == ["content/community/2026/b.md"]


def test_a_senior_signs_what_is_delicate(tmp_path: Path) -> None:
    signed = {"by": "lea", "on": "2026-11-03", "text_hash": "auto", "signed_off_by": "marc"}
    books = hub.read(hub.write(tmp_path, item(path="content/community/delicate/a.md", approved=signed)))

    assert (books.faults, len(books.live)) == ((), 1)


def test_where_the_team_names_no_senior_any_name_signs(tmp_path: Path) -> None:
    signed = {"by": "lea", "on": "2026-11-03", "text_hash": "auto", "signed_off_by": "lea"}
    site = item(path="content/community/delicate/a.md", approved=signed)

    assert hub.read(hub.write(tmp_path, f"-- content/team.yml --\njuniors: [lea]\n{site}")).faults == ()


@pytest.mark.parametrize(
    ("of", "value"), [("item", "forum-1"), ("author", "forum:42"), ("address", "http://forum.example/1/")]
)
def test_what_the_ledger_keeps_out_neither_shows_nor_stops_the_build(tmp_path: Path, of: Of, value: str) -> None:
    hub.write(tmp_path, item(approved=None) + article(more="quotes: [forum-1]"))
    erase(tmp_path, of, value)
    books = hub.read(tmp_path)

    assert books.faults == ()
    assert LIVE not in books.live | books.waiting


def test_an_article_that_quotes_an_erased_item_still_builds(tmp_path: Path) -> None:
    hub.write(tmp_path, article(more="quotes: [forum-1]"))
    erase(tmp_path, "item", "forum-1")

    assert hub.read(tmp_path).faults == ()


def test_a_date_to_come_is_waited_for(tmp_path: Path) -> None:
    hub.write(tmp_path, article())
    before, after = datetime(2026, 11, 2, 7, 59, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC)

    assert hub.read(tmp_path, now=before).waiting == hub.read(tmp_path, now=after).live == {"content/articles/a.md"}


def test_consent_ends_with_its_last_day_in_the_brands_zone(tmp_path: Path) -> None:
    consent = {"version": "1", "until": date(2026, 11, 20)}
    hub.write(tmp_path, item(path="content/testimonials/a.md", consent=consent))

    assert len(hub.read(tmp_path, now=datetime(2026, 11, 20, 22, 59, tzinfo=UTC)).live) == 1
    assert len(hub.read(tmp_path, now=datetime(2026, 11, 20, 23, 0, tzinfo=UTC)).live) == 0


def test_ids_addresses_and_translations_are_not_shared(tmp_path: Path) -> None:
    site = (
        article("a", more="translation_key: t") + article("b", "a", "slug: a") + article("c", more="translation_key: t")
    )

    assert told(tmp_path, site + article("d", more="lang: en\ntranslation_key: t\nslug: a")) == [
        ("content/articles/b.md", 2, "the id 'a' is already that of content/articles/a.md"),
        ("content/articles/b.md", 5, "the address 'a' is already that of content/articles/a.md"),
        ("content/articles/c.md", 5, "the fr translation of 't' is already that of content/articles/a.md"),
    ]


def test_an_id_is_one_over_all_kinds(tmp_path: Path) -> None:
    assert told(tmp_path, article("forum-1") + item()) == [
        (LIVE, 2, "the id 'forum-1' is already that of content/articles/forum-1.md"),
    ]


def test_what_is_named_and_not_there_is_told_with_the_nearest_that_is(tmp_path: Path) -> None:
    site = article(more="quotes: [forum-1, forom-2]\nimage: images/vlo.png") + item("forum-2") + item()
    pictures = "-- content/images/velo.png --\n"

    assert told(tmp_path, site + pictures + profile("p", "zoe", "z1", "topics: [recete]")) == [
        ("content/ambassadors/p.md", 7, "topics: no topic 'recete' in content/brand.yml, did you mean 'recettes'?"),
        ("content/articles/a.md", 5, "quotes: no item has the id 'forom-2', did you mean 'forum-2'?"),
        ("content/articles/a.md", 6, "image without alt: say what the picture shows"),
        ("content/articles/a.md", 6, "no picture content/images/vlo.png, did you mean 'images/velo.png'?"),
    ]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "images/../brand.yml", "brand.yml", "images/link.png"]
)
def test_a_picture_lies_in_images(tmp_path: Path, name: str) -> None:
    hub.write(tmp_path, article(more=f"image: {name}\nalt: a") + "-- content/images/a.png --\n")
    (tmp_path / "content/images/link.png").symlink_to("/etc/hosts")

    assert [fault.what for fault in hub.read(tmp_path).faults] == [f"'{name}' lies outside content/images/"]


def test_pictures_of_items_and_of_the_brand_are_looked_for_too(tmp_path: Path) -> None:
    brand = f"-- content/brand.yml --\n{hub.BRAND}logo: images/no.svg\n"
    books = hub.read(hub.write(tmp_path, item(media=[{"file": "images/no.png", "alt": "a"}]) + brand))

    assert [(fault.where, fault.what, fault.code == CONFIG) for fault in books.faults] == [
        ("content/brand.yml", "no picture content/images/no.svg", True),
        (LIVE, "no picture content/images/no.png", False),
    ]


def test_an_ambassador_is_one_handle_with_one_code(tmp_path: Path) -> None:
    good = profile("a", "zoe", "z1") + profile("b", "zoe", "z1", "lang: en")

    assert told(tmp_path, good) == []
    assert told(tmp_path, good + profile("c", "zoe", "z2") + profile("d", "bob", "Z1")) == [
        ("content/ambassadors/c.md", 5, "the fr profile of 'zoe' is already content/ambassadors/a.md"),
        ("content/ambassadors/c.md", 6, "'zoe' already has the code 'z1'"),
        ("content/ambassadors/d.md", 6, "the code 'Z1' is already that of 'zoe'"),
    ]


def test_faults_of_files_and_across_files_come_in_one_run(tmp_path: Path) -> None:
    site = "-- content/pages/a.md --\nCorps\n-- content/articles/b.md --\n---\nid: b\ntitle: T\ndate: 2026-11-02\n---\n"

    assert [where for where, _, _ in told(tmp_path, site + item(approved=None))] == [
        "content/articles/b.md", LIVE, "content/pages/a.md",
    ]  # fmt: skip


def test_a_language_the_site_does_not_have_stands_among_the_first(tmp_path: Path) -> None:
    known = hub.load(hub.write(tmp_path, item(lang="de")))
    document = matter.load(tmp_path / LIVE, LIVE)

    assert library.home(known, document.head) == "fr"


def test_a_thousand_files_with_a_fault_each_are_checked_in_seconds(tmp_path: Path) -> None:
    more = "image: images/no-{n}.png\nalt: a\nquotes: [no-{n}]"
    site = "".join(article(f"a-{n}", more=more.format(n=n)) + item(f"forum-{n}") for n in range(500))
    hub.write(tmp_path, site + "".join(f"-- content/images/{n}.png --\n" for n in range(1000)))
    began = time.perf_counter()

    assert len(hub.read(tmp_path).faults) == 1000
    assert time.perf_counter() - began < 60
