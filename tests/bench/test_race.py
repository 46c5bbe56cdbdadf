"""A hub against stock Pelican: a real race of a few texts, and what is told of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import corpus, race
from bench.race import Run
from parvis.errors import Refused


def rows(table: str) -> list[list[str]]:
    """The cells of a Markdown table, without its ruler."""
    lines = [line for line in table.splitlines() if line.startswith("| ") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_both_build_the_same_texts_and_are_compared(tmp_path: Path) -> None:
    hub, stock = corpus.write(tmp_path, 20, seed=7)
    told: list[str] = []

    ratio = race.run(0, 1, 0, (str(hub), str(stock)), told.append)

    head, ours, theirs = rows(told[-1])
    assert head[0] == "20 texts, median of 1" and ratio > 0
    assert [ours[0], theirs[0]] == ["Parvis", "stock Pelican, simple"]
    assert min(int(ours[4]), int(theirs[4])) > 20
    assert (ours[5], theirs[5]) == (f"{ratio:.2f}", "1.00")


def test_ratios_are_those_of_pairs() -> None:
    slow, quick = Run(4, 2, 90, 30), Run(2, 1, 50, 20)

    _, ours, theirs = rows("\n".join(race.table(5, {"a": [slow, Run(9, 9, 90, 30)], "b": [quick, Run(3, 3, 50, 20)]})))

    assert ours == ["a", "6.50", "5.50", "90", "30", "2.50 (2.00 to 3.00)", "2.50 (2.00 to 3.00)"]
    assert theirs[5:] == ["1.00", "1.00"]


def test_where_the_system_tells_no_use_there_is_no_ratio_of_it() -> None:
    _, ours, _ = rows("\n".join(race.table(5, {"a": [Run(4, 0, 0, 1)], "b": [Run(2, 0, 0, 1)]})))

    assert ours[5:] == ["2.00", "–"]


@pytest.mark.parametrize("stock", ["", "nowhere", "."])
def test_a_folder_without_texts_is_refused(stock: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub, _ = corpus.write(tmp_path, 1, 7)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Refused, match="--stock: no folder"):
        race.run(0, 1, 0, (str(hub), stock), print)


def test_a_build_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    hub, stock = corpus.write(tmp_path, 2, seed=7)
    (hub / "content/community/bad.md").write_text("no front matter", "utf-8")

    with pytest.raises(Refused, match=r"(?s)Parvis: its build ended with 1.*bad\.md"):
        race.run(0, 1, 0, (str(hub), str(stock)), lambda line: None)
