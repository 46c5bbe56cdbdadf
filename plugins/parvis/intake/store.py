"""Writes a batch of files below content/: all of them beside their places, one sync for all, then each into place.

A kill at any moment leaves whole files only: those that were there, or those that were to come. What else it leaves
has the ending `.pull`, and the next batch sweeps it.
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

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


ENDING = ".pull"
FEW = 20  # files for which a sync each is cheaper than one of the whole system
PATIENCE = 120.0  # seconds that a pull waits for another one


@dataclass
class Batch:
    """What is to change: pictures and texts by their path below content/, files that move first, and that go last."""

    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def write(self, content: Path) -> None:
        """Raises Refused, with nothing half-written, where the machine does not let it."""
        where = ""
        try:
            folders = {path.rpartition("/")[0]: path for path in (*self.texts, *self.moves.values())}
            for folder, path in folders.items():
                where = path
                _make_room(content / folder, content)
            for path, body in self.pictures.items():
                where = path
                _make_room((content / path).parent, content)
                if not (content / path).is_file():
                    files.put(content / path, body)
            _write(content, self.texts)
            for old, new in self.moves.items():
                (content / old).replace(content / new)
            for path in self.texts:
                where = path
                _beside(content / path).replace(content / path)
            for path in self.gone:
                where = path
                files.remove(content / path, content)
        except OSError as error:
            for path in self.texts:
                with suppress(OSError):
                    _beside(content / path).unlink(missing_ok=True)
            raise stopped(error, f"content/{where}") from None


def sweep(content: Path) -> None:
    """Takes away what a killed batch left behind. Only for the holder of the lock."""
    for folder in ("community", "testimonials", "proposals"):
        for part in (content / folder).rglob(f".*{ENDING}"):
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


def _write(content: Path, texts: Mapping[str, str]) -> None:
    each = len(texts) <= FEW or not hasattr(os, "sync")
    for path, text in texts.items():
        with _beside(content / path).open("wb") as out:
            out.write(text.encode())
            if each:
                out.flush()
                os.fsync(out.fileno())
    if not each:
        os.sync()


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}{ENDING}")


def stopped(error: OSError, where: str) -> Refused:
    """What the machine did not let us do, as a fault."""
    hint = "look at the disk's space and the folder's rights, then pull again"
    return refuse(where, f"cannot be written: {error.strerror or error}", hint, code=MACHINE)
