"""What was refused stays out, under either key, and the ledger never holds who or what it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from parvis.errors import Fault
from parvis.ledger import Ledger, Of, author_key

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def ledger(folder: Path, key: str = "", faults: list[Fault] | None = None) -> Ledger:
    return Ledger(folder, {"PARVIS_KEY": key}, [] if faults is None else faults)


def decide(folder: Path, of: Of, value: str, decision: str = "refused", *, key: str = "", minutes: int = 0) -> Path:
    file, text = ledger(folder, key).file(of, value, decision=decision, by="lea", at=AT + timedelta(minutes=minutes))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("of", ["item", "author", "address"])
@pytest.mark.parametrize("decision", ["refused", "withdrawn", "erased"])
def test_what_was_decided_out_is_out(tmp_path: Path, of: Of, decision: str) -> None:
    decide(tmp_path, of, "forum-1", decision)
    found = ledger(tmp_path).out(**{of: "forum-1"})

    assert found is not None
    assert (found.decision, found.by, found.at) == (decision, "lea", AT)
    assert ledger(tmp_path).out(**{of: "forum-2"}) is None
    assert ledger(tmp_path).out(item="", author="", address="") is None


def test_an_item_is_not_an_author(tmp_path: Path) -> None:
    decide(tmp_path, "item", "zoe")

    assert ledger(tmp_path).out(author="zoe", address="zoe") is None


def test_the_latest_decision_wins(tmp_path: Path) -> None:
    decide(tmp_path, "item", "a")
    decide(tmp_path, "item", "a", "restored", minutes=1)
    assert ledger(tmp_path).out(item="a") is None

    decide(tmp_path, "item", "a", "erased", minutes=2)
    assert ledger(tmp_path).out(item="a") is not None


def test_decisions_of_before_the_key_hold_after_it_and_can_be_lifted(tmp_path: Path) -> None:
    decide(tmp_path, "item", "a")
    assert ledger(tmp_path, key="secret").out(item="a") is not None

    decide(tmp_path, "item", "a", "restored", key="secret", minutes=1)
    assert ledger(tmp_path, key="secret").out(item="a") is None


def test_a_decision_under_a_key_says_nothing_without_it(tmp_path: Path) -> None:
    decide(tmp_path, "item", "a", key="secret")

    assert ledger(tmp_path).out(item="a") is None
    assert ledger(tmp_path, key="other").out(item="a") is None
    assert ledger(tmp_path, key="secret").out(item="a") is not None


def test_a_file_holds_a_hash_and_nothing_of_the_person(tmp_path: Path) -> None:
    text = decide(tmp_path, "author", "forum:zoe@example.org").read_text()

    assert "zoe" not in text
    assert "forum" not in text
    assert [line.partition(":")[0] for line in text.splitlines()] == ["hash", "of", "decision", "at", "by"]


def test_two_hubs_do_not_share_hashes(tmp_path: Path) -> None:
    one, other = (decide(tmp_path / hub, "item", "a").read_text().splitlines()[0] for hub in ("a", "b"))

    assert one != other


def test_an_address_is_the_same_with_another_scheme_fragment_or_last_slash(tmp_path: Path) -> None:
    decide(tmp_path, "address", "https://a.example/b/")
    book = ledger(tmp_path)

    assert all(book.out(address=url) for url in ("http://a.example/b", "HTTPS://a.example/b/#c", "https://a.example/b"))
    assert not any(
        book.out(address=url) for url in ("https://a.example/", "https://a.example/b?c", "https://b.example/b")
    )


def test_an_author_is_known_by_id_then_address_then_name_and_never_by_having_none() -> None:
    assert author_key("forum", "Zoé", "https://z.example/", "42") == author_key("forum", "Autre", "", "42")
    assert author_key("forum", "Zoé", "https://z.example/", "") == author_key("forum", "Z.", "https://z.example/", "")
    assert author_key("forum", "Zoé", "", "") == author_key("forum", "ZOÉ", "", "") != author_key("blog", "Zoé", "", "")
    assert author_key("forum", "", "", "") == ""


def test_a_faulty_file_is_told_and_the_others_hold(tmp_path: Path) -> None:
    decide(tmp_path, "item", "a")
    (tmp_path / "content/ledger/b.yml").write_text("hash: xyz\nof: itm\n")
    (tmp_path / "content/ledger/c.yml").write_bytes(b"hash: \xff")
    faults: list[Fault] = []

    assert ledger(tmp_path, faults=faults).out(item="a") is not None
    assert {(fault.where, fault.line) for fault in faults} == {
        ("content/ledger/b.yml", 1), ("content/ledger/b.yml", 2), ("content/ledger/c.yml", 1),
    }  # fmt: skip


@pytest.mark.parametrize("odd", ["\ud800", "é", "a\nb", "x" * 10**6])
def test_any_text_can_be_hashed(tmp_path: Path, odd: str) -> None:
    decide(tmp_path, "item", odd)

    assert ledger(tmp_path).out(item=odd) is not None
