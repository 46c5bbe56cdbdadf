"""Writes a batch of files below content/: all of them beside their places, one sync for all, then each into place.

A kill at any moment leaves whole files only: those that were there, or those that were to come. What else it leaves
has the ending `.pull`; the next pull ends the batch if its journal was written, and sweeps it if not.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from .. import files
from ..errors import MACHINE, Refused, refuse
from . import journal

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


FOLDERS = ("community", "testimonials", "proposals", "ledger", "images/community")  # a pull writes nowhere else
PATIENCE = 120.0  # seconds that a pull waits for another one


@dataclass
class Batch:
    """What is to change: pictures and texts by their path below content/, files that move first, and that go last."""

    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def write(self, content: Path) -> None:
        """Raises Refused where the machine does not let it: nothing has changed then, or the next pull ends it."""
        new: dict[str, str | bytes] = {
            path: body for path, body in self.pictures.items() if not (content / path).is_file()
        }
        new |= self.texts
        if not (new or self.gone):
            return
        with _reported(content):
            try:
                _stage(content, new)
                journal.write(content, new, self.moves, self.gone)
            except BaseException:
                with suppress(OSError):
                    sweep(content)
                raise
            journal.finish(content)


def recover(content: Path) -> None:
    """Ends what a killed batch had decided on, and takes away what is left of it. Only for the holder of the lock."""
    with _reported(content):
        journal.finish(content)
        sweep(content)


def sweep(content: Path) -> None:
    """Takes away what waits beside its place."""
    for folder in FOLDERS:
        for part in (content / folder).rglob(f".*{journal.ENDING}"):
            part.unlink(missing_ok=True)


@contextmanager
def held(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """One pull at a time in a project. Waits for another one, and raises Refused where it takes too long."""
    lock = folder / ".cache/pull.lock"
    try:
        lock.parent.mkdir(exist_ok=True)
        file = lock.open("a")
    except OSError as error:
        raise stopped(error, ".cache/pull.lock") from None
    with file:
        _wait(file.fileno(), monotonic() + patience)
        yield


def _wait(descriptor: int, until: float) -> None:
    while True:
        try:
            return _take(descriptor)
        except (BlockingIOError, PermissionError):
            if monotonic() > until:
                raise refuse(
                    "pull", "another pull is at work here", "wait for its end, or end it", code=MACHINE
                ) from None
            sleep(0.1)


def _make_room(folder: Path, content: Path) -> None:
    """Makes a folder, unless a link on the way there leads out of content/."""
    there = folder
    while not there.exists() and there != content:
        there = there.parent
    if not there.resolve().is_relative_to(content.resolve()):
        what = f"{there.relative_to(content)} leads out of content/"
        raise refuse(
            f"content/{folder.relative_to(content).as_posix()}", what, "put a folder there, no link", code=MACHINE
        )
    folder.mkdir(parents=True, exist_ok=True)


def _stage(content: Path, new: Mapping[str, str | bytes]) -> None:
    for folder in dict.fromkeys(path.rpartition("/")[0] for path in new):
        _make_room(content / folder, content)
    each = len(new) <= files.FEW or not hasattr(os, "sync")
    for path, body in new.items():
        with journal.beside(content / path).open("wb") as out:
            out.write(body.encode() if isinstance(body, str) else body)
            if each:
                out.flush()
                os.fsync(out.fileno())
    if not each:
        os.sync()


@contextmanager
def _reported(content: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        file = Path(str(error.filename or content))
        if file.name.endswith(journal.ENDING):
            file = file.with_name(file.name.removeprefix(".").removesuffix(journal.ENDING))
        inside = file.relative_to(content).as_posix() if file.is_relative_to(content) else ""
        raise stopped(error, f"content/{inside}".rstrip("/.")) from None


def stopped(error: OSError, where: str) -> Refused:
    """What the machine did not let us do, as a fault."""
    hint = "look at the disk's space and the folder's rights, then pull again"
    return refuse(where, f"cannot be written: {error.strerror or error}", hint, code=MACHINE)
