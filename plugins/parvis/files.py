"""Files that are there whole or not at all, whenever the machine stops."""

from __future__ import annotations

import os
from pathlib import Path


def put(file: Path, data: str | bytes) -> None:
    """Writes a file, and the folders it lies in, by renaming a finished one. Text is UTF-8 with its own line ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(
        f".{file.name}.part"
    )  # one name, so that a killed run leaves at most one, and the next takes it
    with part.open("wb") as out:
        out.write(data.encode() if isinstance(data, str) else data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def remove(file: Path, root: Path) -> None:
    """Takes a file away, and the folders below `root` that it leaves empty."""
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root or root not in folder.parents or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
