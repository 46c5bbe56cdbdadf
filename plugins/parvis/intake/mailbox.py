"""A Maildir folder as one mailbox: its messages in the order of their names, each below a line of its own."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("cur", "new")
LONGEST = 2**18  # bytes of one message that are read: words stand first, pictures after them
START = b"From maildir Thu Jan  1 00:00:00 1970\n"
LIKE_START = re.compile(rb"^(>*From )", re.MULTILINE)


def read(folder: Path, limit: int) -> bytes:
    """The messages of `cur` and `new`, else those that lie in the folder itself; one byte over `limit` at most.

    Raises OSError where the folder cannot be read. What is no plain file, a link say, is passed over.
    """
    box = bytearray()
    for file in _files(folder):
        text = LIKE_START.sub(rb">\1", file).replace(b"\r\n", b"\n").rstrip(b"\n")
        box += START + text + b"\n\n"
        if len(box) > limit:
            return bytes(box[: limit + 1])
    return bytes(box)


def _files(folder: Path) -> Iterator[bytes]:
    inner = [folder / name for name in FOLDERS if (folder / name).is_dir() and not (folder / name).is_symlink()]
    found = [entry for place in inner or [folder] for entry in os.scandir(place)]
    for entry in sorted(found, key=lambda entry: entry.name):
        if entry.name.startswith(".") or not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            continue
        with Path(entry.path).open("rb") as file:
            yield file.read(LONGEST)
