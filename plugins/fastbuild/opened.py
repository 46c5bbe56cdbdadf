"""Which files were opened to be read: what a site is made from beyond the folders that its settings name.

The interpreter tells of each opening (PEP 578), whoever asks for it: a reader that includes another file, settings that
read a list. What a copy of this process opens, only that copy knows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterable

BYTECODE = ".pyc"
_read: set[str] = set()
_written: set[str] = set()
_lately: list[str] = []
_listening: list[bool] = []


def listen() -> None:
    """From now on until the process ends: there is no way to stop it."""
    if not _listening:
        _listening.append(True)
        sys.addaudithook(_hear)


def _hear(event: str, given: tuple[object, ...]) -> None:
    if event == "open" and isinstance(given[0], str | bytes | os.PathLike):
        flags = given[2] if isinstance(given[2], int) else 0
        path = os.fsdecode(given[0])
        if flags & (os.O_WRONLY | os.O_RDWR):
            _written.add(path)
        else:
            _read.add(path)
            _lately.append(path)
    elif event == "os.rename" and isinstance(given[1], str | bytes | os.PathLike):
        _written.add(os.fsdecode(given[1]))


def read(passed: tuple[str, ...], known: Container[str] = ()) -> set[str]:
    """Absolute paths of what was read and never written, but for those that begin with one of these, or are known; and
    for bytecode, which follows from modules that count themselves."""
    return _beside((path for path in _read if path not in known), passed) - _beside(_written, passed)


def _beside(paths: Iterable[str], passed: tuple[str, ...]) -> set[str]:
    found = (path for path in paths if not path.startswith(passed) or os.pardir in path)
    return {path for path in map(os.path.abspath, found) if not (path.startswith(passed) or path.endswith(BYTECODE))}


def lately() -> list[str]:
    """What was read since this was asked the last time, in this process."""
    found = _lately[:]
    _lately.clear()
    return found
