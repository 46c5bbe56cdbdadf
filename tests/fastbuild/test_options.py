"""FASTBUILD is one dict; whatever is wrong in it is said at once."""

from __future__ import annotations

import ast
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from fastbuild import options

DOCS = Path(__file__).parents[2] / "docs" / "fastbuild.md"


def test_without_settings_the_defaults_hold() -> None:
    assert options.load({}) == options.Options(in_place=False)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"in_palce": True}, ["FASTBUILD.in_palce: no such option, did you mean 'in_place'?"]),
        ({"in_place": "yes"}, ["FASTBUILD.in_place: want a bool, got 'yes'"]),
        ({"in_place": 1}, ["FASTBUILD.in_place: want a bool, got 1"]),
        ({"zzz": 1, "in_place": None}, ["FASTBUILD.zzz: no such option", "FASTBUILD.in_place: want a bool, got None"]),
        ({"trust": "shout"}, ["FASTBUILD.trust: want a list of texts, got 'shout'"]),
        ({"inputs": [1]}, ["FASTBUILD.inputs: want a list of texts, got [1]"]),
        ({3: 1}, ["FASTBUILD.3: no such option"]),
        ("in_place", ["FASTBUILD: want a dict, got 'in_place'"]),
        (None, ["FASTBUILD: want a dict, got None"]),
    ],
)
def test_every_fault_is_named_in_one_run(given: Any, said: list[str], caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SystemExit) as end:
        options.load(given)

    what, hint = caplog.messages[0].split("\n  hint: ")
    assert end.value.code == 2
    assert what.removeprefix("fastbuild: ").split("\n  ") == said
    assert hint


def test_the_docs_page_gives_each_option_with_its_default_and_its_words() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]

    assert rows == [f"| `{o.name}` | `{o.default}` | {o.metadata['doc']} |" for o in fields(options.Options)]


def test_fastbuild_stands_on_the_standard_library_and_what_pelican_brings_alone() -> None:
    sources = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(options.__file__).parent.rglob("*.py")]
    nodes = [node for source in sources for node in ast.walk(source)]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    absolute = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}

    used = {name.split(".")[0] for name in plain | absolute}

    assert used - sys.stdlib_module_names <= {"pelican", "jinja2", "markupsafe", "watchfiles", "markdown", "pygments"}
