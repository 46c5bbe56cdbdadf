"""Machines on one disk hand each other what they read, and nobody waits."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fastbuild.reading.relay import Relay
from fastbuild.shares import Share

NAMES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), unique=True)


def work(who: int, faulty: str = "") -> object:
    return lambda path: None if path == faulty else f"{path}\n by {who}".encode()


def read(folder: Path, who: int, of: int, paths: list[str], faulty: str = "") -> dict[str, tuple[bytes, bool]]:
    """As one of `of` machines reads them."""
    found = Relay(folder, Share(who, of)).read("article", paths, work(who, faulty))  # type: ignore[arg-type]
    return {path: (made, whole) for path, made, whole in found}


@given(NAMES, st.integers(1, 5))
def test_the_last_one_gets_all_texts_whole_from_whose_they_are(
    tmp_path_factory: object, paths: list[str], of: int
) -> None:
    folder = tmp_path_factory.mktemp("relay")  # type: ignore[attr-defined]
    for who in range(1, of):
        read(folder, who, of, paths)

    got = read(folder, of, of, paths)

    owner = {path: next(who for who in range(1, of + 1) if Share(who, of).has(path)) for path in paths}
    assert got == {path: (f"{path}\n by {owner[path]}".encode(), True) for path in paths}


def test_the_first_one_reads_itself_what_nobody_has_handed_over(tmp_path: Path) -> None:
    paths = [f"{number}.md" for number in range(100)]

    got = read(tmp_path, 1, 2, paths)

    assert {path: whole for path, (_, whole) in got.items()} == {path: Share(1, 2).has(path) for path in paths}
    assert all(made.endswith(b" by 1") for made, _ in got.values())


def test_what_nobody_could_read_is_missing_on_both_sides(tmp_path: Path) -> None:
    paths = [f"{number}.md" for number in range(20)]
    for who in (1, 2):
        assert set(read(tmp_path, who, 2, paths, faulty="7.md")) == set(paths) - {"7.md"}


def test_what_is_half_written_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "article-2.new").write_bytes(b"half")

    assert len(read(tmp_path, 1, 2, ["a.md", "b.md", "c.md"])) == 3


def test_a_text_that_only_one_of_them_saw_is_no_harm(tmp_path: Path) -> None:
    read(tmp_path, 1, 2, ["a.md", "b.md", "late.md", "later.md"])

    assert set(read(tmp_path, 2, 2, ["a.md", "b.md"])) == {"a.md", "b.md"}
