"""What stands for the bytes of a picture: a new word where somebody puts another one in its place."""

from __future__ import annotations

import time
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .documents import LONG_AGO
from .store import Store

NONE = ""
"""What stands for a file that is not there."""


class Pictures:
    """Files below content/, by their path there; each is looked at once."""

    def __init__(self, content: Path, store: Store) -> None:
        self._content, self._store = content, store
        self._known: dict[str, Any] = store.all("pictures")
        self._digests: dict[str, str] = {}

    def digest(self, path: str) -> str:
        if path not in self._digests:
            self._digests[path] = self._of(path)
        return self._digests[path]

    def _of(self, path: str) -> str:
        file, said = self._content / path, self._known.get(path)
        try:
            found = file.stat()
            state = [found.st_size, found.st_mtime_ns, found.st_ino]
            if said and said[0] == state:
                return str(said[1])
            state = state if time.time_ns() - found.st_mtime_ns > LONG_AGO else []
            digest = blake2b(file.read_bytes(), digest_size=16).hexdigest()
        except (OSError, ValueError):
            return NONE
        if said != [state, digest]:
            self._store.put("pictures", path, [state, digest])
        return digest
