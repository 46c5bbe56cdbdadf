"""Builds sites in turn (A B A B …), each from an empty output, and tells what each build took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, TemporaryFile

from parvis.errors import CONFIG, refuse

from . import corpus, sites
from .sites import Site, environment

Tell = Callable[[str], None]
MEBIBYTE = 2**20 if sys.platform == "darwin" else 2**10
"""In what the system counts a process's memory in."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock, seconds of all processors (user and system, children too), MiB of the largest process,
    pages. A system that does not tell of a process's use gives 0."""

    wall: float
    cpu: float
    peak: float
    pages: int


def run(items: int, rounds: int, seed: int, folders: tuple[str, str], tell: Tell) -> float:
    """Tells a table; gives how many times as long as stock Pelican the hub takes, the median of all rounds.

    `folders` are two folders with the same texts in `content`: a hub's, and stock Pelican's. Where they are empty,
    `items` texts are made. Raises Refused where texts are missing or a build fails.
    """
    with TemporaryDirectory(prefix="parvis-bench-") as name:
        folder = Path(name)
        texts = given(folders) if any(folders) else corpus.write(folder, items, seed)
        pair = sites.hub(texts[0], folder / "hub"), sites.stock(texts[1], folder / "stock")
        runs: list[list[Run]] = []
        for number in range(rounds + 1):
            tell(f"round {number} of {rounds}" if number else "a first round, not counted")
            runs.append([measured(site) for site in pair])
        ours, theirs = ([row[place] for row in runs[1:]] for place in (0, 1))
        count = sum(1 for _ in (folder / "hub/content").rglob("*.md"))
    tell("\n".join(table(count, {pair[0].name: ours, pair[1].name: theirs})))
    return median(own.wall / other.wall for own, other in zip(ours, theirs, strict=True))


def given(folders: tuple[str, str]) -> tuple[Path, Path]:
    """The two folders. Raises Refused where one holds no texts."""
    for folder, name in zip(folders, ("corpus", "stock"), strict=True):
        if not folder or not (Path(folder) / "content").is_dir():
            hint = "--corpus and --stock name two folders that hold the same texts in content/"
            raise refuse(f"--{name}", f"no folder '{folder}' with a folder content/ in it", hint, code=CONFIG)
    return Path(folders[0]), Path(folders[1])


def measured(site: Site) -> Run:
    """One build, from an empty output."""
    site.empty()
    return built(site)


def built(site: Site) -> Run:
    """One build. Raises Refused with what it said, where it fails."""
    with TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(site.command, cwd=site.folder, stdout=said, stderr=said, env=environment())
        cpu, peak = _waited(process)
        wall = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            raise refuse(site.name, f"its build ended with {process.returncode}", said.read().decode(errors="replace"))
    return Run(wall, cpu, peak, site.pages())


def _waited(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Seconds and MiB that a process used, once it has ended."""
    if sys.platform == "win32":
        process.wait()
        return 0.0, 0.0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / MEBIBYTE


def table(items: int, runs: dict[str, Sequence[Run]]) -> Iterator[str]:
    """Markdown, the median of each figure; ratios are taken pair by pair, since a machine's speed drifts."""
    *_, last = runs.values()
    yield f"| {items} texts, median of {len(last)} | wall s | CPU s | peak MiB | pages | wall ratio | CPU ratio |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, own in runs.items():
        wall, cpu, peak, pages = (median(getattr(each, name) for each in own) for name in Run.__slots__)
        walls = ratio([one.wall / other.wall for one, other in zip(own, last, strict=True)])
        cpus = ratio([one.cpu / other.cpu for one, other in zip(own, last, strict=True) if other.cpu])
        yield f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {pages:.0f} | {walls} | {cpus} |"


def ratio(pairs: Sequence[float]) -> str:
    """The median, and from the lowest to the highest where they differ."""
    if not pairs:
        return "–"
    low, high = min(pairs), max(pairs)
    return f"{median(pairs):.2f}" + (f" ({low:.2f} to {high:.2f})" if high - low > 0.005 else "")
