"""What a process asks of the disk below a folder, counted; at one of these calls it is killed, or refused.

`os` and `io` are patched, and what they do is done all the same: a write that is killed or refused has half happened.
"""

from __future__ import annotations

import errno
import io
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CALLS = ("replace", "rename", "mkdir", "unlink", "rmdir", "scandir")
KILL = -1


@dataclass
class Disk:
    """At call number `at` below `folder`, from 1, comes `harm`: KILL or the number of an error. 0 is never.

    With `only` calls of that name alone are counted for it. A `lasting` error comes at each further call that would
    write, as of a disk that is full.
    """

    folder: Path
    at: int = 0
    harm: int = KILL
    lasting: bool = False
    only: str = ""
    calls: Counter[str] = field(default_factory=Counter, init=False)

    def asked(self, what: str, path: object = "", halfway: Callable[[], object] = lambda: None) -> None:
        """Counts one call, and lets happen to it what is to happen."""
        self.calls.update(("", what))  # "" stands for all of them
        now, writes = self.calls[self.only], what not in ("unlink", "rmdir", "scandir", "read")
        if self.only not in ("", what) or not (now == self.at or (self.lasting and writes and 0 < self.at < now)):
            return
        halfway()
        if self.harm == KILL:
            os.killpg(0, signal.SIGKILL)
        raise OSError(self.harm, os.strerror(self.harm), *filter(None, [str(path)]))

    def ours(self, path: object) -> bool:
        return isinstance(path, str | Path) and Path(path).is_relative_to(self.folder)

    def install(self) -> None:
        """For good: this is for a process that does one thing and ends."""
        for name in CALLS:
            setattr(os, name, self._call(name, getattr(os, name)))
        for name in ("fsync", "sync"):
            setattr(os, name, self._sync(name, getattr(os, name)))
        io.open = self._open(io.open)

    def _call(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if given and self.ours(given[0]):
                self.asked(name, given[0])
            return real(*given, **named)

        return call

    def _sync(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            self.asked(name)
            return real(*given)

        return call

    def _open(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, mode: str = "r", buffering: int = -1, *given: Any, **named: Any) -> Any:
            if not self.ours(file):
                return real(file, mode, buffering, *given, **named)
            if not {*mode} & {*"wax+"}:
                self.asked("read", file)
                return real(file, mode, buffering, *given, **named)
            self.asked("open", file)
            raw = io.BufferedWriter(Watched(self, str(file), mode.replace("b", "").replace("t", "")))
            if "b" in mode:
                return raw
            encoding, errors, newline = ([*given, None, None, None])[:3]
            return io.TextIOWrapper(
                raw, named.get("encoding", encoding), named.get("errors", errors), named.get("newline", newline)
            )

        return call


class Watched(io.FileIO):
    """A file that is being written."""

    def __init__(self, disk: Disk, path: str, mode: str) -> None:
        super().__init__(path, mode)
        self._disk = disk

    def write(self, data: Any) -> int:
        self._disk.asked("write", halfway=lambda: super(Watched, self).write(memoryview(data)[: len(data) // 2]))
        return super().write(data)


FAULTS = {"I/O error": errno.EIO, "disk full": errno.ENOSPC, "no rights": errno.EACCES, "too many files": errno.EMFILE}
