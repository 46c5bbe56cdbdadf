"""The project that a verb works on: its settings, a build of it, and who sits before it."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from .settings import Settings


def known(root: Path) -> Settings:
    """The hub's settings, checked. Raises Refused with every fault of the YAML files and of PARVIS."""
    from . import settings

    return settings.load(runpy.run_path(str(root / "pelicanconf.py")).get("PARVIS", {}), root)


def now(known: Settings) -> datetime:
    """The time that a verb works at: what the settings or the environment say, else the clock's."""
    from . import settings

    return settings.now(known, os.environ)


def pelican(root: Path, settings: str, *more: str) -> int:
    """The exit code of a run of Pelican: what it writes is what anybody's own run writes. fastbuild's command ends it
    at once where nothing changed since the last one."""
    command = [sys.executable, "-m", "fastbuild", "-s", settings, "--fatal", "errors", *more]
    path = os.pathsep.join(filter(None, (str(root / "plugins"), os.environ.get("PYTHONPATH"))))
    return subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": path}, check=False).returncode


def more(*, jobs: int, full: bool, verify: str, shard: str, cluster: str) -> list[str]:
    """Options of fastbuild's command. `shard` is one, such as 2/4, or folders of them, with commas."""
    said = [f"--jobs={jobs}"] * bool(jobs) + ["--full"] * full + [f"--cluster={cluster}"] * bool(cluster)
    if verify:
        said += ["--verify" if verify == "all" else f"--verify={verify}"]
    if shard:
        part = all(number.isdecimal() for number in shard.split("/"))
        said += [f"--shard={shard}"] if part else ["--merge", *shard.split(",")]
    return said


def git_name(root: Path) -> str:
    """git's user.name, '' where it has none."""
    command = ["git", "config", "user.name"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout.strip()
