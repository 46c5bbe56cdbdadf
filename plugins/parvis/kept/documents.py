"""The documents of content/: those whose file is as it was come from the store, the others from their file."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .. import copies, matter, nodes
from ..errors import MACHINE, Fault, Refused, refuse
from ..kinds import FOLDERS, Head
from ..matter import Document
from . import shapes
from .store import Store

READERS = {folder: shapes.reader(kind) for folder, kind in FOLDERS.items()}
LONG_AGO = 2_000_000_000
"""Nanoseconds: a file written to within them before it was read may change once more and show the same time."""
FILLED = {"head", "line", "_file", "_said", "_whole"}
"""What a document gets from its row."""
FEWEST = 400_000
"""Bytes of new files that a copy is worth its cost for."""


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


class Hollow(Kept):
    """A document of which only the path and the digest are known; the store, or else the file, is asked for more."""

    __slots__ = ("_place",)
    _place: tuple[str, Store]

    def __init__(self, path: str, digest: str, place: tuple[str, Store]) -> None:
        """`place` is the folder of the project, and the store."""
        put = object.__setattr__
        put(self, "path", path)
        put(self, "digest", digest)
        put(self, "_place", place)

    def __getattr__(self, name: str) -> Any:
        """Of a slot that is empty. Raises Refused where the file is another by now."""
        if name not in FILLED:
            raise AttributeError(name)
        folder, store = self._place
        file, said = f"{folder}/{self.path}", store.get("files", self.path)
        if not said or said["digest"] != self.digest:
            said = _said(parsed(self.path, Path(file).read_bytes()))
        if said["digest"] != self.digest:
            raise refuse(self.path, "changed while the site was built", "build once more", code=MACHINE)
        super().__init__(self.path, said, file)
        return getattr(self, name)


def walk(folder: Path, faults: list[Fault], store: Store) -> Iterator[Document]:
    """As `matter.walk`; only files that changed are read, and the store learns of them."""
    known, began = store.all("files"), time.time_ns()
    entries = dict(matter.found(folder, faults))
    rows = copies.shared([pair for pair in entries.items() if pair[0] not in known], _size, FEWEST, _rows)
    for path, entry in entries.items():
        try:
            if path in rows:
                yield _fresh(path, entry, began, rows.pop(path), store)
            else:
                yield _document(path, entry, known.get(path), store)
        except Refused as refused:
            faults.extend(refused.faults)
    store.drop("files", known.keys() - entries.keys())


def fresh(path: str, file: Path, store: Store) -> Document:
    """The document of a file that changed, of which the store learns. Raises Refused where it is at fault."""
    began = time.time_ns()
    document = parsed(path, file.read_bytes())
    store.put("files", path, {"state": _state(file, began), **_said(document)})
    return document


def _document(path: str, entry: os.DirEntry[str], said: Any, store: Store) -> Document:
    now = time.time_ns()
    if said and said["state"] == _state(entry):
        return Kept(path, said, entry.path)
    raw = Path(entry.path).read_bytes()
    if said and said["digest"] == _digest(raw):
        if said["state"] != (state := _state(entry, now)):
            store.put("files", path, said | {"state": state})
        return Kept(path, said, entry.path)
    document = parsed(path, raw)
    store.put("files", path, {"state": _state(entry, now), **_said(document)})
    return document


def _state(entry: os.DirEntry[str] | Path, read: int = 0) -> list[int]:
    """What another one shows a change by; nothing where the file may change after it was `read` and show the same."""
    found = entry.stat(follow_symlinks=False)
    settled = not read or read - found.st_mtime_ns > LONG_AGO
    return [found.st_size, found.st_mtime_ns, found.st_ino] if settled else []


def _said(document: Document) -> dict[str, Any]:
    head = shapes.plain(document.head)
    known = {"digest": document.digest, "head": head, "line": document.line}
    return known | {"text_hash": document.text_hash, "slug": document.slug}


def _size(file: tuple[str, os.DirEntry[str]]) -> int:
    return file[1].stat(follow_symlinks=False).st_size


def _rows(files: Sequence[tuple[str, os.DirEntry[str]]]) -> dict[str, Any]:
    """What these say, without those at fault."""
    made = {}
    for path, entry in files:
        with suppress(Refused, OSError):  # told where they are read once more
            document = parsed(path, Path(entry.path).read_bytes())
            made[path] = [_said(document), document.body, dict(document.lines)]
    return made


def _fresh(path: str, entry: os.DirEntry[str], began: int, row: Sequence[Any], store: Store) -> Document:
    said, body, lines = row
    store.put("files", path, {"state": _state(entry, began), **said})
    return Document(path, _head(path, said["head"]), body, said["line"], MappingProxyType(lines), said["digest"])


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
