"""Folders of files as sets of paths, and the few things done to them."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Container, Iterator
from pathlib import Path

CHUNK = 1 << 20  # bytes


def entries(folder: Path) -> frozenset[str]:
    """Paths below `folder`, with `/`: each file, each link (not followed), and, ending in `/`, each empty folder."""
    return frozenset(_walk(folder)) if folder.is_dir() else frozenset()


def _walk(folder: Path) -> Iterator[str]:
    todo = [""]
    while todo:
        here = todo.pop()
        empty = True
        with os.scandir(folder / here) as found:
            for entry in found:
                empty = False
                if entry.is_dir(follow_symlinks=False):
                    todo.append(f"{here}{entry.name}/")
                else:
                    yield here + entry.name
        if empty and here:
            yield here


def make_folder(path: str) -> None:
    """Where it may be there already. Most times only it is missing, and not the one above."""
    try:
        os.mkdir(path)  # noqa: PTH102 - thousands of times, with nothing in between that costs
    except OSError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103 - as above


def below(path: str, paths: Container[str]) -> bool:
    """Whether one of `paths` is a file or link where `path` has a folder."""
    return any(path[:i] in paths for i, letter in enumerate(path) if letter == "/")


def unchanged(live: Path, built: Path) -> bool:
    """Whether both are plain files of the same bytes. A built file of two names is somebody's link to a third, such as
    STATIC_CREATE_LINKS makes, and wants to stay one."""
    old, new = live.lstat(), built.lstat()
    if not (stat.S_ISREG(old.st_mode) and stat.S_ISREG(new.st_mode) and old.st_size == new.st_size):
        return False
    if new.st_nlink > 1:
        return (old.st_dev, old.st_ino) == (new.st_dev, new.st_ino)
    try:
        return _same_bytes(live, built)
    except PermissionError:  # who may not look cannot tell
        return False


def _same_bytes(one: Path, other: Path) -> bool:
    with one.open("rb", buffering=0) as left, other.open("rb", buffering=0) as right:
        while chunk := left.read(CHUNK):
            if chunk != right.read(CHUNK):
                return False
    return True


def same_link(one: Path, other: Path) -> bool:
    return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()


def wipe(path: Path) -> None:
    """Removes a folder and all in it. Only names go: another link to a file is untouched, its mode too."""
    if not path.is_dir() or path.is_symlink():
        path.unlink(missing_ok=True)
        return
    try:
        shutil.rmtree(path)
    except PermissionError:
        _unlock(path)
        shutil.rmtree(path)


def _unlock(folder: Path) -> None:
    folder.chmod(stat.S_IRWXU)
    for here, folders, files in os.walk(folder):
        for path in (Path(here, name) for name in folders):
            if not path.is_symlink():
                path.chmod(stat.S_IRWXU)
        if sys.platform == "win32":
            for name in files:  # Windows keeps read-only files, such as git's objects
                Path(here, name).chmod(stat.S_IWRITE)
