"""Work that this process shares with copies of itself, which take what is next until nothing is left.

What a copy leaves undone, for whatever reason, is left to the caller, so that a fault shows as it always did. Copies
are made on Linux only, where that is cheap and safe; elsewhere one process does all.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from struct import Struct
from typing import IO, TypeVar

FEWEST = 48
"""Items for which a copy is worth its cost."""
HANDFUL, HANDFULS = 4, 8000
"""Items that are taken at once, of which the last ones keep others waiting; and how many times that is: a pipe holds
their numbers."""
NUMBER, HEAD = Struct("<I"), Struct("<II")
Item = TypeVar("Item")
_made: list[int] = []
"""Copies that nobody has waited for, by their process ids."""


def processors() -> int:
    """How many processors this process may use; 1 where it should not be copied."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def shared(
    items: Sequence[Item],
    work: Callable[[Item], bytes | None],
    jobs: int,
    kin: Callable[[Item], int] = lambda _: 0,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[tuple[int, bytes]]:
    """What `work` gave for an item, with its place in `items`; in no order, and as it comes. Missing are items that a
    copy failed on, or that `work` gave None for. Neighbours of one `kin`, but for 0, are done by one process; those of
    a kin above 0 are worth a copy. This process begins with what it is to do `meanwhile`, where there are copies."""
    kins = [kin(item) for item in items]
    worth = max(1, len(items) // FEWEST, len({each for each in kins if each > 0}))
    jobs = min(jobs, processors() if jobs > 1 else 1, worth)
    if jobs < 2:
        yield from _done(enumerate(items), work)
        return
    handfuls = list(_handfuls(kins, max(1, min(HANDFUL, len(items) // (jobs * 8)), -(-len(items) // HANDFULS))))
    waiting = _pipe(range(len(handfuls)))
    taken = ((place, items[place]) for number in _numbers(waiting) for place in handfuls[number])
    copies: list[tuple[int, IO[bytes]]] = []
    bury()
    ended, end = os.pipe()
    try:
        with _frozen(), open(end, "wb", buffering=0):  # noqa: PTH123 - copies alone keep it open
            for _ in range(jobs - 1):
                results: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed below, after its writer has ended
                copies.append((_copied(taken, work, results, end), results))
        meanwhile()
        yield from _done(taken, work)
        os.read(ended, 1)  # waits until all have closed their end: to give back their memory takes them longer
        for _, written in copies:
            yield from _read(written)
    except BaseException:
        _stop(process for process, _ in copies)
        raise
    finally:
        os.close(waiting)
        os.close(ended)
        for _, written in copies:
            written.close()


def bury() -> None:
    """Copies take a while to give their memory back: nobody waits for that before the next ones are made."""
    while _made:
        with suppress(ChildProcessError):  # this process is a copy itself, and they are not its own
            os.waitpid(_made.pop(), 0)


def aside(work: Callable[[], bool]) -> Callable[[], bool]:
    """A copy of this process, where there is a processor for it, does what leaves nothing in memory. What is given
    waits for its end, and says what `work` said."""
    if processors() < 2:
        done = work()
        return lambda: done
    with warnings.catch_warnings(action="ignore"):
        process = os.fork()
    if not process:
        done = False
        with suppress(BaseException):  # as if it had said no
            done = work()
        os._exit(not done)
    return lambda: os.waitpid(process, 0)[1] == 0


def _handfuls(kins: Sequence[int], size: int) -> Iterator[range]:
    """Places that are taken at once: `size` of them, or all neighbours of one kin."""
    first = 0
    while first < len(kins):
        end = first + 1
        while end < len(kins) and kins[end] == kins[first] and (kins[first] or end < first + size):
            end += 1
        yield range(first, end)
        first = end


def _done(items: Iterator[tuple[int, Item]], work: Callable[[Item], bytes | None]) -> Iterator[tuple[int, bytes]]:
    for place, item in items:
        result = work(item)
        if result is not None:
            yield place, result


def _copied(
    items: Iterator[tuple[int, Item]], work: Callable[[Item], bytes | None], results: IO[bytes], end: int
) -> int:
    """Starts a copy of this process, which closes `end` once all of its results are there. Gives its process id."""
    above = os.getpid()
    with warnings.catch_warnings(action="ignore"):  # of threads: a copy touches nothing that they may hold
        process = os.fork()
    if process:
        _made.append(process)
        return process
    with suppress(BaseException):  # what is missing is done again by who can say why
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.disable()
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - as short as it gets
            sys.stdout = sys.stderr = nowhere
            for place, result in _done(items, work):
                results.write(HEAD.pack(place, len(result)) + result)
                if os.getppid() != above:
                    break
            results.flush()
            os.close(end)
    os._exit(0)


def _stop(processes: Iterable[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)
    bury()


def _read(results: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """A copy that was killed may have written half a result at the end."""
    results.seek(0)
    while len(head := results.read(HEAD.size)) == HEAD.size:
        place, size = HEAD.unpack(head)
        if len(result := results.read(size)) < size:
            return
        yield place, result


@contextmanager
def _frozen() -> Iterator[None]:
    """What is there at a fork is not looked at for garbage, which would copy its memory."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _pipe(numbers: range) -> int:
    """A pipe to read from, which holds these numbers and no more."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(NUMBER.pack(number) for number in numbers))
    os.close(writing)
    return reading


def _numbers(pipe: int) -> Iterator[int]:
    """What a pipe still holds; what one process has read, no other one reads."""
    while len(number := os.read(pipe, NUMBER.size)) == NUMBER.size:
        yield NUMBER.unpack(number)[0]
