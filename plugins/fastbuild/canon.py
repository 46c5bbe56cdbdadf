"""Values as texts that are equal if and only if the values mean the same, whoever started the build.

A `repr` does not do: it holds addresses, and the order of a set. What has no such text is refused.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, tzinfo
from functools import lru_cache, partial
from pathlib import Path, PurePath
from re import Pattern
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from .digests import digest

DEEPEST = 40
ATOMS = (str, bytes, int, float, complex, bool, type(None))


class Opaque(Exception):
    """Nobody can tell what the value depends on."""


def said(value: object, depth: int = 0) -> str:
    """Raises Opaque."""
    if depth > DEEPEST:
        raise Opaque("it holds itself")
    kind = type(value)
    if isinstance(value, ATOMS):
        return f"{kind.__name__}:{value!r}" if kind in ATOMS else f"{kind.__qualname__}:{value!s}"
    if isinstance(value, Mapping):
        pairs = (f"{said(key, depth + 1)}={said(each, depth + 1)}" for key, each in value.items())
        return f"{{{','.join(pairs)}}}"  # in its order: a template may go through it
    if isinstance(value, list | tuple):
        return f"{kind.__name__}[{','.join(said(each, depth + 1) for each in value)}]"
    if isinstance(value, set | frozenset):
        return f"set[{','.join(sorted(said(each, depth + 1) for each in value))}]"
    if isinstance(value, PurePath | date | tzinfo | Pattern):
        return f"{kind.__name__}:{value!r}" if not isinstance(value, PurePath) else f"path:{value}"
    return _code(value, depth)


def _code(value: Any, depth: int) -> str:
    """Functions and classes by the bytes of their file; objects by their class and what they hold."""
    if isinstance(value, partial):
        return f"partial[{','.join(said(each, depth + 1) for each in (value.func, value.args, value.keywords))}]"
    if isinstance(value, MethodType):
        return f"method[{said(value.__func__, depth + 1)},{said(value.__self__, depth + 1)}]"
    if isinstance(value, FunctionType):
        held = [cell.cell_contents for cell in value.__closure__ or ()]
        also = said([held, value.__defaults__, value.__kwdefaults__], depth + 1)
        return f"function:{value.__qualname__}:{_file(value.__module__)}:{value.__code__.co_firstlineno}{also}"
    if isinstance(value, type):
        return f"class:{value.__qualname__}:{_file(value.__module__)}"
    if isinstance(value, BuiltinFunctionType | ModuleType) or not hasattr(value, "__dict__"):
        raise Opaque(f"{type(value).__name__} {getattr(value, '__name__', '')}")
    return f"object[{said(type(value), depth + 1)},{said(vars(value), depth + 1)}]"


def _file(module: str) -> str:
    file = getattr(sys.modules.get(module), "__file__", None)
    if module in {"builtins", "datetime"}:
        return module
    if not file or not file.endswith(".py"):
        raise Opaque(f"no source of {module}")
    return f"{module}:{_digest(Path(file), Path(file).stat().st_mtime_ns)}"


@lru_cache(maxsize=500)
def _digest(file: Path, _time: int) -> str:
    return digest(file.read_bytes())


def functions(value: object, seen: Collection[int] = ()) -> Iterator[Callable[..., Any]]:
    """All that can be called in a value of the settings."""
    if id(value) in seen:
        return
    if isinstance(value, Mapping):
        held: list[object] = list(value.values())
    elif isinstance(value, list | tuple | set):
        held = list(value)
    else:
        if callable(value):
            yield value
        return
    for each in held:
        yield from functions(each, (*seen, id(value)))
