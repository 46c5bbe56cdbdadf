"""The kinds of sites that are edited, and how each is built: cleanly, and by fastbuild."""

from __future__ import annotations

from pathlib import Path
from random import Random

from . import stock
from .texts import put
from .trial import Follower, Kind
from .warm import Warm

FAST = """
import os
from fastbuild import Pelican as PELICAN_CLASS
FASTBUILD = {"jobs": int(os.environ["JOBS"]), "trust": ["parvis", "fast"]}
"""


def stock_clean(warm: Warm, folder: Path) -> None:
    """Stock Pelican. Where two dates are equal, it reads files in the order of paths: else chance would decide."""
    tied = stock.World(folder, Random()).ties()
    warm.ask(folder, ["-s", "conf.py"], by_path=tied)


def build(warm: Warm, folder: Path, follower: Follower, full: bool, **how: object) -> None:
    """The settings are those of the clean build, and then fastbuild's."""
    settings = (folder / "conf.py").read_text("utf-8")
    if not (folder / "fast.py").exists() or (folder / "fast.py").read_text("utf-8") != settings + FAST:
        put(folder / "fast.py", settings + FAST)
    flags = ["-s", "fast.py", "-o", follower.output]
    if full and follower.command == "fastbuild":
        flags.append("--full")
    warm.ask(folder, flags, {"JOBS": str(follower.jobs)}, command=follower.command, **how)


STOCK = Kind(stock.make, stock.EDITS, stock_clean, build)
