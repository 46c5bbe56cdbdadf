"""What a build has read and left: where all of it is as it was, another build would come out the same.

Only light imports here: this runs before Pelican is imported. The note is one file: a line of JSON, the paths, their
stamps as numbers, and a digest for each path that is a file. Damaged, or of another format, it is as good as none.
"""

from __future__ import annotations

import json
import os
import stat
import time
from array import array
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple
from zlib import crc32

from .stamps import FOLDER, Stamp, by_two, children, packed
from .tables import Table

FORMAT = 1
NAME = "seen"
SIZE = 16
"""Bytes of a digest."""
UNKNOWN = bytes(SIZE)
MOST = 40
"""Inputs that may be others: of more, it is enough to know that they are many."""
Changes = list[tuple[int, Stamp]]


class Side(NamedTuple):
    """Paths with their stamps and digests: those of a build's inputs, or of its outputs."""

    paths: list[str]
    stamps: array[int]
    digests: bytes
    follow: bool

    @classmethod
    def of(cls, rows: Mapping[str, Stamp], known: Mapping[tuple[str, Stamp], bytes], *, follow: bool) -> Side:
        """`known` spares reading what was read before. New digests are taken on a CI, whose next checkout has other
        times and inodes; elsewhere they would cost each build more than they save."""
        on_ci, table = os.environ.get("CI"), Table.of(rows)
        if not (on_ci or known):
            return cls(table.paths, table.numbers, bytes(SIZE * len(rows)), follow)
        take = digest_of_file if on_ci else _unknown
        pairs = table.known.items()
        made = (UNKNOWN if stamp[0] < 0 else known.get((path, stamp)) or take(path) for path, stamp in pairs)
        return cls(table.paths, table.numbers, b"".join(made), follow)

    def known(self) -> dict[tuple[str, Stamp], bytes]:
        if not self.digests.strip(b"\0"):
            return {}
        digests = (self.digests[i : i + SIZE] for i in range(0, len(self.digests), SIZE))
        rows = enumerate(zip(self.paths, digests, strict=True))
        return {(path, self.stamp(i)): digest for i, (path, digest) in rows if digest != UNKNOWN}

    def after(self, changed: Mapping[str, Stamp]) -> Side:
        """The same, once these are others."""
        stamps, digests = self.stamps[:], bytearray(self.digests)
        take = digest_of_file if os.environ.get("CI") else _unknown
        for path, stamp in changed.items():
            number = self.paths.index(path)
            stamps[number * 3 : number * 3 + 3] = packed([stamp])
            digests[number * SIZE : (number + 1) * SIZE] = take(path)
        return Side(self.paths, stamps, bytes(digests), self.follow)

    def stamp(self, number: int) -> Stamp:
        size, time_, inode = self.stamps[number * 3 : number * 3 + 3]
        return size, time_, inode


class Seen(NamedTuple):
    """`asked` says which command in which surroundings; `until` (seconds since 1970) when the site comes out another
    by itself. `names` are volatile variables of the environment that count nevertheless; in a folder of `shelves` only
    the names told there count, those that Python could import. `code` stands for the code that counts."""

    asked: str
    live: str
    inputs: Side
    outputs: Side
    until: float | None = None
    names: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    shelves: Mapping[str, list[str]] = {}
    code: str = ""
    build: int = 0
    """Stands for the build that it is the note of, once it is written."""

    def write(self, folder: str) -> int:
        """Gives what stands for the build."""
        paths = [*self.inputs.paths, *self.outputs.paths]
        text = "\0".join(paths).encode("utf-8", "surrogateescape")
        numbers = self.inputs.stamps.tobytes() + self.outputs.stamps.tobytes()
        body = text + numbers + self.inputs.digests + self.outputs.digests
        check = crc32(body)
        build = self.build or check
        head = {
            "format": FORMAT, "asked": self.asked, "live": self.live, "until": self.until, "check": check,
            "inputs": len(self.inputs.paths), "outputs": len(self.outputs.paths), "text": len(text),
            "names": self.names, "without": self.without, "shelves": self.shelves,
            "build": build, "code": self.code,
        }  # fmt: skip
        new = os.path.join(folder, NAME + ".new")
        with open(new, "wb") as file:
            file.write(json.dumps(head).encode("ascii") + b"\n" + body)
        os.replace(new, os.path.join(folder, NAME))
        return build


