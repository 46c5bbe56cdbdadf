"""The store saves time and never decides what is in a site: damaged in any way, it is as empty."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastbuild.store import FORMAT, NAME, Store

ROWS = {f"content/{number} é\udc80.md": os.fsencode(f"{number}") * 300 for number in range(200)}


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    store = Store(tmp_path)
    store.put("pages", ROWS)
    store.put("other", {"one": b""})
    assert store.commit()
    store.close()
    return tmp_path


def test_what_was_committed_is_there_in_the_next_run(filled: Path) -> None:
    again = Store(filled)

    assert again.rows("pages") == ROWS
    assert again.row("pages", next(iter(ROWS))) == ROWS[next(iter(ROWS))]
    assert again.rows("other") == {"one": b""}
    assert again.row("other", "two") is None
    assert again.rows("never written") == {}


def test_what_was_not_committed_is_forgotten_as_after_a_kill(filled: Path) -> None:
    killed = Store(filled)
    killed.put("pages", {"new": b"new"})
    killed.clear("other")
    killed.close()

    assert Store(filled).rows("pages") == ROWS
    assert Store(filled).rows("other") == {"one": b""}


def test_rows_are_replaced_dropped_and_cleared(filled: Path) -> None:
    store = Store(filled)
    store.put("other", [("one", b"1"), ("two", b"2")])
    store.drop("other", ["one", "no such"])
    store.clear("pages")
    store.commit()

    assert Store(filled).rows("other") == {"two": b"2"}
    assert Store(filled).rows("pages") == {}


@pytest.mark.parametrize("seed", range(50))
def test_a_garbled_or_cut_store_gives_whole_rows_or_none_and_heals(filled: Path, seed: int) -> None:
    chance, file = random.Random(seed), filled / NAME
    data = bytearray(file.read_bytes())
    at = chance.randrange(len(data))
    if seed % 2:
        del data[at:]
    else:
        data[at : at + 40] = chance.randbytes(40)
    file.write_bytes(data)

    damaged = Store(filled)
    assert damaged.rows("pages").items() <= ROWS.items()
    damaged.put("pages", {"new": b"new"})
    damaged.commit()
    damaged.close()
    healed = Store(filled)
    healed.put("pages", {"new": b"newer"})
    healed.commit()
    healed.close()

    found = Store(filled).rows("pages")
    assert found.pop("new") == b"newer"
    assert found.items() <= ROWS.items()


@pytest.mark.parametrize("text", ["", "no database at all", "SQLite format 3\0 and then not"])
def test_another_file_of_that_name_is_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    first = Store(tmp_path)
    first.rows("pages")
    first.close()
    store = Store(tmp_path)
    store.put("pages", {"a": b"b"})

    assert store.commit()
    store.close()
    assert Store(tmp_path).rows("pages") == {"a": b"b"}


def test_a_store_of_another_format_is_as_empty(filled: Path) -> None:
    with sqlite3.connect(filled / NAME) as other:
        other.execute(f"PRAGMA user_version = {FORMAT + 1}")
    other.close()

    assert Store(filled).rows("pages") == {}


def test_a_row_does_not_count_in_another_table(filled: Path) -> None:
    with sqlite3.connect(filled / NAME) as other:
        other.execute("INSERT INTO other SELECT * FROM pages")
    other.close()

    assert Store(filled).rows("other") == {"one": b""}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_read(filled: Path) -> None:
    filled.chmod(0o500)
    (filled / NAME).chmod(0o400)
    store = Store(filled)
    rows = store.rows("pages")
    store.put("pages", {"new": b"new"})
    kept = store.commit()
    filled.chmod(0o700)

    assert rows == ROWS
    assert not kept


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    store = Store(tmp_path / "gone")
    store.put("pages", {"new": b"new"})

    assert not store.commit()
    assert store.rows("pages") == {}


def test_two_runs_at_once_both_go_on_and_one_is_kept(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastbuild.store.PATIENCE", 0.0)
    first, second = Store(filled), Store(filled)
    first.put("other", {"one": b"first"})
    second.put("other", {"one": b"second"})

    assert second.commit() is False
    assert first.commit() is True
    assert Store(filled).rows("other") == {"one": b"first"}


def test_a_forked_copy_reads_what_was_committed(filled: Path) -> None:
    store = Store(filled)
    store.rows("other")
    child = os.fork()
    if child == 0:
        os._exit(0 if store.rows("pages") == ROWS else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert store.rows("pages") == ROWS


@settings(max_examples=30, deadline=None)
@given(rows=st.dictionaries(st.text(), st.binary()))
def test_any_keys_and_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, rows: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("store")
    store = Store(folder)
    encodable = {key: value for key, value in rows.items() if not any(0xD800 <= ord(letter) < 0xDC80 for letter in key)}
    store.put("table", encodable)
    store.commit()
    store.close()

    assert Store(folder).rows("table") == encodable
