"""What is remembered of a source, and how it is spared when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis.intake import memory
from parvis.intake.memory import FAILURES, LONGEST_WAIT, Memory, Page

KNOWN = Memory("key", {"https://x.example/": Page('"tag"', "yesterday", "00")}, ("forum-1",), 12.5, 2)


def test_what_was_saved_is_remembered(tmp_path: Path) -> None:
    memory.save(tmp_path, "forum", KNOWN)

    assert memory.load(tmp_path, "forum") == KNOWN
    assert memory.load(tmp_path, "other") == Memory()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"key": 1}',
        '{"key": "", "pages": [], "ids": [], "later": 0, "failures": 0}',
        "\x00" * 99,
    ],
)
def test_a_broken_memory_is_none(tmp_path: Path, text: str) -> None:
    memory.save(tmp_path, "forum", KNOWN)
    (tmp_path / ".cache/http/forum.json").write_text(text)

    assert memory.load(tmp_path, "forum") == Memory()


def test_a_source_that_asks_for_a_pause_gets_it() -> None:
    assert Memory().failed(1000.0, 60).later == 1060.0
    assert Memory().failed(1000.0, None).later == 0.0


def test_a_source_that_never_works_is_asked_less_and_less() -> None:
    waits, known = [], Memory()
    for _ in range(20):
        known = known.failed(0.0, None)
        waits.append(known.later)

    assert waits[: FAILURES - 1] == [0.0] * (FAILURES - 1)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
