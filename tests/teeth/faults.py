"""Small faults that can be put into a module, one at a time: each is the module's code with one node changed."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).parents[2]
OTHERS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.And: (ast.Or,), ast.Or: (ast.And,), ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,), ast.Mult: (ast.Add,), ast.Div: (ast.Mult,), ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,), ast.BitAnd: (ast.BitOr,), ast.Break: (ast.Continue,), ast.Continue: (ast.Break,),
}  # fmt: skip
PAIRS = (
    ("lower", "upper"), ("lstrip", "rstrip"), ("find", "rfind"), ("ljust", "rjust"), ("index", "rindex"),
    ("removeprefix", "removesuffix"), ("partition", "rpartition"), ("any", "all"), ("min", "max"),
    ("startswith", "endswith"), ("match", "search"), ("fullmatch", "match"),
)  # fmt: skip
NAMES = {name: other for one, two in PAIRS for name, other in ((one, two), (two, one))}
Change = tuple[str, ast.AST]


@dataclass(frozen=True, slots=True)
class Fault:
    """One change of one function, or of a table beside the functions, where `function` is "": what it makes of what."""

    module: str
    function: str
    line: int
    what: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.function}: {self.what}"


def faults(module: str, wanted: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Every fault that can be put into a module, or into the functions that are wanted."""
    path = ROOT / "plugins" / Path(*module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text("utf-8"))
    kept, owners = _kept(tree), _owners(tree)
    for parent, field, place, node in list(_slots(tree)):
        function = owners.get(id(node), "")
        if id(node) in kept or (wanted and function not in wanted):
            continue
        for what, other in _changes(node, table=not function):
            _put(parent, field, place, other)
            code = compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)
            _put(parent, field, place, node)
            yield Fault(module, function, getattr(node, "lineno", 0), what, code)


def _slots(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int, ast.AST]]:
    """Each node and where it hangs: below whom, in which field, at which place of a list (or -1)."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for place, node in enumerate(value) if isinstance(value, list) else [(-1, value)]:
                if isinstance(node, ast.AST):
                    yield parent, field, place, node


def _put(parent: Any, field: str, place: int, node: ast.AST) -> None:
    if place < 0:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def _owners(tree: ast.AST, prefix: str = "") -> dict[int, str]:
    """By the ids of nodes: the qualified name of the outermost function they stand in."""
    found: dict[int, str] = {}
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = [inner for part in node.body for inner in ast.walk(part)]
            found |= dict.fromkeys(map(id, inside), prefix + node.name)
        elif isinstance(node, ast.ClassDef):
            found |= _owners(node, f"{prefix}{node.name}.")
    return found


def _kept(tree: ast.AST) -> set[int]:
    """What no fault touches: docstrings, types, signatures, imports, classes' fields, and the words of f-strings."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            roots += [node.args, *node.decorator_list, *([node.returns] if node.returns else [])]
        elif isinstance(node, ast.ClassDef):
            methods = (ast.FunctionDef, ast.AsyncFunctionDef)
            roots += [part for part in (*node.body, *node.decorator_list) if not isinstance(part, methods)]
        elif isinstance(node, ast.AnnAssign):
            roots.append(node.annotation)
        elif isinstance(node, ast.JoinedStr):
            roots += [part for part in node.values if isinstance(part, ast.Constant)]
        elif isinstance(node, ast.FormattedValue) and node.format_spec:
            roots.append(node.format_spec)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            roots.append(node)
    return {id(inner) for root in roots for inner in ast.walk(root)}


def _changes(node: ast.AST, *, table: bool) -> Iterator[Change]:
    """In which ways a node can be wrong. Of tables: what holds the numbers, words and members."""
    yield from _operators(node)
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            yield f"{str(value)[:30]!r} becomes another", ast.Constant(_other(value))
        case ast.Set(elts=members) | ast.List(elts=members) | ast.Tuple(elts=members) if table and len(members) > 1:
            for member in members:
                rest = [other for other in members if other is not member]
                yield f"without {ast.unparse(member)[:40]}", _with(node, elts=rest)
        case ast.Call(func=function, args=args, keywords=named):
            yield from _calls(node, function, args, named)
        case _ if not table:
            yield from _statements(node)


def _operators(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[op]):
            yield from ((_became(op, other), _with(node, ops=[other()])) for other in OTHERS.get(type(op), ()))
        case ast.BoolOp(op=op) | ast.BinOp(op=op):
            yield from ((_became(op, other), _with(node, op=other())) for other in OTHERS.get(type(op), ()))
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield f"without {type(node.op).__name__}", operand  # type: ignore[attr-defined]


def _calls(node: ast.AST, function: ast.expr, args: list[ast.expr], named: list[ast.keyword]) -> Iterator[Change]:
    name = getattr(function, "attr", "") or getattr(function, "id", "")
    if name in NAMES:
        part = "attr" if isinstance(function, ast.Attribute) else "id"
        yield f"{name} becomes {NAMES[name]}", _with(node, func=_with(function, **{part: NAMES[name]}))
    for place, given in enumerate(args):
        if not isinstance(given, ast.Starred) and not _is_none(given):
            nothing = [*args[:place], ast.Constant(None), *args[place + 1 :]]
            yield f"{name}: None instead of {ast.unparse(given)[:30]}", _with(node, args=nothing)
    for option in named:
        yield f"{name}: without {option.arg}", _with(node, keywords=[other for other in named if other is not option])


def _statements(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "the condition is turned round", _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[_, *_]):
            yield "the condition is lost", _with(node, ifs=[])
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield "None is returned", ast.Return(ast.Constant(None))
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) if not _is_none(value):
            yield "None is assigned", _with(node, value=ast.Constant(None))
        case ast.AugAssign(target=target, value=value):
            yield "what was there is lost", ast.Assign([target], value)
        case ast.Break() | ast.Continue():
            yield _became(node, OTHERS[type(node)][0]), OTHERS[type(node)][0]()
        case ast.Expr(value=ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom()) | ast.Raise():
            yield "the line is lost", ast.Pass()


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _became(one: ast.AST, other: type[ast.AST]) -> str:
    return f"{type(one).__name__} becomes {other.__name__}"


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else f"XX{value}XX"
