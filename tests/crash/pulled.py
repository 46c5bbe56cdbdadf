"""A pull as `invoke pull` does it, in a copy of this process, at a time that is given, with whatever befalls it."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from invoke.context import Context
from invoke.exceptions import Exit

from parvis import settings
from parvis.intake import command
from parvis.intake import pull as pulling
from parvis.intake.store import Batch
from parvis.verb import verb
from tests.crash.disk import Disk

TRACEBACK = 99
PATIENCE = 300.0
OVERRIDES = 0b1110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER, by which root may do what rights forbid


class Ended(NamedTuple):
    """`code` is minus the signal where one ended it; `took` is in seconds, `calls` count those of the disk by name."""

    code: int
    said: str
    took: float
    calls: Mapping[str, int]


@dataclass(frozen=True)
class Pull:
    """How the hub in `folder` is pulled at the moment `now`. `allow` are hosts and ports that are no public ones.

    `files` is how many more than are open now may be, 0 for any; `humble` gives up what root may do; `naive` writes
    as one would who thinks of nothing.
    """

    folder: Path
    now: float
    allow: tuple[str, ...]
    files: int = 0
    humble: bool = False
    naive: bool = False
    disk: dict[str, Any] = field(default_factory=dict)

    def run(self, killed_after: float | None = None) -> Ended:
        """Waits for the end; after so many seconds the whole group of processes is killed."""
        log = self.folder.with_name("said")
        began = time.monotonic()
        log.write_bytes(b"")
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            os._exit(self._inside(log))
        with suppress(OSError):  # it may have done so itself, and be gone
            os.setpgid(child, child)
        until = began + (PATIENCE if killed_after is None else killed_after)
        while not (done := os.waitpid(child, os.WNOHANG))[0]:
            if time.monotonic() > until:
                os.killpg(child, signal.SIGKILL)
                done = os.waitpid(child, 0)
                break
            time.sleep(0.002)
        took = time.monotonic() - began
        said, _, calls = log.read_text("utf-8", "replace").partition("\0")
        return Ended(os.waitstatus_to_exitcode(done[1]), said, took, json.loads(calls or "{}"))

    def _inside(self, log: Path) -> int:
        """The exit code, as a person's shell would see it."""
        out = os.open(log, os.O_WRONLY)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout, sys.stderr = (os.fdopen(fd, "w", buffering=1) for fd in (1, 2))  # a test may have put others there
        pulling.time = lambda: self.now  # type: ignore[assignment]
        if self.naive:
            Batch.write = naively  # type: ignore[method-assign]
        disk = Disk(self.folder, **self.disk)
        try:
            disk.install()
            self._limit()
            task(self._pull)(Context())
            code = 0
        except Exit as exit:
            code = exit.code
        except BaseException:
            traceback.print_exc()
            code = TRACEBACK
        os.write(1, b"\0" + json.dumps(disk.calls).encode())
        return code

    def _pull(self) -> int:
        operator = {"fetch": {"allow": list(self.allow), "timeout": 20}}
        return command.run(settings.load(operator, self.folder), {})

    def _limit(self) -> None:
        if self.files:
            most = len(list(Path("/proc/self/fd").iterdir())) + self.files
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        if self.humble:
            renounce()


def task(work: Callable[[], int]) -> Callable[[Context], object]:
    def pull(c: Context) -> int:
        return work()

    made: Callable[[Context], object] = verb()(pull)
    return made


def renounce() -> None:
    """Root becomes somebody to whom the rights of files apply (capset(2), version 3: two words of each set)."""
    libc = ctypes.CDLL(None, use_errno=True)
    head, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc.capget(head, sets)
    sets[0] &= ~OVERRIDES
    if libc.capset(head, sets):
        raise OSError(ctypes.get_errno(), "capset")


def naively(batch: Batch, content: Path) -> None:
    """Each file straight into its place."""
    for old, new in batch.moves.items():
        (content / new).parent.mkdir(parents=True, exist_ok=True)
        (content / old).replace(content / new)
    for path, body in {**batch.pictures, **{path: text.encode() for path, text in batch.texts.items()}}.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(body)
    for path in batch.gone:
        (content / path).unlink()
