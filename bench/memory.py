"""What a process and all that it started hold in memory at once: pages that several share count once."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import sleep

PROC = Path("/proc")
FIELD = re.compile(r"^(Pss|Rss): +(\d+) kB$", re.MULTILINE)
PAUSE = 0.05  # seconds between two looks
MIB = 1024  # kilobytes, in which Linux counts memory


@dataclass
class Peak:
    """In MiB, 0 where the system does not tell: `tree` with each shared page once, `sum` with one for each sharer."""

    tree: float = 0.0
    sum: float = 0.0

    def watch(self, process: subprocess.Popen[str]) -> None:
        """Looks until the process ends."""
        while process.poll() is None:
            held = [dict(FIELD.findall(said)) for said in map(_said, _tree(process.pid))]
            self.tree = max(self.tree, sum(int(one.get("Pss", 0)) for one in held) / MIB)
            self.sum = max(self.sum, sum(int(one.get("Rss", 0)) for one in held) / MIB)
            sleep(PAUSE)


def _tree(pid: int) -> Iterator[int]:
    """A process, and those below it."""
    yield pid
    for file in (PROC / str(pid) / "task").glob("*/children"):
        for child in _text(file).split():
            yield from _tree(int(child))


def _said(pid: int) -> str:
    return _text(PROC / str(pid) / "smaps_rollup")


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except OSError:  # it has ended, or is not ours to look at
        return ""
