"""Texts of WordPress and Ghost become articles and pages that build, with their pictures, at addresses that lead on."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from parvis import matter, settings
from parvis.errors import CONFIG, Fault, Refused
from parvis.intake.picture import Copy
from parvis.kinds import Article, Page
from parvis.matter import Document
from parvis.moving import verbs
from tests import hub
from tests.cases import ROOT

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
WXR, GHOST = ((ROOT / "tests/corpus/moving" / name).read_text("utf-8") for name in ("wordpress.xml", "ghost.json"))


def bring(folder: Path, body: str, images: str = "") -> list[str]:
    hub.write(folder)
    file = folder / "export"
    file.write_text(body, "utf-8")
    said: list[str] = []
    asked = verbs.Asked(str(file), images=str(folder / images) if images else "")
    assert verbs.bring(settings.load({}, folder), asked, now=NOW, say=said.append) == 0
    return said


def texts(folder: Path) -> dict[str, Document]:
    faults: list[Fault] = []
    found = {document.path: document for document in matter.walk(folder, faults, ("articles", "pages"))}
    assert faults == []
    return found


def uploads(folder: Path, *names: str) -> None:
    for name in names:
        (folder / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "old" / name).write_bytes(PNG)


def test_posts_and_pages_of_wordpress(tmp_path: Path) -> None:
    uploads(tmp_path, "2020/01/Pain.jpg")
    said = bring(tmp_path, WXR, "old")

    found = texts(tmp_path)
    post = found["content/articles/du-pain.md"]
    assert isinstance(post.head, Article)
    assert (post.head.title, post.head.author, post.head.category) == ("Du pain & du sel", "Zoé L.", "Recettes")
    assert (post.head.tags, post.head.summary, post.head.status) == (("levain",), "En bref.", "published")
    assert post.head.date == datetime(2020, 1, 1, 7, tzinfo=UTC)
    assert (post.head.image, post.head.alt) == ("images/imported/2020-01-pain.jpg", "Un pain rond")
    assert post.head.moved_from == ("/2020/01/du-pain/",)
    assert "Premier **mot**." in post.body and "\\*pas\\*" in post.body and "alert" not in post.body
    assert "![Un pain]({static}/images/imported/2020-01-pain.jpg)" in post.body and "La mie" in post.body
    assert "(https://old.example/2020/02/autre/)" in post.body and "(https://www.youtube.com/embed/v)" in post.body
    assert (tmp_path / "content/images/imported/2020-01-pain.jpg").read_bytes() == PNG
    assert found["content/articles/secret.md"].head.status == "draft"
    assert isinstance(found["content/pages/a-propos.md"].head, Page)
    assert said[-3:] == [
        "  not taken over, of type “product”: 1",
        "  comments are not taken over: 1",
        "3 texts written, 1 picture",
    ]


def test_posts_and_pages_of_ghost(tmp_path: Path) -> None:
    uploads(tmp_path, "2020/a.png")
    bring(tmp_path, GHOST, "old")

    found = texts(tmp_path)
    post = found["content/articles/un-mot.md"]
    assert isinstance(post.head, Article)
    assert (post.head.title, post.head.author, post.head.category) == ("Un <b> mot", "Zoé", "Recettes")
    assert (post.head.tags, post.head.summary) == (("levain",), "Court")
    assert (post.head.image, post.head.alt) == ("images/imported/2020-a.png", "Une mie")
    assert post.head.moved_from == ("/un-mot/",)
    assert post.body.strip().startswith("## Haut\n\nBonjour")
    assert found["content/articles/membres.md"].head.status == "draft"
    assert found["content/articles/membres.md"].body.strip() == (
        "[un mot]({filename}/articles/un-mot.md#haut) brouillon [ailleurs](https://else.example/un-mot/)"
    )
    assert isinstance(found["content/pages/page.md"].head, Page)


def test_a_second_time_writes_nothing(tmp_path: Path) -> None:
    bring(tmp_path, WXR)
    before = {file: file.read_bytes() for file in (tmp_path / "content").rglob("*.md")}

    assert bring(tmp_path, WXR)[-1] == "0 texts written, 0 pictures, 3 there already"
    assert {file: file.read_bytes() for file in (tmp_path / "content").rglob("*.md")} == before


def test_no_file_outside_the_folder_of_pictures_is_copied(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    uploads(tmp_path, "x.txt")
    (tmp_path / "old/2020/01").mkdir(parents=True)
    (tmp_path / "old/2020/01/Pain.jpg").symlink_to(tmp_path / "secret.jpg")
    said = bring(tmp_path, WXR.replace("Pain-300x200.jpg", "../../../../secret.jpg"), "old")

    assert not (tmp_path / "content/images/imported").exists()
    assert "  2 pictures not found: linked where it lay; --images names their folder" in said


def bring_fetched(folder: Path, body: str, found: dict[str, Copy | str], **asked: Any) -> tuple[list[str], list[str]]:
    """What is said, and which addresses are fetched."""
    hub.write(folder)
    (folder / "export").write_text(body, "utf-8")
    said: list[str] = []
    wanted: list[str] = []

    def fetch(_: settings.Settings, addresses: Collection[str]) -> dict[str, Copy | str]:
        wanted.extend(addresses)
        return {address: found.get(address, "answered 404 Not Found") for address in addresses}

    read = settings.load({}, folder)
    assert verbs.bring(read, verbs.Asked(str(folder / "export"), **asked), now=NOW, say=said.append, fetch=fetch) == 0
    return said, wanted


def test_pictures_that_no_folder_has_are_fetched(tmp_path: Path) -> None:
    there = "https://old.example/wp-content/uploads/2020/01/Pain.jpg"
    smaller = "https://old.example/wp-content/uploads/2020/01/Pain-300x200.jpg"
    said, wanted = bring_fetched(tmp_path, WXR, {there: Copy("0a.png", PNG, 40, 40)})

    assert {there, smaller} <= {*wanted}
    assert (tmp_path / "content/images/imported/0a.png").read_bytes() == PNG
    assert texts(tmp_path)["content/articles/du-pain.md"].head.image == "images/imported/0a.png"  # type: ignore[union-attr]
    assert f"  {smaller}: answered 404 Not Found" in said
    assert f"  {len(wanted) - 1} picture{'s' * (len(wanted) > 2)} not fetched: linked where it lay" in said


def test_pictures_of_a_site_that_is_not_told_are_named(tmp_path: Path) -> None:
    said, wanted = bring_fetched(tmp_path, GHOST, {})

    assert wanted == []
    assert "  /content/images/2020/a.png: is an address without the site that it is of" in said


def test_nothing_is_fetched_for_a_look_or_where_a_folder_is_named(tmp_path: Path) -> None:
    uploads(tmp_path, "x.txt")

    assert bring_fetched(tmp_path, WXR, {}, dry_run=True)[1] == []
    assert bring_fetched(tmp_path, WXR, {}, images=str(tmp_path / "old"))[1] == []


def test_only_the_first_of_many_missing_pictures_are_named(tmp_path: Path) -> None:
    many = "".join(f"<img src='https://old.example/{n:02}.png'>" for n in range(25))
    posts = json.dumps({"data": {"posts": [{"id": "1", "title": "T", "slug": "t", "html": many}]}})
    said, wanted = bring_fetched(tmp_path, posts, {})

    assert len(wanted) == 25
    assert [line for line in said if "404" in line] == [f"  {url}: answered 404 Not Found" for url in wanted[:20]]
    assert "  and 5 more" in said


def test_a_folder_that_is_not_there_is_a_fault_of_usage(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        bring(tmp_path, WXR, "none")

    assert refused.value.code == CONFIG


@pytest.mark.parametrize("path", ["2020/x", "/../x", "/a/../b", "//x.example/", "/a?b=c", "/a b", "/.", "/"])
def test_a_path_is_a_path_of_a_site(tmp_path: Path, path: str) -> None:
    head = f"id: a\ntitle: A\ndate: 2020-01-01T08:00:00Z\nmoved_from: ['{path}']\n"
    hub.write(tmp_path, f"-- content/articles/a.md --\n---\n{head}---\n\nx\n")
    faults: list[Fault] = []
    list(matter.walk(tmp_path, faults, ("articles",)))

    assert len(faults) == 1
