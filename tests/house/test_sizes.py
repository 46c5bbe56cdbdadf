"""How large a module or a function may grow, and that every function says its types (STYLE.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.imports import ROOT

MODULE, FUNCTION = 250, 40
SOURCES = [
    *sorted((ROOT / "plugins").rglob("*.py")),
    *sorted(path for path in ROOT.glob("*.py") if not path.name.startswith("test_")),
]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_fits_its_room_and_says_its_types(path: Path) -> None:
    assert list(faults(path.read_text("utf-8"))) == []


def faults(source: str) -> Iterator[str]:
    lines = source.count("\n")
    if lines > MODULE:
        yield f"the module has {lines} lines, want at most {MODULE}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > FUNCTION:
                yield f"{node.lineno}: {node.name} has {length} lines, want at most {FUNCTION}"
            if not is_annotated(node):
                yield f"{node.lineno}: {node.name} does not say all its types"


def is_annotated(node: Function) -> bool:
    spec = node.args
    positional = [*spec.posonlyargs, *spec.args]
    if positional and positional[0].arg in {"self", "cls", "mcs"}:
        del positional[0]
    arguments = [*positional, *spec.kwonlyargs, *filter(None, [spec.vararg, spec.kwarg])]
    return node.returns is not None and all(each.annotation for each in arguments)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("x = 1\n" * 251, "the module has 251 lines, want at most 250"),
        ("def f() -> None:\n" + "    x = 1\n" * 40, "1: f has 41 lines, want at most 40"),
        ("def f(a: int):\n    pass\n", "1: f does not say all its types"),
        ("class A:\n    async def f(self, b) -> None:\n        pass\n", "2: f does not say all its types"),
        ("def f(*all, a: int) -> None:\n    pass\n", "1: f does not say all its types"),
        ("def f(a: int, self) -> None:\n    pass\n", "1: f does not say all its types"),
    ],
)
def test_a_fault_is_seen(source: str, fault: str) -> None:
    assert list(faults(source)) == [fault]


def test_a_method_needs_no_type_for_self() -> None:
    assert list(faults("class A:\n    def f(self, /, *, b: int) -> None:\n        pass\n")) == []
