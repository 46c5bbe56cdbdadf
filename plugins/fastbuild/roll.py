"""The roll of the live site: each file and folder with its stamp, as the last publication left it.

As long as all stamps hold, nobody has touched the site since, and what is there need not be walked through. Beside it
stands what is known of the spare: the site before this one, whole, whose files are links to the same bytes but for
those of `since`. Any doubt over one or the other, damaged notes too, and a site is published the long way.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from .stamps import FOLDER, MISSING, Stamp, differing, look
from .tables import Table

NAME, DRAFT = "roll", "roll.new"
FORMAT = 1
Stamps = Mapping[str, Stamp]


class Roll(NamedTuple):
    """Paths from the site's folder on, with `/`; those of folders end in it, that of the site itself is ''."""

    files: Stamps
    folders: Stamps
    spare: Mapping[str, Stamp] = {}
    """The folders of the spare; empty where there is none."""
    since: tuple[str, ...] = ()
    """What the spare has otherwise, or lacks, or what only it has."""

    @classmethod
    def of(cls, site: Path) -> Roll:
        files: dict[str, Stamp] = {}
        folders = {"": look(str(site), follow=False)}
        if folders[""][0] != FOLDER:
            return cls(folders, {})
        todo = [""]
        while todo:
            here = todo.pop()
            with suppress(OSError), os.scandir(f"{site}/{here}") as found:
                for entry in found:
                    is_folder, now = entry.is_dir(follow_symlinks=False), entry.stat(follow_symlinks=False)
                    if is_folder:
                        folders[f"{here}{entry.name}/"] = FOLDER, now.st_mtime_ns, now.st_ino
                        todo.append(f"{here}{entry.name}/")
                    else:
                        files[here + entry.name] = now.st_size, now.st_mtime_ns, now.st_ino
        return cls(files, folders)

    def holds(self, site: Path) -> bool:
        """Whether all stamps are those of now."""
        return _hold(site, self.files) and _hold(site, self.folders)

    def has(self, stamps: Stamps) -> bool:
        """Whether these files and folders of the site had these stamps."""
        return all(stamp in (self.files.get(path), self.folders.get(path)) for path, stamp in stamps.items())

    def lists_hold(self, site: Path) -> bool:
        """Whether nobody put, took or replaced anything."""
        return _hold(site, self.folders)

    def spare_holds(self, spare: Path) -> bool:
        """Whether nobody put, took or replaced anything there. What is in a file is the live site's business."""
        return bool(self.spare) and _hold(spare, self.spare)

    def entries(self) -> frozenset[str]:
        """As `trees.entries` finds them."""
        folders = {path[:-1] for path in self.folders}
        parents = {path.rpartition("/")[0] for path in (*self.files, *folders)}
        return frozenset(self.files) | {f"{path}/" for path in folders - parents if path}

    def rows(self, site: Path) -> Table:
        """As `stamps.walk` finds them."""
        files, folders = Table.of(self.files), Table.of(self.folders)
        paths = [f"{site}/{path}" for path in files.paths] + [f"{site}/{path}"[:-1] for path in folders.paths]
        return Table(paths, files.numbers + folders.numbers)

    def after(self, site: Path, changed: Iterable[str], folders: Stamps) -> Roll:
        """The roll once these entries are others, and the site's folders were these before."""
        names = {path for path in changed if not path.endswith("/")}
        touched = {path[: i + 1] for path in changed for i, letter in enumerate(path) if letter == "/"} | {""}
        now = {path: look(f"{site}/{path}", follow=False) for path in (*names, *touched)}
        there = {path: now[path] for path in names if now[path][0] not in (FOLDER, MISSING[0])}
        known = {path: now[path] for path in touched if now[path][0] == FOLDER}
        if there.keys() == names and known.keys() == touched:
            same = Table.of(self.files).with_others(there), Table.of(folders).with_others(known)
            if same[0] and same[1]:
                return Roll(same[0], same[1])
        files = {path: stamp for path, stamp in self.files.items() if path not in names} | there
        kept = {path: stamp for path, stamp in folders.items() if path not in touched} | known
        return Roll(files, _without(kept, touched - known.keys()))

    def laid_anew(self, site: Path, changed: Iterable[str]) -> Roll:
        """The roll once the site is another folder of links to the same files, but for the changed entries."""
        made = self.after(site, changed, self.folders)
        return Roll(made.files, made.folders_in(site))

    def folders_in(self, site: Path) -> Stamps:
        """The folders as they stand in another site of the same ones."""
        return {path: look(f"{site}/{path}", follow=False) for path in self.folders}

    def write(self, folder: Path) -> None:
        self.draft(folder)
        settle(folder)

    def draft(self, folder: Path) -> None:
        """Writes it down; it counts once it is settled."""
        tables = [Table.of(stamps) for stamps in (self.files, self.folders, self.spare)]
        text = "\0".join(chain.from_iterable(table.paths for table in tables)).encode("utf-8", "surrogateescape")
        body = text + b"".join(table.numbers.tobytes() for table in tables)
        sizes = [len(table) for table in tables]
        head = {"format": FORMAT, "check": crc32(body), "text": len(text), "sizes": sizes, "since": self.since}
        (folder / DRAFT).write_bytes(json.dumps(head).encode("ascii") + b"\n" + body)


def settle(folder: Path) -> None:
    (folder / DRAFT).replace(folder / NAME)


def read(folder: Path) -> Roll | None:
    try:
        with (folder / NAME).open("rb") as file:
            head, body = file.readline(), file.read()
        return _understood(json.loads(head), body)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def holding(notes: Path, live: Path) -> Roll | None:
    """The roll of the live site, where nobody has touched it since."""
    known = read(notes)
    return known if known and known.holds(live) else None


def forget(folder: Path) -> None:
    """From now on until the next `write` there is doubt."""
    (folder / NAME).unlink(missing_ok=True)


def _understood(head: Any, body: bytes) -> Roll | None:
    if head["format"] != FORMAT or head["check"] != crc32(body):
        return None
    paths = body[: head["text"]].decode("utf-8", "surrogateescape").split("\0")
    numbers = array("q")
    numbers.frombytes(body[head["text"] :])
    ends = [*accumulate(head["sizes"], initial=0)]
    if len(numbers) != 3 * ends[-1]:
        return None
    files, folders, spare = (Table(paths[start:end], numbers[3 * start : 3 * end]) for start, end in pairwise(ends))
    return Roll(files, folders, spare, tuple(head["since"]))


def _hold(site: Path, stamps: Stamps) -> bool:
    start, table = f"{site}/", Table.of(stamps)
    return not differing([start + path for path in table.paths], table.numbers, follow=False)


def _without(stamps: Stamps, gone: Iterable[str]) -> Stamps:
    """Where a folder is gone, so are those below it."""
    starts = tuple(gone)
    return {path: stamp for path, stamp in stamps.items() if not path.startswith(starts)} if starts else stamps
