"""One build of a site at a time: a lock that dies with its process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .refusal import MACHINE, refuse

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, live: Path) -> Iterator[None]:
    """Holds the lock file; refuses at once where another process has it."""
    with path.open("a") as file:
        try:
            _take(file.fileno())
        except (BlockingIOError, PermissionError):
            refuse(f"another build is making {live} now", "wait for its end, or end it", code=MACHINE)
        yield
