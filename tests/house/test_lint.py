"""The tools that read the code rather than run it: they are tests, so that one closing line tells of everything."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.house.imports import ROOT

ZIZMOR = Path(sysconfig.get_path("scripts")) / "zizmor"


def said(*command: object) -> str:
    """What a tool found, or nothing."""
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    assert said(sys.executable, "-m", "ruff", "check", "--quiet") == ""


def test_every_file_is_formatted() -> None:
    assert said(sys.executable, "-m", "ruff", "format", "--check") == ""


def test_types_hold() -> None:
    no_cache = ("--no-incremental", f"--cache-dir={os.devnull}")  # an old one tells of modules as they were

    assert said(sys.executable, "-m", "mypy", *no_cache) == ""


def test_workflows_ask_for_no_more_than_they_need() -> None:
    assert said(ZIZMOR, "--offline", "--persona=pedantic", "--no-progress", "--quiet", ".github") == ""


@pytest.mark.parametrize("finding", ["uses: actions/checkout@v7", "run: echo ${{ github.event.issue.title }}"])
def test_zizmor_bites(finding: str, tmp_path: Path) -> None:
    workflow = tmp_path / ".github/workflows/bad.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(f"on: issues\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - {finding}\n", "utf-8")

    assert said(ZIZMOR, "--offline", "--no-progress", "--quiet", workflow) != ""
