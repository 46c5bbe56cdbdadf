"""The short way to a new live site ends in the same files as the long way, and is not gone where there is doubt."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fastbuild import publication, roll
from fastbuild.places import Places
from tests.fastbuild.sites import stamps, tree
from tests.fastbuild.test_kill import KILLED, die_at

Files = Mapping[str, str]
PAGES = {f"posts/{number}/index.html": f"page {number}" for number in range(12)} | {"index.html": "home", "a": "file"}


def lay(folder: Path, files: Files) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def as_tree(files: Files) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


class House:
    """A site that is published again and again; `short` tells which publications went the short way."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch | None = None) -> None:
        self.places = Places(folder / "output")
        self.places.ready()
        self.built: Files = {}
        self.short: list[bool] = []

    def publish(self, files: Files, *, again: bool = False, **how: Any) -> None:
        """`again` makes what is as it was too, as where nobody proved that it would come out the same."""
        same = {path for path, text in files.items() if self.built.get(path) == text}
        made = files if again else {path: text for path, text in files.items() if path not in same}
        known = roll.holding(self.places.notes, self.places.live)
        spare = self.places.spare.stat().st_ino if self.places.spare.exists() else None
        shutil.rmtree(self.places.next, ignore_errors=True)
        self.places.next.mkdir()
        lay(self.places.next, made)
        standing = set() if again else same
        asked = {"delete": False, "retention": set(), "by_file": False, **how}
        publication.publish(self.places, known, lambda: standing, **asked).note()
        shutil.rmtree(self.places.next, ignore_errors=True)
        self.short.append(known is not None and self.places.live.stat().st_ino == spare)
        self.built = files

    @property
    def live(self) -> dict[str, bytes]:
        return tree(self.places.live)


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    house.publish(PAGES)
    house.publish({**PAGES, "index.html": "home 2"})
    return house


@pytest.mark.parametrize("again", [False, True])
def test_from_the_second_time_on_only_what_changed_is_touched(house: House, again: bool) -> None:
    for number in range(5):
        before = stamps(house.places.live)
        files = {**PAGES, "posts/3/index.html": f"edit {number}", f"new/{number}.html": "new"}
        house.publish(files, again=again)

        assert house.live == as_tree(files)
        now = stamps(house.places.live)
        assert {path for path in now if now[path] != before.get(path)} <= {
            "posts/3/index.html", "index.html", f"new/{number}.html",
        }  # fmt: skip
    assert house.short == [False] + [True] * 6


def put(path: str, text: str) -> Callable[[House], object]:
    return lambda house: lay(house.places.live, {path: text})


def edited_in_place(house: House) -> None:
    (house.places.live / "posts/5/index.html").write_text("PAGE 5")


def same_bytes_in_another_file(house: House) -> None:
    file = house.places.live / "posts/5/index.html"
    other = file.with_name("other")
    other.write_text("page 5")
    other.replace(file)


def spare_lacks_a_file(house: House) -> None:
    (house.places.spare / "posts/5/index.html").unlink()


def spare_is_gone(house: House) -> None:
    shutil.rmtree(house.places.spare)


def spare_has_more(house: House) -> None:
    lay(house.places.spare, {"posts/5/mine.txt": "x"})


def spare_has_another(house: House) -> None:
    (house.places.spare / "posts/5/index.html").unlink()
    lay(house.places.spare, {"posts/5/index.html": "page 5!"})


def garbled(house: House) -> None:
    file = house.places.notes / roll.NAME
    data = bytearray(file.read_bytes())
    data[-3] ^= 0xFF
    file.write_bytes(data)


def cut(house: House) -> None:
    file = house.places.notes / roll.NAME
    file.write_bytes(file.read_bytes()[:-8])


DOUBTS = [
    put("posts/5/index.html", "page x"), put("mine.txt", "mine"), edited_in_place, same_bytes_in_another_file,
    spare_lacks_a_file, spare_is_gone, spare_has_more, spare_has_another, garbled, cut,
]  # fmt: skip


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda doubt: doubt.__name__)
def test_any_doubt_leads_the_long_way_to_the_same_site(house: House, doubt: Callable[[House], object]) -> None:
    house.publish({**PAGES, "index.html": "home 3"})
    doubt(house)
    mine = {"mine.txt": b"mine"} if (house.places.live / "mine.txt").exists() else {}
    files = {**PAGES, "index.html": "home 4"}
    touched = doubt in DOUBTS[:1] or doubt is edited_in_place

    house.publish(files, again=touched)
    assert house.live == {**as_tree(files), **mine}
    assert house.short[-2:] == [True, False]

    house.publish({**files, "posts/2/index.html": "x"})
    assert house.live == {**as_tree({**files, "posts/2/index.html": "x"}), **mine}
    assert house.short[-1]


def test_a_file_may_become_a_folder_and_the_other_way_round(house: House) -> None:
    rest = {path: text for path, text in PAGES.items() if path != "a"}
    for path in ("a/b", "a", "a/b/c", "a/b", "a", "z"):
        house.publish({**rest, path: "text"})
        assert house.live == as_tree({**rest, path: "text"})
    assert all(house.short[2:])


