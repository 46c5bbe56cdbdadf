"""What was taken down is said to be gone (RFC 6721), by an id that was public; what never was out is never named."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from lxml import etree

from parvis import library, settings
from parvis.ledger import Ledger
from parvis.review.erasure import erase
from parvis.review.verbs import Asked, review
from tests import hub
from tests.site.conftest import Build, Built

AT = hub.NOW.replace(hour=9)
SITE = f"-- content/brand.yml --\n{hub.BRAND}url: https://maison.example\n"
PUBLIC, OTHER, WAITING, NAMED = "forum-0123456789ab", "forum-ba9876543210", "forum-00000000aaaa", "forum-zoe-martin"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def site() -> str:
    named = hub.item(NAMED, original="https://forum.example/3", author={"name": "Zoé Martin", "id": "7"})
    waiting = hub.item(WAITING, original="https://forum.example/4", status="pending", approved=None)
    return SITE + hub.item(PUBLIC) + hub.item(OTHER, original="https://forum.example/2") + named + waiting


def reject(folder: Path, id: str) -> None:
    asked = Asked(reject=id, reason="no-consent", by="lea")
    known = settings.load({}, folder)
    review(known, asked, environ={}, now=AT, git_name="", width=80, say=lambda line: None)


def gone(built: Built, name: str) -> dict[str, datetime]:
    root = etree.fromstring((built.output / "flux" / name).read_bytes())
    found = root.findall(DELETED)
    return {str(one.get("ref")): datetime.fromisoformat(str(one.get("when"))) for one in found}


def test_a_withdrawn_item_is_told_of_in_the_streams_that_held_it(build: Build) -> None:
    folder = build(site()).output.parent
    reject(folder, PUBLIC)

    built = build()

    told = {f"tag:maison.example,2026:{PUBLIC}": AT}
    assert gone(built, "tout.atom") == gone(built, "communaute.atom") == told
    assert gone(built, "articles.atom") == {}
    assert PUBLIC not in (built.output / "flux/tout.xml").read_text("utf-8")


def test_what_was_never_out_is_never_named(build: Build) -> None:
    folder = build(site()).output.parent
    reject(folder, WAITING)

    assert gone(build(), "tout.atom") == {}
    assert not any(WAITING in file.read_text("utf-8") for file in (folder / "content/ledger").iterdir())


def test_a_person_who_was_erased_is_not_named_by_an_id_that_somebody_made_up(build: Build) -> None:
    folder = build(site()).output.parent
    known = settings.load({}, folder)
    for who in ("Zoé Martin", OTHER):
        erase(known, who, environ={}, now=AT, by="marc", dry=False, say=lambda line: None)

    built = build()

    assert set(gone(built, "tout.atom")) == {f"tag:maison.example,2026:{OTHER}"}
    written = b"".join(file.read_bytes() for file in (built.output / "flux").rglob("*") if file.is_file())
    assert not re.search(b"zoe-martin|Zo\xc3\xa9 Martin", written)


def test_what_came_back_is_not_gone(build: Build) -> None:
    folder = build(site()).output.parent
    reject(folder, PUBLIC)
    later = AT.replace(minute=30)
    file, text = Ledger(folder, {}, []).file("item", PUBLIC, decision="restored", by="lea", at=later)
    file.write_text(text, "utf-8")

    assert gone(build(), "tout.atom") == {}


def test_a_file_that_the_ledger_keeps_out_is_gone_as_well(tmp_path: Path) -> None:
    hub.write(tmp_path, site())
    file, text = Ledger(tmp_path, {}, []).file("item", PUBLIC, decision="withdrawn", by="lea", at=AT)
    file.write_text(text, "utf-8")

    assert dict(library.read(settings.load({}, tmp_path), {}, AT).gone) == {PUBLIC: AT}
    assert dict(library.read(settings.load({}, tmp_path), {}, AT.replace(year=2025)).gone) == {}
