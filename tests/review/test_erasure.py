"""Erased means erased: the files, the proposals, the pictures, the caches; and nothing comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis import library
from parvis.errors import CONFIG, Refused
from parvis.ledger import Ledger
from tests import hub
from tests.review.desk import erase, pending, proposal, tree

SITE = (
    hub.item("forum-1", media=[{"file": "images/zoe.png", "alt": "a"}, {"file": "images/both.png", "alt": "a"}])
    + proposal("forum-1")
    + pending("forum-2", original="https://forum.example/2")
    + pending("avis-1", "content/testimonials/avis-1.md", source="avis", author={"name": "ZOÉ"}, original=None)
    + hub.item(
        "forum-3", author={"name": "Ana", "id": "7", "url": "https://ana.example/"}, media=[{"file": "images/both.png"}]
    )
    + "-- content/images/zoe.png --\n-- content/images/both.png --\n"
    + "-- content/articles/a.md --\n---\nid: a\ntitle: T\ndate: 2026-11-02T09:00:00Z\nquotes: [forum-1]\n---\n"
    + "Merci à Zoé !\n"
    + "-- exports/avis.csv --\nnom,avis\nZoé,oui\n-- .cache/sources/forum --\nZoé\n"
)


def said_by(folder: Path) -> set[str]:
    return {path.rpartition("/")[2] for path in tree(folder) if "/community/" in path or "/testimonials/" in path}


@pytest.mark.parametrize("who", ["Zoé", "zoé", "Zoe\u0301"])
def test_an_author_goes_from_every_source_with_all_they_said(tmp_path: Path, who: str) -> None:
    erase(hub.write(tmp_path, SITE), who)
    left = tree(tmp_path)

    assert said_by(tmp_path) == {"forum-3.md"}
    assert not any(path.startswith("content/proposals") for path in left)
    assert "content/images/zoe.png" not in left
    assert "content/images/both.png" in left
    assert not (tmp_path / ".cache").exists()
    assert not any("zo" in text.casefold() for path, text in left.items() if "ledger" in path)


@pytest.mark.parametrize(
    ("who", "left"),
    [
        ("forum-2", {"forum-1.md", "forum-3.md", "avis-1.md"}),
        ("https://forum.example/2", {"forum-1.md", "forum-3.md", "avis-1.md"}),
        ("42", {"forum-3.md", "avis-1.md"}),
        ("forum:42", {"forum-3.md", "avis-1.md"}),
        ("https://ana.example", {"forum-1.md", "forum-2.md", "avis-1.md"}),
    ],
)
def test_an_item_goes_by_its_id_or_address_an_author_by_id_or_address(tmp_path: Path, who: str, left: set[str]) -> None:
    erase(hub.write(tmp_path, SITE), who)

    assert said_by(tmp_path) == left


@pytest.mark.parametrize("key", ["", "long and secret"])
@pytest.mark.parametrize("who", ["Zoé", "forum-1"])
def test_it_never_comes_back(tmp_path: Path, who: str, key: str) -> None:
    erase(hub.write(tmp_path, SITE), who, environ={"PARVIS_KEY": key})
    hub.write(tmp_path, SITE)
    books = hub.read(tmp_path, key=key)

    assert "content/community/2026/forum-1.md" not in books.live | books.waiting
    assert "content/community/2026/forum-3.md" in books.live
    assert [fault for fault in books.faults if "quotes" in fault.what] == []


def test_an_author_stays_out_under_a_new_name_and_with_a_new_post(tmp_path: Path) -> None:
    erase(hub.write(tmp_path, SITE), "Zoé")
    hub.write(tmp_path, hub.item("forum-9", original="https://forum.example/9", author={"name": "Autre", "id": "42"}))

    assert "content/community/2026/forum-9.md" not in hub.read(tmp_path).live


def test_a_second_run_changes_nothing_and_says_so(tmp_path: Path) -> None:
    erase(hub.write(tmp_path, SITE), "Zoé")
    before = tree(tmp_path)

    for who in ("Zoé", "forum-1", "forum-2"):
        assert any("0 files" in line for line in erase(tmp_path, who))
    assert tree(tmp_path) == before


def test_an_item_that_shares_its_address_does_not_take_the_others_along(tmp_path: Path) -> None:
    """Reviews of one product often have the product's page as their address."""
    hub.write(tmp_path, hub.item("forum-1") + hub.item("forum-2", author={"name": "Ana"}))
    erase(tmp_path, "forum-1")

    assert hub.read(tmp_path).live == {"content/community/2026/forum-2.md"}


