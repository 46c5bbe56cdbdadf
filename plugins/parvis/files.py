"""Files that are there whole or not at all, whenever the machine stops."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

FEW = 20  # files for which a sync each is cheaper than one of the whole system


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


def put_all(texts: Mapping[Path, str]) -> None:
    """As `put` for many files: whole files one by one, after one sync of the system where it has that."""
    each = len(texts) <= FEW or not hasattr(os, "sync")
    if each:
        for file, text in texts.items():
            put(file, text)
        return
    for folder in {file.parent for file in texts}:
        folder.mkdir(parents=True, exist_ok=True)
    parts = {file: file.with_name(f".{file.name}.part") for file in texts}
    for file, text in texts.items():
        parts[file].write_bytes(text.encode())
    os.sync()
    for file, part in parts.items():
        part.replace(file)


def remove(file: Path, root: Path) -> None:
    """Takes a file away, and the folders below `root` that it leaves empty."""
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root or root not in folder.parents or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
