"""Runs a Python module as `python -m` does, and leaves the names of all files it opened in a file beside.

python watched.py LOG MODULE ARGUMENTS…
"""

from __future__ import annotations

import atexit
import runpy
import sys
from pathlib import Path
from typing import Any

log, module, *arguments = sys.argv[1:]
opened: set[str] = set()


def watch(event: str, details: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(details[0], str | bytes):
        name = details[0] if isinstance(details[0], str) else details[0].decode(errors="replace")
        opened.add(str(Path(name).absolute()))


def leave() -> None:
    Path(log).write_text("\n".join(sorted(opened)), encoding="utf-8", errors="replace")


atexit.register(leave)
sys.addaudithook(watch)
sys.argv = [module, *arguments]
sys.path.insert(0, "")
runpy.run_module(module, run_name="__main__", alter_sys=True)