def test_nobody_is_erased_for_having_no_name(tmp_path: Path) -> None:
    hub.write(
        tmp_path, hub.item("forum-1", author={"name": ""}) + hub.item("forum-2", author={"name": ""}, original=None)
    )
    erase(tmp_path, "forum-1")

    assert hub.read(tmp_path).live == {"content/community/2026/forum-2.md"}


def test_what_is_called_so_in_no_file_is_a_fault_with_the_nearest_name(tmp_path: Path) -> None:
    hub.write(tmp_path, SITE)
    before = tree(tmp_path)
    with pytest.raises(Refused, match="did you mean 'forum-3'") as refused:
        erase(tmp_path, "forum-33")

    assert refused.value.code == CONFIG
    assert tree(tmp_path) == before


def test_an_id_that_two_sources_use_for_two_people_wants_the_source(tmp_path: Path) -> None:
    hub.write(tmp_path, hub.item() + hub.item("sure-1", source="sure", author={"name": "Ana", "id": "42"}))
    with pytest.raises(Refused, match="forum:42 or sure:42") as refused:
        erase(tmp_path, "42")
    assert refused.value.code == CONFIG

    erase(tmp_path, "sure:42")
    assert said_by(tmp_path) == {"forum-1.md"}


def test_an_ambassador_goes_by_handle_or_name(tmp_path: Path) -> None:
    profile = "---\nid: p{0}\ntitle: T\nname: Zoé\nhandle: zoe\ncode: z1\nlang: {0}\n---\n"
    site = "".join(f"-- content/ambassadors/{lang}.md --\n{profile.format(lang)}" for lang in ("fr", "en"))
    erase(hub.write(tmp_path, site), "zoe")

    assert not (tmp_path / "content/ambassadors").exists()
    assert Ledger(tmp_path, {}, []).out(item="pfr") is not None


def test_a_dry_run_says_what_would_go_and_writes_nothing(tmp_path: Path) -> None:
    hub.write(tmp_path, SITE)
    before = tree(tmp_path)
    lines = erase(tmp_path, "Zoé", dry=True)

    assert [line.split()[-1] for line in lines if line.startswith("would erase")] == [
        "content/community/2026/forum-1.md", "content/community/2026/forum-2.md", "content/testimonials/avis-1.md",
        "content/proposals/forum-1.md", "content/images/zoe.png",
    ]  # fmt: skip
    assert tree(tmp_path) == before
    assert (tmp_path / ".cache").exists()


def test_it_says_what_git_keeps_and_what_still_names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = erase(hub.write(tmp_path, SITE), "Zoé")

    assert [line for line in lines if line.startswith("still named")] == [
        "still named  content/articles/a.md:7", "still named  exports/avis.csv:2",
    ]  # fmt: skip
    command = next(line for line in lines if "git filter-repo --invert" in line)
    assert command.split().count("--path") == 5
    assert "PARVIS_KEY is not set" in capsys.readouterr().err


def test_no_picture_outside_images_is_ever_removed(tmp_path: Path) -> None:
    hub.write(
        tmp_path / "hub", hub.item(media=[{"file": "../../kept.txt"}, {"file": "brand.yml"}]) + "-- ../kept.txt --\n"
    )
    erase(tmp_path / "hub", "forum-1")

    assert (tmp_path / "kept.txt").exists()
    assert (tmp_path / "hub/content/brand.yml").exists()


def test_what_is_erased_is_withdrawn_even_before_its_file_goes(tmp_path: Path) -> None:
    """A kill between ledger and files: the site already obeys the ledger."""
    hub.write(tmp_path, SITE)
    file, text = Ledger(tmp_path, {}, []).file("item", "forum-1", decision="erased", by="lea", at=hub.NOW)
    file.write_text(text)

    assert "content/community/2026/forum-1.md" not in library.read(hub.load(tmp_path), {}, hub.NOW).live
