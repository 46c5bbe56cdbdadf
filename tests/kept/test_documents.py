"""A document is the same whether it comes from its file or from the store, and never older than its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parvis import copies, matter
from parvis.errors import Fault, Refused
from parvis.kept import documents
from parvis.kept.documents import Kept
from parvis.kept.store import Store
from parvis.matter import Document
from tests import hub
from tests.site.conftest import ROOT, article

SITE = (
    article()
    + article("wheel", lang="en", more="quotes: [forum-1]\n")
    + hub.item(reply={"by": "Léa", "on": "2026-11-04", "text": "Oui."})
)
FIELDS = ("path", "head", "body", "line", "lines", "digest", "slug", "text_hash", "delicate")


def read(folder: Path) -> dict[str, Document]:
    faults: list[Fault] = []
    store = Store(folder / "texts.sqlite", "1")
    found = {document.path: document for document in documents.walk(folder, faults, store)}
    store.save()
    assert faults == []
    return found


def settled(folder: Path) -> None:
    """As files are that nobody has just written to."""
    for file in (folder / "content").rglob("*.md"):
        os.utime(file, (1_000_000_000, 1_000_000_000))


def test_from_the_store_it_is_as_from_its_file(tmp_path: Path) -> None:
    settled(hub.write(tmp_path, SITE))
    first, second = read(tmp_path), read(tmp_path)

    assert [type(document) for document in second.values()] == [Kept] * 3
    for path, document in first.items():
        assert [getattr(second[path], name) for name in FIELDS] == [getattr(document, name) for name in FIELDS]


def test_what_a_copy_of_the_process_read_is_as_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = "\n-- content/articles/bad.md --\n---\nid: bad\n---\n"
    settled(hub.write(tmp_path, SITE + bad))
    monkeypatch.setattr(documents, "FEWEST", 1)
    monkeypatch.setattr(copies, "processors", lambda: 2)
    faults: list[list[Fault]] = [[], []]

    plain = {document.path: document for document in matter.walk(tmp_path, faults[0])}
    first = [*documents.walk(tmp_path, faults[1], store := Store(tmp_path / "texts.sqlite", "1"))]
    store.save()

    assert faults[0] == faults[1] != []
    assert [document.path for document in first] == [*plain]
    for document in first:
        names = set(FIELDS) - {"digest"}
        assert {n: getattr(document, n) for n in names} == {n: getattr(plain[document.path], n) for n in names}
    assert {type(document) for document in documents.walk(tmp_path, [], store)} == {Kept}


def test_every_document_of_the_demo_comes_back_the_same(tmp_path: Path) -> None:
    faults: list[Fault] = []
    store = Store(None, "1")
    there = {document.path: document for document in matter.walk(ROOT, faults)}
    for document in documents.walk(ROOT, faults, store):
        kept = Kept(document.path, store.get("files", document.path), str(ROOT / document.path))
        assert kept.head == there[document.path].head and kept.slug == there[document.path].slug


def test_a_changed_file_is_read_even_where_size_and_time_stayed(tmp_path: Path) -> None:
    hub.write(tmp_path, SITE)
    read(tmp_path)
    file = tmp_path / "content/articles/roue.md"
    before = file.stat()
    with file.open("r+", encoding="utf-8") as opened:
        text = opened.read().replace("tourne", "saute!")
        opened.seek(0)
        opened.write(text)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert "saute!" in read(tmp_path)["content/articles/roue.md"].body


def test_a_fresh_checkout_is_known_by_its_bytes(tmp_path: Path) -> None:
    settled(hub.write(tmp_path, SITE))
    read(tmp_path)
    for file in (tmp_path / "content").rglob("*.md"):
        file.write_bytes(file.read_bytes())

    assert {type(document) for document in read(tmp_path).values()} == {Kept}


def test_a_file_that_went_is_forgotten(tmp_path: Path) -> None:
    settled(hub.write(tmp_path, SITE))
    read(tmp_path)
    (tmp_path / "content/articles/roue.md").unlink()

    assert "content/articles/roue.md" not in read(tmp_path)
    assert "content/articles/roue.md" not in Store(tmp_path / "texts.sqlite", "1").all("files")


def test_a_fault_is_told_each_time(tmp_path: Path) -> None:
    settled(hub.write(tmp_path, article(more="colour: red\n")))
    for _ in range(2):
        faults: list[Fault] = []
        store = Store(tmp_path / "texts.sqlite", "1")
        assert list(documents.walk(tmp_path, faults, store)) == []
        store.save()
        assert [fault.line for fault in faults] == [6]


def test_a_body_that_changed_meanwhile_is_not_taken_for_the_one_that_was_read(tmp_path: Path) -> None:
    settled(hub.write(tmp_path, SITE))
    read(tmp_path)
    kept = read(tmp_path)["content/articles/roue.md"]
    (tmp_path / kept.path).write_text("---\nid: x\n---\n", "utf-8")

    with pytest.raises(Refused):
        kept.body  # noqa: B018
