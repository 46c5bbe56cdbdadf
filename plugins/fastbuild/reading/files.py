"""The files that a generator reads, in an order that chance has no part in, each with its stamp.

Pelican's `get_files` gives the same files as a set. Stable sorting by date then left equal dates to the hash seed.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence

Test = Callable[[str], object]
Stamp = tuple[int, int, int]
"""Nanoseconds of the last change, bytes, inode."""


def found(
    base: str, paths: Sequence[str] | str, exclude: Collection[str], extensions: Collection[str], ignored: Sequence[str]
) -> dict[str, Stamp | None]:
    """Files below `base` as Pelican names them, sorted; None for what cannot be looked at, such as a broken link."""
    passed_over, wanted = _passed_over(ignored), _wanted(extensions)
    shut: dict[str, set[str]] = {}
    for path in exclude:
        parent, name = os.path.split(os.path.join(base, path))  # noqa: PTH118 - as Pelican spells it
        shut.setdefault(parent, set()).add(name)
    seen: dict[str, Stamp | None] = {}
    for path in [paths] if isinstance(paths, str) else paths:
        root = os.path.join(base, path) if path else base  # noqa: PTH118
        if os.path.isdir(root):  # noqa: PTH112
            seen.update(_below(root, base, shut, wanted, passed_over))
        elif os.path.exists(root) and wanted(name := os.path.basename(path)) and not passed_over(name):  # noqa: PTH110, PTH119
            seen[path] = stamp(root)
    straight = not any(path.startswith((os.curdir + os.sep, os.pardir)) or "//" in path for path in seen)
    return {path: seen[path] for path in sorted(seen, key=None if straight else os.path.normpath)}


def _below(
    root: str, base: str, shut: dict[str, set[str]], wanted: Test, passed_over: Test
) -> Iterator[tuple[str, Stamp | None]]:
    todo = [root]
    while todo:
        folder = todo.pop()
        closed, above = shut.get(folder, ()), os.path.join(os.path.relpath(folder, base), "")  # noqa: PTH118
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if _is_folder(entry):
                        if entry.name not in closed and not passed_over(entry.name):
                            todo.append(os.path.join(folder, entry.name))  # noqa: PTH118
                    elif wanted(entry.name) and not passed_over(entry.name):
                        yield above + entry.name, stamp(entry)
        except OSError:  # os.walk passes over a folder that it may not read
            continue


def _wanted(extensions: Collection[str]) -> Test:
    """Whether a name ends in one of them; what a dot begins has no ending, as Python sees it."""
    suffixes = tuple(f".{each}" for each in extensions if each and "." not in each)

    def wanted(name: str) -> bool:
        if name.startswith(".") or "" in extensions:
            return os.path.splitext(name)[1][1:] in extensions  # noqa: PTH122
        return name.endswith(suffixes)

    return wanted


def _passed_over(patterns: Sequence[str]) -> Test:
    """One look for all of IGNORE_FILES."""
    if not patterns:
        return lambda name: False
    together = re.compile("|".join(f"(?:{fnmatch.translate(os.path.normcase(each))})" for each in patterns)).match
    return (lambda name: together(os.path.normcase(name))) if os.path.normcase("A") != "A" else together


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def stamp(file: os.DirEntry[str] | str) -> Stamp | None:
    try:
        stat = os.stat(file) if isinstance(file, str) else file.stat()  # noqa: PTH116
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
