"""What runs inside a cell: a process that reads source after source, within limits that it cannot lift.

A cell has two pipes and nothing else: no file to write, no socket, no child, none of the parent's environment. A job
comes with all the pages that are known so far. Where the source wants another one, the cell says which and is done; the
cage fetches it, and gives the job again to whichever cell is free. So no cell waits for the network.

It runs as `python -m parvis.intake.inside ROOM CPU MEMORY`. Windows has no limits on CPU and memory: there the cage's
clock alone ends a job.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, BinaryIO

from ..errors import Refused, refuse
from ..model import Item
from ..sources import Got, Note, Pause, about
from . import wire

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

OUT_OF_MEMORY = 77
MOST_NOTES = 100
OPEN_FILES = 32
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")


class Wanted(BaseException):
    """A page that is not here yet. No Exception, so that no adapter's `except Exception` takes it for a fault."""


class Missing(Refused):
    """A page that could not be had; the cage knows why."""


@dataclass
class Pages:
    """The `get` of a cell: what the cage has fetched so far."""

    known: Mapping[str, Got | None]
    wanted: str = ""

    def __call__(self, url: str) -> Got:
        if url not in self.known:
            self.wanted = self.wanted or str(url)
            raise Wanted
        page = self.known[url]
        if page is None:
            raise Missing(refuse(url, "cannot be read").faults)
        return page


@dataclass
class Telling:
    """What a job sends back, cut where it is too much."""

    most: int
    items: int = 0
    size: int = 0
    pause: int = 0
    notes: list[str] = field(default_factory=list)

    def frames(self, things: Iterator[Item | Note | Pause]) -> Iterator[bytes]:
        for thing in things:
            if isinstance(thing, Note):
                self._note(thing.what)
            elif isinstance(thing, Pause):
                self.pause = max(self.pause, thing.seconds)
            elif self.items == self.most:
                self._note(f"more than {self.most} items: the first {self.most} were taken")
                return
            elif told := self._told(thing):
                if self.size + len(told) > wire.MOST:
                    self._note(f"more than {wire.MOST // 2**20} MiB of items: the first {self.items} were taken")
                    return
                self.items += 1
                self.size += len(told)
                yield told

    def _told(self, item: Item) -> bytes:
        try:
            told = wire.message("item", item)
        except (TypeError, ValueError) as error:
            self._note(f"an item was left out: {error}")
            return b""
        if len(told) > wire.LONGEST:
            self._note(f"an item was left out: larger than {wire.LONGEST // 2**20} MiB")
            return b""
        return told

    def _note(self, what: str) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(what[:500])


def main(room: str, cpu: str, memory: str) -> None:
    """Serves jobs until the pipe closes."""
    inlet, outlet = _pipes()
    try:
        read = import_module(room).read
        _confine(int(memory))
        _say(outlet, wire.message("ready"))
        while job := _receive(inlet):
            _allow(int(cpu))
            _serve(read, wire.parts(job)[0], inlet, outlet)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)


def _serve(read: Any, job: dict[str, Any], inlet: BinaryIO, outlet: BinaryIO) -> None:
    pages = Pages({url: _page(inlet, told) for url, told in job["pages"].items()})
    options = {name: tuple(value) if isinstance(value, list) else value for name, value in job["options"].items()}
    telling = Telling(job["most"])
    fault: Refused | None = None
    try:
        for told in telling.frames(read(job["kind"], job["name"], pages, **options)):
            outlet.write(told)
    except Wanted:
        pass
    except Refused as refused:
        fault = refused
    except MemoryError:
        raise
    except Exception as error:  # whatever it is, it costs this source only
        fault = refuse(job["name"], f"its reader failed ({type(error).__name__}: {str(error)[:200]})")
        fault.__cause__ = error
    _say(outlet, _end(pages, telling, fault))


def _end(pages: Pages, telling: Telling, fault: Refused | None) -> bytes:
    """How a job ended: it wants a page, could not do without a missing one, has a fault, or is done."""
    if pages.wanted:
        return wire.message("wanted", pages.wanted)
    if isinstance(fault, Missing):
        return wire.message("missing", fault.faults[0].where)
    if fault and isinstance(fault.__cause__, RecursionError):
        return wire.message("fault", "is nested too deeply", "look at it in a browser: is it what you meant?")
    if fault:
        return wire.message("fault", fault.faults[0].what[:500], fault.faults[0].hint[:500])
    said = about.of(pages.known.values())
    return wire.message("done", telling.notes, telling.pause, said.title[:500], said.generator[:500])


def _page(inlet: BinaryIO, told: list[str] | None) -> Got | None:
    return Got(_receive(inlet), *told) if told else None


def _receive(inlet: BinaryIO) -> bytes:
    head = inlet.read(wire.LENGTH.size)
    return inlet.read(wire.LENGTH.unpack(head)[0]) if len(head) == wire.LENGTH.size else b""


def _say(outlet: BinaryIO, told: bytes) -> None:
    outlet.write(told)
    outlet.flush()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under numbers of their own, so that a `print` goes nowhere instead of into the protocol."""
    inlet, outlet = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return inlet, outlet


def _confine(memory: int) -> None:
    """Takes away what no reader needs. What the system cannot limit, the hook refuses."""
    sys.addaudithook(_refuse)
    if resource is None:
        return
    limits = {
        "RLIMIT_AS": memory,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_NPROC": 0,
    }
    for name, most in limits.items():
        with suppress(AttributeError, ValueError, OSError):  # not every system has or obeys each of them
            resource.setrlimit(getattr(resource, name), (most, most))


def _allow(cpu: int) -> None:
    """Seconds of CPU for one job. The system counts over the life of a process, so the limit moves on."""
    if resource is not None:
        spent = resource.getrusage(resource.RUSAGE_SELF)
        soft = math.ceil(spent.ru_utime + spent.ru_stime) + cpu
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN) or (event == "open" and isinstance(args[2], int) and args[2] & WRITES):
        raise PermissionError(f"a reader of sources may not use {event}")


if __name__ == "__main__":
    main(*sys.argv[1:])
