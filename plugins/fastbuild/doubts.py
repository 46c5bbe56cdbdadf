"""Why a run may not be passed over unseen: whatever could make another site of the same inputs."""

from __future__ import annotations

import ast
import os
import sys
import sysconfig
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from .trust import is_known, strangers

LIBRARIES = ("markdown", "pymdownx", "jinja2")
INCONSTANT = {
    *("now", "today", "utcnow", "time", "time_ns", "ctime", "localtime", "gmtime", "random", "urandom"),
    *("uuid1", "uuid4", "Popen", "check_output", "getoutput", "popen", "system", "urlopen", "gethostname"),
    *("getuser", "getlogin", "listdir", "scandir", "glob", "iglob", "rglob", "iterdir", "walk", "stat"),
    *("exists", "isfile", "is_file", "isdir", "is_dir", "getmtime", "getsize"),
}
"""Names that settings use to ask the clock, chance, other programs, or which files there are."""


def doubts(settings: Mapping[str, Any], trust: Collection[str]) -> Iterator[str]:
    """Each in some words."""
    readers = {reader.__module__ for reader in settings.get("READERS", {}).values() if isinstance(reader, type)}
    for name in sorted({*strangers(settings, trust), *readers}):
        if not is_known(name, trust):
            yield f"{name} is not in FASTBUILD['trust']"
    for name in sorted(extensions(settings)):
        if not is_known(name, (*trust, *LIBRARIES)) and not find_spec(f"markdown.extensions.{name.partition('.')[0]}"):
            yield f"the extension {name} is not in FASTBUILD['trust']"
    for name, module in sorted(local_modules().items()):
        if not is_known(name, trust):
            yield from (f"{name} line {line} uses `{word}`" for line, word in _inconstant(module))


def extensions(settings: Mapping[str, Any]) -> set[str]:
    markdown, jinja = settings.get("MARKDOWN", {}), settings.get("JINJA_ENVIRONMENT", {})
    given = [*markdown.get("extensions", ()), *markdown.get("extension_configs", ()), *jinja.get("extensions", ())]
    return {each if isinstance(each, str) else getattr(each, "__module__", "") for each in given}


def local_modules() -> dict[str, ModuleType]:
    """Those that are neither Python's own nor installed: settings, and plugins that lie with the site."""
    theirs = installed()
    main = sys.modules.get("__main__")  # it has other names too, such as that of `multiprocessing`
    found = ((name, module, getattr(module, "__file__", None)) for name, module in list(sys.modules.items()))
    near = [(name, module, file) for name, module, file in found if file and not file.startswith(theirs)]
    known: dict[str, str] = {}
    return {
        name: module for name, module, file in near if module is not main and not _real(file, known).startswith(theirs)
    }


@cache
def installed() -> tuple[str, ...]:
    """How the paths of what is installed begin."""
    paths = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return tuple({form + os.sep for path in paths for form in (path, os.path.realpath(path))})


def _real(file: str, known: dict[str, str]) -> str:
    """Where a file lies; `known` are folders that were asked for before."""
    folder, _, name = file.rpartition(os.sep)
    if not folder or os.path.islink(file):  # noqa: PTH114 - hundreds of times
        return os.path.realpath(file)
    if folder not in known:
        known[folder] = os.path.realpath(folder)
    return f"{known[folder]}{os.sep}{name}"


def _inconstant(module: ModuleType) -> Iterator[tuple[int, str]]:
    """Line and name of the first use of a name that may say something else tomorrow."""
    try:
        tree = ast.parse(Path(str(module.__file__)).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        word = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if word in INCONSTANT and isinstance(node, ast.expr):
            yield node.lineno, word
            return