def read(folder: str) -> Seen | None:
    try:
        with open(os.path.join(folder, NAME), "rb") as file:
            head, body = file.readline(), file.read()
        return _understood(json.loads(head), body)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _understood(head: Any, body: bytes) -> Seen | None:
    if head["format"] != FORMAT or head["check"] != crc32(body):
        return None
    ins, outs, text = head["inputs"], head["outputs"], head["text"]
    paths = body[:text].decode("utf-8", "surrogateescape").split("\0")
    numbers, digests = array("q"), body[text + 24 * (ins + outs) :]
    numbers.frombytes(body[text : text + 24 * (ins + outs)])
    inputs = Side(paths[:ins], numbers[: 3 * ins], digests[: SIZE * ins], follow=True)
    outputs = Side(paths[ins:], numbers[3 * ins :], digests[SIZE * ins :], follow=False)
    named = {"names": tuple(head["names"]), "without": tuple(head["without"]), "shelves": head["shelves"]}
    of_it = {"build": head["build"], "code": head["code"]}
    return Seen(head["asked"], head["live"], inputs, outputs, head["until"], **of_it, **named)


def others(seen: Seen, folder: str) -> Changes | None:
    """The inputs that are others, with their stamps of now: an empty list where all is as noted, by stamps or else by
    bytes; None where it is more than some inputs. The note learns the stamps of what is the same; so does that in
    `folder`, where all is."""
    if seen.until is not None and time.time() >= seen.until:
        return None
    inputs, moved = _compared(seen, seen.inputs)
    if inputs:
        return inputs if len(inputs) <= MOST and all(now[0] == FOLDER for _, now in moved) else None
    outputs, moved_too = _compared(seen, seen.outputs)
    if outputs:
        return None
    if moved or moved_too:
        seen.write(folder)
    return []


def _compared(seen: Seen, side: Side) -> tuple[Changes, Changes]:
    """Paths of other stamps than noted, by number: those that are others, and those that are the same anyway."""
    found = by_two(side.paths, side.stamps, follow=side.follow)
    names = _names(side, seen) if any(now[0] == FOLDER for _, now in found) else {}
    moved: Changes = []
    different: Changes = []
    for number, now in found:
        if not _same(seen, side, number, now, names):
            different.append((number, now))
            if len(different) > MOST:
                break
            continue
        moved.append((number, now))
        side.stamps[number * 3 : number * 3 + 3] = packed([now])
    return different, moved


def _same(seen: Seen, side: Side, number: int, now: Stamp, names: Mapping[str, set[str]]) -> bool:
    """Whether a path of another stamp is the same folder or file nevertheless."""
    path, before, digest = side.paths[number], side.stamp(number), side.digests[number * SIZE : (number + 1) * SIZE]
    if now[0] != before[0] or now[0] < FOLDER:
        return False
    if now[0] == FOLDER:
        found = {os.path.basename(each) for each in children(path, seen.without)}
        return names.get(path, set()) == (importable(found) if path in seen.shelves else found)
    return digest != UNKNOWN and digest_of_file(path) == digest


def importable(names: Iterable[str]) -> set[str]:
    """Those that an import could mean."""
    return {name for name in names if name.endswith(".py") or name.isidentifier()}


def _names(side: Side, seen: Seen) -> dict[str, set[str]]:
    """What each folder held."""
    held: dict[str, set[str]] = {}
    for path in side.paths:
        folder, _, name = path.rpartition(os.sep)
        held.setdefault(folder or os.sep, set()).add(name)
    return {**held, **{folder: set(names) for folder, names in seen.shelves.items()}}


def _unknown(_: str) -> bytes:
    return UNKNOWN


def digest_of_file(path: str) -> bytes:
    """UNKNOWN for what is no plain file, or cannot be read."""
    try:
        if not stat.S_ISREG(os.lstat(os.path.realpath(path)).st_mode):
            return UNKNOWN
        with open(path, "rb", buffering=0) as file:
            return blake2b(file.readall(), digest_size=SIZE).digest()
    except OSError:
        return UNKNOWN
