"""Stamps of files and folders: size, time and inode, which are others as soon as somebody wrote there.

A folder's time is another one whenever an entry of it came, went, or was replaced. So a list of known folders and
files can be checked one by one, which costs a fraction of walking through them. Only light imports here: this runs
before Pelican is imported.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress

Stamp = tuple[int, int, int]
"""Bytes (FOLDER for a folder), nanoseconds, inode."""
FOLDER = -1
MISSING: Stamp = (-2, 0, 0)
PASSED_OVER = {"__pycache__"}
MANY = 4_000
"""Paths that to look at takes longer than to copy a small process."""


def stamp(found: os.stat_result) -> Stamp:
    size = FOLDER if stat.S_ISDIR(found.st_mode) else found.st_size
    return size, found.st_mtime_ns, found.st_ino


def look(path: str, *, follow: bool) -> Stamp:
    """The stamp of one path, MISSING where nothing is."""
    try:
        return stamp(os.stat(path, follow_symlinks=follow))
    except (OSError, ValueError):
        return MISSING


def walk(root: str, *, follow: bool, without: Container[str] = ()) -> Iterator[tuple[str, Stamp]]:
    """All folders and files from `root` on, each once, with their stamps. `follow` tells of what links lead to, as
    Pelican reads its content; else a link is a file. `without` are paths that are passed over with all below them."""
    first = look(root, follow=follow)
    yield root, first
    todo, been = ([root] if first[0] == FOLDER else []), {first[2]}
    while todo:
        here = todo.pop()
        for path in children(here, without):
            found = look(path, follow=follow)
            if found[0] == FOLDER:
                if follow and found[2] in been:
                    continue
                been.add(found[2])
                todo.append(path)
            yield path, found


def children(folder: str, without: Container[str] = ()) -> Iterator[str]:
    """Paths in a folder; none where it cannot be read."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        path = os.path.join(folder, name)
        if name not in PASSED_OVER and path not in without:
            yield path


def packed(stamps: Iterable[Stamp]) -> array[int]:
    """Three numbers a stamp, one after the other."""
    numbers = array("q")
    for each in stamps:
        numbers.extend(each)
    return numbers


def differing(paths: Sequence[str], noted: array[int], *, follow: bool) -> list[tuple[int, Stamp]]:
    """Which of `paths`, by number, have another stamp than `noted`, with the one that they have."""
    now = _now(paths, os.stat if follow else os.lstat)
    if now == noted:
        return []
    places = [i for i in range(0, len(now), 3) if now[i : i + 3] != noted[i : i + 3]]
    return [(i // 3, (now[i], now[i + 1], now[i + 2])) for i in places]


def by_two(paths: Sequence[str], noted: array[int], *, follow: bool) -> list[tuple[int, Stamp]]:
    """`differing`, of which a copy of this process finds out one half, where it is worth that."""
    half = len(paths) // 2
    if half < MANY or sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return differing(paths, noted, follow=follow)
    told, tell = os.pipe()
    process = os.fork()
    if not process:
        with suppress(BaseException):  # then the other process looks at all
            rest = differing(paths[half:], noted[3 * half :], follow=follow)
            with open(tell, "wb") as file:
                marshal.dump(rest, file)
            os._exit(0)
        os._exit(1)
    os.close(tell)
    found = differing(paths[:half], noted[: 3 * half], follow=follow)
    with open(told, "rb") as file:
        said = file.read()
    if os.waitpid(process, 0)[1]:
        return differing(paths, noted, follow=follow)
    return found + [(half + number, now) for number, now in marshal.loads(said)]


def _now(paths: Sequence[str], ask: Callable[[str], os.stat_result]) -> array[int]:
    """As `look` and `packed` would have it, with nothing in between: this is what an early exit takes its time for."""
    numbers, folder = array("q"), stat.S_IFDIR
    for path in paths:
        try:
            found = ask(path)
        except (OSError, ValueError):
            numbers.extend(MISSING)
            continue
        size = FOLDER if found.st_mode & 0o170000 == folder else found.st_size
        numbers.extend((size, found.st_mtime_ns, found.st_ino))
    return numbers
