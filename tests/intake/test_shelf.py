"""Finds which file holds which item, whatever people did to the file, and reads nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis.intake import shelf
from parvis.intake.shelf import Place


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


@pytest.mark.parametrize(
    "head",
    [
        "id: forum-1\npulled: 0123456789abcdef\n",
        "title: x\nid: 'forum-1'  # never change\npulled: '0123456789abcdef'\n",
        'id: "forum-1"\r\npulled: 0123456789abcdef\r\n',
        "title: x\n" + "tags: [" + "mot, " * 9000 + "]\nid: forum-1\npulled: 0123456789abcdef\n",
    ],
)
def test_an_id_is_found(tmp_path: Path, head: str) -> None:
    write(tmp_path, "community/2026/a.md", f"---\n{head}---\n\nid: other\n")

    assert shelf.read(tmp_path).places == {"forum-1": Place("community/2026/a.md", "0123456789abcdef")}


def test_a_file_with_a_mark_in_front_is_read(tmp_path: Path) -> None:
    write(tmp_path, "testimonials/a.md", "\ufeff---\nid: avis-1\n---\n")

    assert shelf.read(tmp_path).places == {"avis-1": Place("testimonials/a.md")}


@pytest.mark.parametrize(
    "text", ["", "id: forum-1\n", "---\ntitle: id\n---\n", "---\n{id: forum-1}\n---\n", "---\nid:\n---\n"]
)
def test_a_file_without_an_id_is_known_by_its_name(tmp_path: Path, text: str) -> None:
    write(tmp_path, "community/2026/a.md", text)
    found = shelf.read(tmp_path)

    assert (found.places, found.unreadable) == ({}, {"a": "community/2026/a.md"})


def test_slugs_and_stems_are_taken(tmp_path: Path) -> None:
    write(tmp_path, "community/2026/a.md", "---\nid: forum-1\nslug: autre\n---\n")

    assert {"a", "autre"} <= shelf.read(tmp_path).stems


def test_links_and_other_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "outside/a.md", "---\nid: forum-1\n---\n")
    write(tmp_path, "content/community/.a.md", "---\nid: forum-2\n---\n")
    write(tmp_path, "content/community/a.txt", "---\nid: forum-3\n---\n")
    write(tmp_path, "content/articles/a.md", "---\nid: article\n---\n")
    (tmp_path / "content/community/linked").symlink_to(tmp_path / "outside")
    (tmp_path / "content/community/b.md").symlink_to(tmp_path / "outside/a.md")

    assert shelf.read(tmp_path / "content").places == {}
