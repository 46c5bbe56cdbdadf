"""The documents of content/: those whose file is as it was come from the store, the others from their file."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .. import matter, nodes
from ..errors import MACHINE, Fault, Refused, refuse
from ..kinds import FOLDERS, Head
from ..matter import Document
from . import shapes
from .store import Store

READERS = {folder: shapes.reader(kind) for folder, kind in FOLDERS.items()}
LONG_AGO = 2_000_000_000
"""Nanoseconds: a file written to within them before it was read may change once more and show the same time."""


class Kept(Document):
    """A document as the store knows it. What is seldom asked for, its body and its lines, comes from the file."""

    __slots__ = ("_file", "_said", "_whole")
    _file: str
    _said: Mapping[str, Any]
    _whole: Document | None

    def __init__(self, path: str, said: Mapping[str, Any], file: str) -> None:
        known = {"path": path, "head": _head(path, said["head"]), "line": said["line"], "digest": said["digest"]}
        for name, value in (known | {"_file": file, "_said": said, "_whole": None}).items():
            object.__setattr__(self, name, value)

    @property
    def text_hash(self) -> str:
        return str(self._said["text_hash"])

    @property
    def slug(self) -> str:
        return str(self._said["slug"])

    @property
    def body(self) -> str:
        return self._read().body

    @property
    def lines(self) -> Mapping[str, int]:
        return self._read().lines

    def _read(self) -> Document:
        """Raises Refused where the file is another by now."""
        if self._whole is None:
            read = parsed(self.path, Path(self._file).read_bytes())
            if read.digest != self.digest:
                raise refuse(self.path, "changed while the site was built", "build once more", code=MACHINE)
            object.__setattr__(self, "_whole", read)
            return read
        return self._whole


def walk(folder: Path, faults: list[Fault], store: Store) -> Iterator[Document]:
    """As `matter.walk`; only files that changed are read, and the store learns of them."""
    known, now = store.all("files"), set()
    for path, entry in matter.found(folder, faults):
        now.add(path)
        try:
            yield _document(path, entry, known.get(path), store)
        except Refused as refused:
            faults.extend(refused.faults)
    store.drop("files", known.keys() - now)


def _document(path: str, entry: os.DirEntry[str], said: Any, store: Store) -> Document:
    found = entry.stat(follow_symlinks=False)
    state = [found.st_size, found.st_mtime_ns, found.st_ino]
    if said and said["state"] == state:
        return Kept(path, said, entry.path)
    now = time.time_ns()
    raw = Path(entry.path).read_bytes()
    state = state if now - found.st_mtime_ns > LONG_AGO else []
    if said and said["digest"] == _digest(raw):
        if said["state"] != state:
            store.put("files", path, said | {"state": state})
        return Kept(path, said, entry.path)
    document = parsed(path, raw)
    store.put("files", path, {
        "state": state, "digest": document.digest, "head": shapes.plain(document.head), "line": document.line,
        "text_hash": document.text_hash, "slug": document.slug,
    })  # fmt: skip
    return document


def parsed(path: str, raw: bytes) -> Document:
    """The document of a file. Raises Refused with all that is wrong with it."""
    return matter.parse(nodes.decoded(raw, path), path, digest=_digest(raw))


def _digest(raw: bytes) -> str:
    return blake2b(raw, digest_size=16).hexdigest()


def _head(path: str, said: Any) -> Head:
    read = READERS[path.split("/", 2)[1]]
    assert read
    head: Head = read(said)
    return head
