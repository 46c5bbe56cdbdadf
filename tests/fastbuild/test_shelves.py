"""What the ledger keeps is found without understanding all of it, and is the same in the next build."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastbuild.store import Store
from fastbuild.writing import shelves
from fastbuild.writing.shelves import TABLE, Row, Shelves

WORDS = st.sampled_from(["one", "two", "?", "", "3"])
KEYS = st.builds("{} {}".format, st.sampled_from("mbtlng"), st.text(min_size=1, max_size=4)) | st.sampled_from(
    ["!", "!!"]
)
FACTS = st.dictionaries(KEYS, WORDS, min_size=1, max_size=30)
NAMES = st.text(min_size=1, max_size=5)


def kept(folder: Path) -> Shelves:
    return Shelves(Store(folder), "epoch")


def is_open(key: str, word: str) -> bool:
    return key[0] in "g!" or word in {"", "?"}


def written(folder: Path, facts: dict[str, str], rows: dict[str, list[int]]) -> None:
    store = Store(folder)
    made = Shelves(store, "epoch")
    made.facts()
    places = made.places(facts, facts.__getitem__)
    for name, read in rows.items():
        made.set_row(name, ["spec", "bytes", [1, 20, 300], [places[place % len(places)] for place in read]])
    made.put("epoch", 7)
    assert store.commit()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "PAGE", 4)
    monkeypatch.setattr(shelves, "MANY", 8)


@given(facts=FACTS, rows=st.dictionaries(NAMES, st.lists(st.integers(0, 40), max_size=5), max_size=20), data=st.data())
def test_what_is_asked_for_is_found_as_if_all_were_understood(
    tmp_path_factory: pytest.TempPathFactory, facts: dict[str, str], rows: dict[str, list[int]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    written(folder, facts, rows)
    every = dict(enumerate(facts.items()))
    key = data.draw(st.sampled_from(sorted(facts)))
    places = data.draw(st.sets(st.integers(0, len(facts) - 1)))

    whole = kept(folder)
    assert whole.facts() == (list(facts), list(facts.values()))
    assert (whole.noted, whole.count) == (7, len(rows))
    found = {place: (each, word) for place, each, word in kept(folder).facts_of([key[2:]])}
    wanted = {place: fact for place, fact in every.items() if fact[0][2:] == key[2:] or is_open(*fact)}
    assert wanted.items() <= found.items() <= every.items()
    reading = {name: row for name, row in whole.rows().items() if places.intersection(row[3])}
    assert kept(folder).rows_of(places) == reading
    assert kept(folder).places([key], str) == [list(facts).index(key)]
    every_place = kept(folder)
    assert every_place.places(facts, str) == list(every)


def test_only_what_was_set_is_written(tmp_path: Path) -> None:
    written(
        tmp_path, {f"m {number}": "one" for number in range(10)}, {f"{number}.html": [number] for number in range(90)}
    )
    store = Store(tmp_path)
    some = Shelves(store, "epoch")
    row: Row = ["new", "bytes", [2, 2, 2], some.places(["m 5", "m new"], lambda _: "first")]
    some.set_row("5.html", row)
    some.set_word(5, "two")
    some.drop("6.html")
    before = store.rows(TABLE)
    some.put("epoch", 8)
    after = store.rows(TABLE)
    store.commit()

    assert sum(before[name] != after[name] for name in before) == 5  # the head, two shelves, two pages
    again = kept(tmp_path)
    assert again.row("5.html") == [*row[:3], [5, 10]] and again.row("6.html") is None
    keys, words = again.facts()
    assert (keys[10], words[5], words[10], again.count) == ("m new", "two", "first", 89)


def test_of_another_epoch_or_with_a_page_missing_it_is_empty(tmp_path: Path) -> None:
    written(tmp_path, {f"m {number}": "one" for number in range(10)}, {"a": [9]})
    store = Store(tmp_path)
    assert Shelves(store, "another").rows() == {}
    store.close()

    store.drop(TABLE, ["facts 1"])
    store.commit()
    assert (kept(tmp_path).facts(), kept(tmp_path).rows()) == (([], []), {})
