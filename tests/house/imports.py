"""What the house imports, read from its source without running it: at any depth, and always by absolute name."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """`name` may be a module or something inside one: `from a import b` is `a.b`."""

    module: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.name}"


House = Mapping[str, tuple[Import, ...]]


def read(plugins: Path) -> House:
    """Every module below `plugins`, by dotted name, with what it imports; a package stands under its own name."""
    found = {}
    for path in sorted(plugins.rglob("*.py")):
        parts = path.relative_to(plugins).with_suffix("").parts
        package = parts[:-1]
        module = ".".join(package if parts[-1] == "__init__" else parts)
        found[module] = tuple(imports(path.read_text("utf-8"), module, package))
    return found


def imports(source: str, module: str = "", package: Collection[str] = ()) -> Iterator[Import]:
    """Those in functions and under TYPE_CHECKING count, and so do import_module("…") and __import__("…")."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (Import(module, node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=told, names=names, level=level):
                origin = absolute("." * level + (told or ""), package)
                yield from (Import(module, node.lineno, f"{origin}.{alias.name}") for alias in names)
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=[first, *_]):
                if called in {"import_module", "__import__"} and (told := start(first)):
                    yield Import(module, node.lineno, absolute(told, package))


def start(node: ast.expr) -> str:
    """What can be known of a string before it runs: all of a literal, the first part of an f-string."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            return text.rstrip(".")
    return ""


def absolute(name: str, package: Collection[str]) -> str:
    rest = name.lstrip(".")
    level = len(name) - len(rest)
    base = list(package)[: len(package) - level + 1] if level else []
    return ".".join([*base, *filter(None, [rest])])


def within(name: str, rooms: Collection[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def crossings(house: House, room: str, never: Collection[str], but: Collection[str] = ()) -> list[str]:
    """Imports in `room` of anything in `never`, outside the modules in `but`."""
    return offences(house, residents(house, room, but), never)


def crossings_anywhere(house: House, room: str, never: Collection[str], but: Collection[str] = ()) -> list[str]:
    """As `crossings`, and also by way of any module of the house that the room loads."""
    return offences(house, loaded(house, residents(house, room, but)), never)


def residents(house: House, room: str, but: Collection[str] = ()) -> list[str]:
    return [module for module in house if within(module, [room]) and not within(module, but)]


def offences(house: House, modules: Collection[str], never: Collection[str]) -> list[str]:
    return [str(each) for module in sorted(modules) for each in house[module] if within(each.name, never)]


def loaded(house: House, modules: Collection[str]) -> set[str]:
    """The modules of the house that importing these brings in, packages on the way included."""
    seen: set[str] = set()
    ahead = list(modules)
    while ahead:
        parts = ahead.pop().split(".")
        for module in (".".join(parts[:length]) for length in range(1, len(parts) + 1)):
            if module in house and module not in seen:
                seen.add(module)
                ahead += [each.name for each in house[module]]
    return seen
