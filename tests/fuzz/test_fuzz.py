"""What `python -m tests.fuzz` tells; its documents are made by atheris, which is not always there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import __main__ as fuzz

SAID = """
 === Uncaught Python exception: ===
KeyError: 'x'
SUMMARY: libFuzzer: fuzz target exited
artifact_prefix='.fuzz/feed-'; Test unit written to .fuzz/feed-crash-1
stat::number_of_executed_units: 202
"""


def test_without_atheris_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "find_spec", lambda name: None)

    assert fuzz.main(["feed"]) == fuzz.NO_TOOL
    assert "pip install -r requirements-fuzz.txt" in capsys.readouterr().err
    assert (Path(fuzz.__file__).parents[2] / "requirements-fuzz.txt").is_file()


def test_what_was_found_is_told_with_where_its_bytes_are() -> None:
    assert fuzz.told("feed", SAID, 77).splitlines() == [
        "feed: 202 documents, FOUND",
        "  KeyError: 'x'",
        "  SUMMARY: libFuzzer: fuzz target exited",
        "  artifact_prefix='.fuzz/feed-'; Test unit written to .fuzz/feed-crash-1",
    ]
    assert fuzz.told("table", "stat::number_of_executed_units: 9", 0) == "table: 9 documents, nothing found"


def test_a_kind_that_is_none_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "find_spec", lambda name: True)
    with pytest.raises(SystemExit):
        fuzz.main(["fead"])

    assert "no kind of source is named fead" in capsys.readouterr().err
