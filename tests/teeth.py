"""Whether the tests bite: small faults are put into the gates of the house, one at a time, and some test must fail.

    .venv/bin/python -m tests.teeth                every gate, 60 faults in each
    .venv/bin/python -m tests.teeth html --most 0  one gate, every fault there is

Ends with 1 where fewer than nine of ten die. Mutmut and cosmic-ray copy the project and start Python anew for each
fault, which here would take hours. This imports all once, and a copy of the process (fork) runs the tests with one
function changed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import io
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

ROOT = Path(__file__).parents[1]
ENOUGH = 0.9
PATIENCE = 240  # seconds for the tests of one fault; one that makes them hang is found
SEED = 7


@dataclass(frozen=True)
class Gate:
    """Functions of some modules, all where none is named, and the tests that hold them."""

    modules: dict[str, tuple[str, ...]]
    tests: tuple[str, ...]


GATES = {
    "html": Gate(
        {
            "parvis.html": (
                "clean", "prose", "text", "plain", "address", "_attribute", "_tame", "_depth", "_without",
                "_without_dead_links",
            )
        },
        ("tests/test_html.py",),
    ),
    "matter": Gate(
        {
            "parvis.matter": (
                "write", "dump", "edit", "change", "_others", "text_hash", "pulled_hash",
            ),
            "parvis.fields": (),
        },
        ("tests/test_matter.py", "tests/intake/test_draft.py"),
    ),
    "guard": Gate(
        {
            "parvis.intake.addresses": (),
            "parvis.intake.hops": (),
            "parvis.intake.http": (
                "Client.get", "Client._follow", "Client._ask_within", "Client._ask", "Client._request", "Client._reach",
                "Client._is_door", "Client._spare",
            ),
        },
        ("tests/intake/test_addresses.py", "tests/intake/test_http.py", "tests/intake/test_manners.py"),
    ),
    "draft": Gate(
        {"parvis.intake.draft": ()},
        ("tests/intake/test_draft.py", "tests/intake/test_filters.py", "tests/intake/test_pictures.py -k copied"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One change of one function: where it stands, and what it makes of what."""

    module: str
    function: str
    line: int
    what: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.function}: {self.what}"