def test_a_persons_files_folders_and_links_stay_the_short_way_too(house: House) -> None:
    mine = {"CNAME": b"site.example", "empty/folder/": b"", "posts/mine": b"-> 3", "posts/1/mine.txt": b"mine"}
    lay(house.places.live, {"CNAME": "site.example", "posts/1/mine.txt": "mine"})
    (house.places.live / "empty/folder").mkdir(parents=True)
    (house.places.live / "posts/mine").symlink_to("3")
    for number in range(4):
        files = {path: text for path, text in PAGES.items() if not path.startswith("posts/1/")} | {"a": f"{number}"}
        house.publish(files)
        assert house.live == {**as_tree(files), **mine}
    assert house.short[-4:] == [False, True, True, True]


def test_what_may_be_deleted_goes_but_for_what_is_retained(house: House) -> None:
    lay(house.places.live, {"mine.txt": "mine"})
    house.publish(PAGES)
    house.publish({**PAGES, "a": "other"}, delete=True)

    assert house.live == as_tree({**PAGES, "a": "other"})
    assert house.short[-2:] == [False, True]


def test_what_a_person_puts_there_while_a_build_goes_on_stays(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    holding = roll.holding

    def and_then_somebody_comes(notes: Path, live: Path) -> roll.Roll | None:
        known = holding(notes, live)
        lay(live, {"mine.txt": "mine"})
        return known

    monkeypatch.setattr(roll, "holding", and_then_somebody_comes)
    for number in range(2):
        house.publish({**PAGES, "a": f"{number}"})
        assert house.live == {**as_tree({**PAGES, "a": f"{number}"}), "mine.txt": b"mine"}


def test_without_hard_links_there_is_no_spare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    house = House(tmp_path)
    for number in range(4):
        house.publish({**PAGES, "a": f"{number}"})
        assert house.live == as_tree({**PAGES, "a": f"{number}"})
        assert not house.places.spare.exists()
    assert not any(house.short)


def test_links_that_are_refused_half_way_cost_time_only(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    link, calls = os.link, count()

    def refuse_later(*given: Any, **how: Any) -> None:
        if next(calls) == 0:
            raise PermissionError(1, "Operation not permitted")
        link(*given, **how)

    house.publish({**PAGES, "a": "1", "posts/2/index.html": "x"})
    monkeypatch.setattr(os, "link", refuse_later)
    house.publish({**PAGES, "a": "2"})

    assert house.live == as_tree({**PAGES, "a": "2"})
    assert house.short[-1] is False


def test_after_a_publication_in_place_there_is_no_spare(house: House) -> None:
    house.publish({**PAGES, "a": "1"}, by_file=True)
    assert not house.places.spare.exists()
    assert house.live == as_tree({**PAGES, "a": "1"})
    assert roll.read(house.places.notes) == roll.Roll.of(house.places.live)

    house.publish({"a/b": "2"}, by_file=True)
    assert house.live == {"a/b": b"2"}
    assert roll.read(house.places.notes) == roll.Roll.of(house.places.live)


def test_killed_anywhere_on_the_short_way_the_site_is_whole(house: House, tmp_path: Path) -> None:
    one = {**PAGES, "posts/2/index.html": "x", "gone": "y", "grows": "z"}
    two = {**PAGES, "posts/4/index.html": "x", "new/1": "y", "grows/index.html": "z"}
    house.publish(one)
    lay(house.places.live, {"mine.txt": "mine"})
    house.publish({**one, "a": "2"})
    house.publish(one)
    start, mine = tmp_path / "start", {"mine.txt": b"mine"}
    home = house.places.live.parent
    shutil.copytree(home, start, ignore=shutil.ignore_patterns("start"), symlinks=True)
    seen = set()
    for step in count(1):
        child = os.fork()
        if child == 0:
            die_at(step, home)
            house.publish(two)
            os._exit(0)
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
        assert house.live in ({**as_tree(one), **mine}, {**as_tree(two), **mine}), f"half a site after step {step}"
        seen.add("grows" in house.live)
        if not killed:
            break
        house.built = {}
        house.publish({**one, "a": f"{step}"}, again=True)
        assert house.live == {**as_tree({**one, "a": f"{step}"}), **mine}, f"the build after step {step}"
        house.publish(one)
        house.publish({**one, "a": "2"})
        house.publish(one)
        assert house.short[-1]
    assert len(seen) == 2
    assert step > 20


names = st.sampled_from(["a", "a/b", "a/b/c", "x", "y/z", "é\n"])
sites = st.dictionaries(names, st.sampled_from(["1", "2"]), min_size=1).filter(
    lambda files: not any(f"{path}/" == other[: len(path) + 1] for path in files for other in files)
)
mine = st.dictionaries(st.sampled_from(["m", "n/m"]), st.sampled_from(["1", "2"]))


@given(rounds=st.lists(st.tuples(sites, mine, st.sampled_from(["short", "again", "place"])), min_size=2, max_size=9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_follows_whatever_the_live_site_is_what_was_built_and_a_persons_files(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[tuple[Files, Files, str]]
) -> None:
    house, person = House(tmp_path_factory.mktemp("house")), {}
    for number, (files, own, how) in enumerate(rounds):
        if number:
            lay(house.places.live, own)
            person |= own
        house.publish(files, again=how == "again", by_file=how == "place")

        assert house.live == as_tree({**files, **person})
