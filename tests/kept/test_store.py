"""Whatever happens to the store, it gives what was put into it or nothing."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest

from parvis.kept.store import Store

ROWS = {f"content/articles/{number}.md": {"head": {"id": f"été-{number}"}, "line": number} for number in range(300)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written(tmp_path / "build/texts.sqlite").save()
    return tmp_path / "build/texts.sqlite"


def written(file: Path, version: str = "1") -> Store:
    store = Store(file, version)
    for name, said in ROWS.items():
        store.put("files", name, said)
    return store


def test_what_was_saved_is_there_for_the_next_build(file: Path) -> None:
    store = Store(file, "1")

    assert store.all("files") == ROWS
    assert store.get("files", "content/articles/7.md") == ROWS["content/articles/7.md"]
    assert store.get("files", "content/articles/none.md") is None


def test_what_is_not_saved_yet_is_there_for_this_one(tmp_path: Path) -> None:
    assert written(tmp_path / "x.sqlite").get("files", "content/articles/7.md") == ROWS["content/articles/7.md"]
    assert list(tmp_path.iterdir()) == []


def test_what_was_dropped_is_gone(file: Path) -> None:
    store = Store(file, "1")
    store.drop("files", list(ROWS)[1:])
    store.save()

    assert list(Store(file, "1").all("files")) == list(ROWS)[:1]


def test_other_code_finds_nothing_and_begins_anew(file: Path) -> None:
    other = Store(file, "2")
    assert other.all("files") == {} and other.get("files", next(iter(ROWS))) is None

    other.put("files", "a", 1)
    other.save()

    assert Store(file, "2").all("files") == {"a": 1}
    assert Store(file, "1").all("files") == {}


def test_without_a_file_nothing_is_kept() -> None:
    store = Store(None, "1")
    store.put("files", "a", 1)
    store.save()

    assert store.all("files") == {} and store.get("files", "a") == 1


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_file_gives_right_rows_or_none_and_can_be_written(file: Path, seed: int) -> None:
    chance, data = random.Random(seed), bytearray(file.read_bytes())
    if seed % 2:
        del data[chance.randrange(len(data)) :]
    else:
        start = chance.randrange(len(data))
        data[start : start + 40] = chance.randbytes(40)
    file.write_bytes(data)

    store = Store(file, "1")
    assert store.all("files").items() <= ROWS.items()
    assert store.get("files", "content/articles/7.md") in (None, ROWS["content/articles/7.md"])
    store.put("files", "new", "row")
    store.save()
    again = Store(file, "1").all("files")
    assert again.pop("new", "row") == "row" and again.items() <= ROWS.items()


def test_a_row_under_the_name_of_another_is_not_there(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE files SET name = 'content/articles/x.md' WHERE name = 'content/articles/7.md'")

    assert Store(file, "1").get("files", "content/articles/x.md") is None


def test_another_build_that_writes_is_not_waited_for_in_vain(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.kept.store.PATIENCE", 0.01)
    with sqlite3.connect(file) as other:
        other.execute("BEGIN EXCLUSIVE")
        store = Store(file, "1")
        assert store.all("files") == {}
        store.put("files", "a", 1)
        store.save()

    assert Store(file, "1").all("files") == ROWS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied where there is fork")
def test_a_copy_of_the_process_reads_for_itself(file: Path) -> None:
    store = Store(file, "1")
    store.all("files")
    process = os.fork()
    if not process:
        os._exit(store.get("files", "content/articles/7.md") != ROWS["content/articles/7.md"])

    assert os.waitpid(process, 0)[1] == 0
    assert store.all("files") == ROWS
