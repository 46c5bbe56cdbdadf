"""One process of the cage, seen from outside: it gets a job, and answers, breaks or is put to an end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ..errors import MACHINE, SOURCES, Refused, refuse
from ..model import Item
from ..sources import About, Got
from . import inside, wire

MIB = 2**20
START = 60.0  # seconds until a cell says that it is there
FAREWELL = 2.0  # seconds in which the system tells what a cell died of
SIGNALS = {int(each): each.name for each in signal.Signals}
GIVEN_BACK = {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_ARENA_MAX": "1"}
"""For glibc: what a large document took goes back to the system, and not only to the next one."""
KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")  # what Python itself may need to start


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one source may cost: seconds of CPU, bytes of memory, seconds by the clock without fetching."""

    cpu: int = 10
    memory: int = 1024 * MIB
    clock: float = 60.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source said, what a person should know about it although it went well, and the pause it asks for."""

    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    pause: int = 0
    about: About = About()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that the source cannot be read without."""

    url: str


@dataclass
class Job:
    """One source, and the pages that it wanted so far: their bytes, or why there are none."""

    kind: str
    name: str
    options: Mapping[str, Any]
    most: int
    pages: dict[str, Got | Refused] = field(default_factory=dict)

    def frames(self) -> Iterator[bytes | memoryview]:
        got = {url: page for url, page in self.pages.items() if isinstance(page, Got)}
        told = dict.fromkeys(self.pages) | {url: [page.url, page.type, page.next] for url, page in got.items()}
        job = {"kind": self.kind, "name": self.name, "options": dict(self.options), "most": self.most, "pages": told}
        yield wire.message(job)
        for page in got.values():
            yield from wire.pieces(page)

    def refused(self, what: str, hint: str = "") -> Refused:
        return refuse(self.name, what, hint, code=SOURCES)


class Broken(Exception):
    """A cell that can do no more work. Says what the document did, as far as the system tells."""


class Cell:
    """A running process. `jobs` counts what it has served."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.jobs = 0

    @classmethod
    async def start(cls, room: str, limits: Limits) -> Self:
        """Raises Refused where the machine cannot run it."""
        command = [sys.executable, "-P", "-m", inside.__name__, room, str(limits.cpu), str(limits.memory)]
        where = Path(sys.executable).anchor
        fault = refuse(
            "sources", "no process can be started to read them", f"try {' '.join(command[:4])}", code=MACHINE
        )
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=_environment(),
                cwd=where,
                start_new_session=True,
            )
        except OSError:
            raise fault from None
        cell = cls(process)
        try:
            async with asyncio.timeout(START):
                ready = await cell._told() == ["ready"]
        except (EOFError, ConnectionError, TimeoutError):
            ready = False
        except BaseException:  # cancelled: no process stays behind
            await cell.end()
            raise
        if not ready:
            await cell.end()
            raise fault
        return cell

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def serve(self, job: Job, limits: Limits) -> Reading | Wanted | Refused:
        """What the job comes to; a Refused is a value here, for the cell is well. Raises Broken where it is not."""
        self.jobs += 1
        try:
            async with asyncio.timeout(limits.clock):
                await self._give(job)
                return await self._outcome(job)
        except TimeoutError:
            raise Broken(f"took longer than {limits.clock:g} s to read") from None
        except (EOFError, ConnectionError):
            raise Broken(_died(await self._farewell(), limits)) from None

    async def end(self) -> None:
        """Puts the process to an end, whatever it does."""
        with suppress(ProcessLookupError):
            self._process.kill()
        with suppress(ConnectionError):
            await self._process.communicate()

    async def _give(self, job: Job) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        for each in job.frames():
            pipe.write(each)
            await pipe.drain()

    async def _outcome(self, job: Job) -> Reading | Wanted | Refused:
        items: list[Item] = []
        notes: list[str] = []
        while True:
            match await self._told():
                case ["item", told] if len(items) + len(notes) < job.most:
                    try:
                        items.append(_own(wire.rebuilt(told), job.name))
                    except ValueError as error:
                        notes.append(f"an item was left out: {error}")
                case ["done", [*more], int(pause), str(title), str(generator)]:
                    about = About(title, generator)
                    return Reading(tuple(items), tuple(map(str, [*more, *notes])), pause, about)
                case ["wanted", str(url)] if url not in job.pages:
                    return Wanted(url)
                case ["missing", str(url)] if isinstance(page := job.pages.get(url), Refused):
                    return page
                case ["fault", str(what), str(hint)]:
                    return job.refused(what, hint)
                case _:
                    raise Broken("made its reader talk nonsense")

    async def _told(self) -> Any:
        pipe = self._process.stdout
        assert pipe is not None
        (length,) = wire.LENGTH.unpack(await pipe.readexactly(wire.LENGTH.size))
        if length > wire.LONGEST:
            return None
        content = await pipe.readexactly(length)
        try:
            return wire.parts(content)
        except ValueError:
            return None

    async def _farewell(self) -> int | None:
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL):
                return await self._process.wait()
        return None


def _own(item: Item, source: str) -> Item:
    if item.source != source:
        raise ValueError(f"it says that it is from '{item.source[:80]}'")
    return item


def _died(code: int | None, limits: Limits) -> str:
    if code == inside.OUT_OF_MEMORY:
        return f"needed more memory than {limits.memory // MIB} MiB to read"
    if code is None or code >= 0:
        return f"made its reader stop (exit {code})"
    name = SIGNALS.get(-code, f"signal {-code}")
    return f"took more than {limits.cpu} s of CPU to read" if name == "SIGXCPU" else f"crashed its reader ({name})"


def _environment() -> dict[str, str]:
    """Where Python's modules are, and nothing else of ours: no key, no token, no proxy, no zone, no locale."""
    paths = os.pathsep.join(str(Path(path).absolute()) for path in sys.path if path and Path(path).exists())
    fixed = {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"}
    return {name: os.environ[name] for name in KEPT if name in os.environ} | fixed | GIVEN_BACK
