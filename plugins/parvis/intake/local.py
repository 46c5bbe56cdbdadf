"""What a source names with `path:`: a plain file, inflated where it is a gzip, or a folder of messages; bounded."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import SOURCES, Refused, Unread, refuse
from . import mailbox
from .answers import MIB, Inflation

FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe must not make us wait
MAGIC = b"\x1f\x8b"


def read(folder: Path, path: str, limit: int, *, folders: bool = False) -> bytes:
    """The bytes of a file below the project, at most `limit` of them; with `folders` of a folder those of its messages.

    Raises Refused, with the path, where there are none or more.
    """
    try:
        if folders and (folder / path).resolve().is_dir():
            return _fitting(mailbox.read((folder / path).resolve(), limit), path, limit)
        descriptor = os.open((folder / path).resolve(), FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _fault(path, "is not a plain file")
            found = file.read(limit + 1)
    except FileNotFoundError:
        raise _fault(path, "is not there", "export it again, or mend path: in content/sources.yml") from None
    except OSError as error:
        raise _fault(path, f"cannot be read: {error.strerror}") from None
    found = _inflated(found, path, limit) if found.startswith(MAGIC) and len(found) <= limit else found
    return _fitting(found, path, limit)


def _fitting(found: bytes, path: str, limit: int) -> bytes:
    if len(found) > limit:
        most = f"{limit // MIB} MiB" if limit >= MIB else f"{limit} bytes"
        raise _fault(path, f"is larger than {most}", "PARVIS['fetch']['max_bytes'] sets how much is taken")
    return found


def _inflated(packed: bytes, path: str, limit: int) -> bytes:
    inflation = Inflation(limit)
    try:
        found = b"".join(inflation.take(packed))
        if len(found) <= limit:
            inflation.end()
    except Unread as unread:
        raise _fault(path, unread.what, unread.hint) from None
    return found


def _fault(path: str, what: str, hint: str = "") -> Refused:
    return refuse(path, what, hint, code=SOURCES)
