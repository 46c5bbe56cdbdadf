"""Pictures of an export, found again in a folder, or fetched, and copied into content/images/."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from ..intake.picture import Copy
from ..slugs import slug

SUFFIXES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}
UPLOADS = re.compile(r"(?:wp-content/uploads|content/images)/(?:size/w\d+/)?(.+)$")
SMALLER = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+$)")
LARGEST = 32 * 2**20
WHERE = "images/imported"


@dataclass
class Pictures:
    """`folder` holds an export's uploads, `fetched` are pictures by the addresses that the texts have of them.

    `copies` are to be made: to a path below content/, from a file or of these bytes.
    """

    folder: Path | None
    fetched: Mapping[str, Copy] = field(default_factory=dict)
    copies: dict[str, Path | bytes] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def place(self, address: str) -> str:
        """The path that the picture at an address gets; "" where nobody has it."""
        if not address:
            return ""
        if copy := self.fetched.get(address):
            path = f"{WHERE}/{copy.name}"
            self.copies[path] = copy.body
            return path
        file = self._found(unquote(urlsplit(address).path))
        if file is None:
            self.missing.add(address)
            return ""
        path = f"{WHERE}/{self._named(file)}"
        self.copies[path] = file
        return path

    def _found(self, path: str) -> Path | None:
        """The same path below the folder, however deep that stands itself; a smaller copy stands for the whole."""
        if self.folder is None:
            return None
        inner = UPLOADS.search(path)
        for tail in dict.fromkeys([inner[1] if inner else path.lstrip("/"), PurePosixPath(path).name]):
            for name in (SMALLER.sub("", tail), tail):
                file = self.folder / name
                if name and _fits(file, self.folder):
                    return file
        return None

    def _named(self, file: Path) -> str:
        """Its path in small letters, digits and hyphens, so that no two become one."""
        assert self.folder is not None
        parts = file.relative_to(self.folder).with_suffix("").parts
        return "-".join(filter(None, map(slug, parts))) + file.suffix.lower()


def _fits(file: Path, folder: Path) -> bool:
    """A plain file of a picture inside the folder, by no way out of it."""
    try:
        inside = file.resolve().is_relative_to(folder.resolve())
        found = file.stat()
    except (OSError, ValueError):
        return False
    return inside and stat.S_ISREG(found.st_mode) and file.suffix.lower() in SUFFIXES and found.st_size <= LARGEST
