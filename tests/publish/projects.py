"""Output folders and what becomes of them in git."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, text=True).stdout.strip()


def write(project: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = project / "output" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return project / "output"
