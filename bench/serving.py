"""From an edit to the page that shows it, while a server runs: ours by its output, Hugo's by what it tells."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from .contestants import Contest
from .race import Tell
from .sites import Site, environment

EDITS, PATIENCE = 5, 60.0
"""Edits that the median is taken of; seconds to wait for what should come."""
PREVIEW = "from pathlib import Path; from parvis.preview import loop; loop.run(Path.cwd(), 8000, print)"
TOTAL = re.compile(rb"Total in (\d+) ms")
READY = re.compile(rb"Web Server is available")


class Edit(NamedTuple):
    """Seconds on the clock, from the edit to the page; of all processors, until the server is quiet again; and of
    these, until the page."""

    wall: float
    cpu: float
    page: float


def fastbuild(contest: Contest, tell: Tell) -> Edit | None:
    site = contest.sites["fastbuild"]
    command = [sys.executable, "-m", "fastbuild", "--serve", *site.command[3:]]
    tell(f"  {contest.items} texts: served by fastbuild")
    return _served(contest, site, command, lambda text: f"output/posts/{_slug(text)}", tell)


def parvis(contest: Contest, tell: Tell) -> Edit | None:
    """What `invoke serve` does."""
    site = contest.sites["Parvis"]
    tell(f"  {contest.items} texts: served by Parvis")
    return _served(contest, site, [sys.executable, "-c", PREVIEW], lambda text: f".cache/preview/{_place(text)}", tell)


def _served(
    contest: Contest, site: Site, command: Sequence[str], page: Callable[[Path], str], tell: Tell
) -> Edit | None:
    """The median of some edits; None, and a line that says so, where it cannot be measured."""
    if sys.platform != "linux":
        tell("serving is measured on Linux only, where the system tells what a running process used")
        return None
    try:
        with _running(command, site) as (process, _):
            _quiet(process.pid)
            edits = [_edited(contest, site, process.pid, page) for _ in range(EDITS)]
    except TimeoutError as fault:
        tell(f"serving cannot be measured: {fault}")
        return None
    return Edit(*map(median, zip(*edits, strict=True)))


def _edited(contest: Contest, site: Site, server: int, place: Callable[[Path], str]) -> Edit:
    before, start = used(server), time.perf_counter()
    file, sentence = contest.edit(site)
    page = site.folder / place(file) / "index.html"
    _until(partial(_shows, page, sentence), f"{page} does not show what was edited")
    wall, cpu = time.perf_counter() - start, used(server) - before
    _quiet(server)
    return Edit(wall, used(server) - before, cpu)


def _shows(page: Path, sentence: str) -> bool:
    try:
        return sentence in page.read_text("utf-8")
    except OSError:  # between two sites
        return False


def _slug(file: Path) -> str:
    return _field(file, "Slug")


def _place(file: Path) -> str:
    """Of an article of a hub whose first language is French."""
    lang = _field(file, "lang").strip("\"'")
    return f"{'' if lang == 'fr' else lang + '/'}articles/{file.stem}"


def _field(file: Path, name: str) -> str:
    start = f"{name}: "
    return next(line.removeprefix(start).strip() for line in file.open(encoding="utf-8") if line.startswith(start))


def hugo(contest: Contest, binary: Path, tell: Tell) -> float | None:
    """Seconds that `hugo server` tells for such an edit, the median of some."""
    site = contest.sites["Hugo"]
    command = [str(binary), "server", "--port", "0", "--bind", "127.0.0.1", "--disableLiveReload", "--watch"]
    tell(f"  {contest.items} texts: hugo server")
    with _running(command, site) as (_, said):
        _until(lambda: READY.search(_all(said)) is not None, "hugo server did not start")
        for number in range(EDITS):
            time.sleep(0.5)  # it gathers what changes within a moment
            contest.edit(site)
            _until(partial(_told, said, number + 1), "hugo server did not build")
        return median(int(found) / 1000 for found in TOTAL.findall(_all(said)))


@contextmanager
def _running(command: Sequence[str], site: Site) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """A server in a process group of its own, which ends with all that it began."""
    with TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=site.folder, stdout=said, stderr=said, env=environment(), start_new_session=True
        )
        try:
            yield process, said
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def _told(said: IO[bytes], times: int) -> bool:
    return len(TOTAL.findall(_all(said))) >= times


def _all(said: IO[bytes]) -> bytes:
    return os.pread(said.fileno(), 2**24, 0)


def _until(holds: Callable[[], bool], fault: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(fault)
        time.sleep(0.005)


def _quiet(server: int) -> None:
    """Waits until it has used nothing for a while."""
    last, since = used(server), time.monotonic()
    while time.monotonic() - since < 1.5:
        time.sleep(0.1)
        if (now := used(server)) > last + 0.02:
            last, since = now, time.monotonic()


def used(server: int) -> float:
    """Seconds of all processors that a process used, with its children, dead ones and living ones."""
    ticks = sum(sum(map(int, _stat(process)[11:15])) for process in [server, *_children(server)])
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> Sequence[str]:
    """The fields of /proc/PID/stat after the name (proc(5)): 11 to 14 are ticks, its own and its dead children's."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:  # it has ended: its parent counts it
        return ["0"] * 20


def _children(process: int) -> Iterator[int]:
    for found in Path("/proc").glob("[0-9]*"):
        if _stat(int(found.name))[1] == str(process):
            yield int(found.name)
            yield from _children(int(found.name))
