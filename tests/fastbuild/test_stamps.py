"""Stamps are looked at by two processes where there are many paths, and tell the same."""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from pathlib import Path

import pytest

from fastbuild import stamps


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(stamps, "MANY", 2)
    for name in "abcdefg":
        (tmp_path / name).write_text(name)
    return [str(tmp_path / name) for name in "abcdefg"]


@pytest.mark.parametrize("changed", ["", "a", "g", "adg", "abcdefg"])
def test_two_processes_find_what_one_finds(paths: list[str], changed: str) -> None:
    noted = stamps.packed(stamps.look(path, follow=True) for path in paths)
    for name in changed:
        Path(paths["abcdefg".index(name)]).write_text("other words")

    found = stamps.by_two(paths, noted, follow=True)

    assert found == stamps.differing(paths, noted, follow=True)
    assert [number for number, _ in found] == ["abcdefg".index(name) for name in changed]


def test_what_a_copy_cannot_tell_is_looked_at_again(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    noted = stamps.packed(stamps.look(path, follow=True) for path in paths)
    Path(paths[-1]).unlink()
    alone, tell = os.getpid(), stamps.differing

    def differing(asked: Sequence[str], noted: array[int], *, follow: bool) -> list[tuple[int, stamps.Stamp]]:
        if os.getpid() != alone:
            raise MemoryError
        return tell(asked, noted, follow=follow)

    monkeypatch.setattr(stamps, "differing", differing)
    assert stamps.by_two(paths, noted, follow=True) == [(len(paths) - 1, stamps.MISSING)]
