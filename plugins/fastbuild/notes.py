"""What fastbuild remembers from one build to the next: ASCII JSON in the folder of notes, each file replaced whole."""

from __future__ import annotations

import json
from pathlib import Path


def read(folder: Path, name: str) -> object:
    """What was noted; None where nobody knows, as before the first build or after damage."""
    try:
        return json.loads((folder / name).read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return None


def write(folder: Path, name: str, value: object) -> None:
    """ASCII carries names that are not UTF-8."""
    new = folder / f"{name}.new"
    new.write_bytes(json.dumps(value, indent=0).encode("ascii"))
    new.replace(folder / name)
