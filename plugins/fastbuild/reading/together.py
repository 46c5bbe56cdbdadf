"""Texts are read by several processes: with one that is at work already (`ahead`), and with copies of this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .. import forks, watching
from ..ahead import Ahead
from ..run import Run

Work = Callable[[str], bytes | None]


def read(paths: Sequence[str], place: Callable[[str], str], work: Work, run: Run) -> Iterator[tuple[str, bytes]]:
    """As `forks.shared`: paths, and what `work` gave for them. `place` gives the absolute path of one."""
    left = {place(path): path for path in paths}
    if watching.ahead and left:
        yield from _beside(watching.ahead, left, work, run)
    rest = [*left.values()]
    for number, made in forks.shared(rest, work, run.jobs, meanwhile=run.meanwhile):
        yield rest[number], made


def _beside(ahead: Ahead, left: dict[str, str], work: Work, run: Run) -> Iterator[tuple[str, bytes]]:
    """While it is at work: first what it has made, else the last, which it comes to last. Where more than two
    processes are wanted, copies of this one do better."""
    if run.jobs > 2:
        ahead.end()
    elif ahead.runs():
        run.meanwhile()
    ready: list[str] = []
    while left and ahead.runs():
        ready += [each for each in ahead.came() if each in left]
        if ready:
            path = left.pop(ready.pop())
        else:
            place, path = left.popitem()
            ahead.leave(place)
        if (made := work(path)) is not None:
            yield path, made
    ahead.came()