def faults(module: str, wanted: tuple[str, ...]) -> Iterator[Fault]:
    """Every fault that can be put into functions of a module."""
    path = ROOT / "plugins" / Path(*module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text("utf-8"))
    for name, function in functions(tree):
        if wanted and name not in wanted:
            continue
        for place, node in enumerate(ast.walk(function)):
            for variant, what in enumerate(_variants(node, function)):
                changed = copy.deepcopy(tree)
                twin = dict(functions(changed))[name]
                _apply(twin, place, variant)
                code = compile(ast.fix_missing_locations(changed), str(path), "exec", dont_inherit=True)
                yield Fault(module, name, getattr(node, "lineno", 0), what, _code(code, name))


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """The functions of a module and the methods of its classes, by their qualified names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{prefix}{node.name}.")


OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


def _variants(node: ast.AST, function: ast.AST) -> Iterator[str]:
    """In which ways a node can be wrong. Words for people are left alone, and so are types."""
    if node is function or _unchanged(node, function):
        return
    match node:
        case ast.Compare(ops=[op]) | ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in OPPOSITES:
            yield f"{type(op).__name__} becomes {OPPOSITES[type(op)].__name__}"
        case ast.UnaryOp(op=ast.Not()):
            yield "not is lost"
        case ast.If() | ast.IfExp() | ast.While():
            yield "the condition is turned round"
        case ast.Return(value=ast.expr()):
            yield "None is returned"
        case ast.Constant(value=bool() | int() | float() as value):
            yield f"{value} becomes {_other(value)}"
        case ast.Constant(value=str() as value):
            yield f"{value[:20]!r} becomes another text"
        case ast.Expr(value=ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom()) | ast.Raise():
            yield "the line is lost"


def _apply(function: ast.AST, place: int, variant: int) -> None:
    node: Any = next(each for number, each in enumerate(ast.walk(function)) if number == place)
    match node:
        case ast.Compare():
            node.ops = [OPPOSITES[type(node.ops[0])]()]
        case ast.BoolOp() | ast.BinOp():
            node.op = OPPOSITES[type(node.op)]()
        case ast.UnaryOp():
            node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
        case ast.If() | ast.IfExp() | ast.While():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.Constant():
            node.value = _other(node.value)
        case _:
            _lose(function, node)


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else f"{value}XX"


def _lose(function: ast.AST, lost: ast.AST) -> None:
    for node in ast.walk(function):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list) and lost in block:
                block[block.index(lost)] = ast.Pass()


def _unchanged(node: ast.AST, function: ast.AST) -> bool:
    """Docstrings, annotations, and all that is said in a message."""
    kept: list[ast.AST] = []
    for each in ast.walk(function):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            kept += [*each.args.defaults, *filter(None, each.args.kw_defaults), *each.decorator_list]
            kept += [
                argument.annotation
                for argument in ast.walk(each)
                if isinstance(argument, ast.arg) and argument.annotation
            ]
            kept += [each.returns] if each.returns else []
            kept += each.body[:1] if ast.get_docstring(each) else []
        elif isinstance(each, ast.AnnAssign):
            kept.append(each.annotation)
        elif isinstance(each, ast.Raise) and each.exc:
            kept.append(each.exc)
        elif isinstance(each, ast.JoinedStr | ast.Assert):
            kept.append(each)
    return any(node is inner for outer in kept for inner in ast.walk(outer))


def _code(module: CodeType, name: str) -> CodeType:
    for part in name.split("."):
        module = next(each for each in module.co_consts if isinstance(each, CodeType) and each.co_name == part)
    return module


def _function(fault: Fault) -> FunctionType:
    """The living function, below whatever wraps it."""
    owner: Any = importlib.import_module(fault.module)
    for part in fault.function.split("."):
        owner = owner.__dict__[part] if isinstance(owner, type) else getattr(owner, part)
    for wrap in ("fget", "func", "__func__", "__wrapped__"):
        owner = getattr(owner, wrap, owner)
    return owner


def dies(fault: Fault, tests: tuple[str, ...]) -> bool:
    """Whether some test fails, or hangs, with the fault in place. In a copy of this process."""
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        for known in vars(importlib.import_module(fault.module)).values():
            getattr(known, "cache_clear", lambda: None)()  # or what it said before hides the fault
        _function(fault).__code__ = fault.code
        os._exit(0 if all(_pass(test) for test in tests) else 1)
    return os.waitpid(child, 0)[1] != 0


def _pass(test: str) -> bool:
    import pytest

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        path, _, words = test.partition(" -k ")
        return pytest.main(["-x", "-q", "-p", "no:cacheprovider", path, *(["-k", words] if words else [])]) == 0


def bite(name: str, most: int, say: Callable[[str], None]) -> tuple[int, int]:
    """How many of the faults of a gate die, and of how many; those that live are told."""
    gate = GATES[name]
    if not all(map(_pass, gate.tests)):
        raise SystemExit(f"{name}: its tests fail without any fault")
    found = [fault for module, wanted in gate.modules.items() for fault in faults(module, wanted)]
    tried = found if not most or len(found) <= most else random.Random(SEED).sample(found, most)
    died = 0
    for fault in sorted(tried, key=str):
        if dies(fault, gate.tests):
            died += 1
        else:
            say(f"  lives: {fault}")
    say(f"{name}: {died} of {len(tried)} die ({died / len(tried):.0%}), of {len(found)} there are")
    return died, len(tried)


def main() -> int:
    parser = argparse.ArgumentParser(description="Whether the tests bite.")
    parser.add_argument("gates", nargs="*", choices=[*GATES, []], help="; ".join(GATES))
    parser.add_argument("--most", type=int, default=60, help="faults of each gate; 0 for all")
    asked = parser.parse_args()
    sys.path[:0] = [str(ROOT / "plugins"), str(ROOT)]
    os.chdir(ROOT)
    results = [bite(name, asked.most, lambda line: print(line, flush=True)) for name in asked.gates or GATES]
    return int(any(died < ENOUGH * tried for died, tried in results))


if __name__ == "__main__":
    sys.exit(main())
