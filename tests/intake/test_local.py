"""A file is read as a file: plain, bounded, inflated; whatever else lies there is a fault and no wait."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.errors import SOURCES, Refused
from parvis.intake import local

LIMIT = 1000
MAKE: dict[str, Callable[[Path], object]] = {
    "is not there": lambda file: None,
    "is not a plain file": lambda file: os.mkfifo(file, 0o600),
    "is larger than 1000 bytes": lambda file: file.write_bytes(b"x" * 1001),
    "its gzip ends early": lambda file: file.write_bytes(gzip.compress(b"abc" * 50, mtime=0)[:-9]),
    "its gzip is broken": lambda file: file.write_bytes(b"\x1f\x8bnot a gzip"),
}


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * LIMIT)

    assert local.read(tmp_path, "a.csv", LIMIT) == b"x" * LIMIT


def test_a_gzip_is_inflated(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(b"x" * LIMIT, mtime=0))

    assert local.read(tmp_path, "a.xml.gz", LIMIT) == b"x" * LIMIT


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name there")
@pytest.mark.parametrize("what", MAKE)
def test_anything_else_is_one_fault(tmp_path: Path, what: str) -> None:
    MAKE[what](tmp_path / "a")
    with pytest.raises(Refused) as raised:
        local.read(tmp_path, "a", LIMIT)

    (fault,) = raised.value.faults
    assert (fault.where, fault.what, fault.code) == ("a", what, SOURCES)


def test_a_bomb_inflates_to_its_limit_and_no_further(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"\0" * 50_000_000, mtime=0))
    with pytest.raises(Refused, match="larger than"):
        local.read(tmp_path, "bomb.gz", LIMIT * 100)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(Refused):
        local.read(tmp_path, "a", LIMIT)
