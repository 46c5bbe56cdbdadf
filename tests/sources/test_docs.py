"""docs/sources.md shows a kind of source and its case: both are taken from the page, and run."""

from __future__ import annotations

import re
from pathlib import Path

from parvis import sources
from tests.cases import ROOT, read
from tests.sources.casebook import told, wanted

PAGE = (ROOT / "docs/sources.md").read_text("utf-8")


def block(language: str) -> str:
    [found] = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_kind_that_is_shown_is_one_file_and_works(own_kind: Path, tmp_path: Path) -> None:
    (own_kind / "lobsters.py").write_text(block("python"), "utf-8")
    (tmp_path / "lobsters.txt").write_text(block("text"), "utf-8")
    _, case = read(tmp_path / "lobsters.txt")

    assert wanted(case)["items"]
    assert told(case) == wanted(case)


def test_the_page_names_every_option_of_the_kinds_it_describes() -> None:
    """A kind that somebody adds for themselves need not stand on it."""
    described = {kind for kind in sources.kinds() if f"### {kind}\n" in PAGE}
    known = {option for kind in described for option in sources.options(kind)}

    assert described >= {"feed", "table"}
    assert {option for option in known if f"`{option}`" not in PAGE} == set()
