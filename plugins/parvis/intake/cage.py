"""Reads strangers' documents in processes of their own: what a document breaks there costs only itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

from ..errors import Refused
from ..sources import Got
from .cell import MIB, Broken, Cell, Job, Limits, Reading, Wanted

__all__ = ["Cage", "Limits", "Reading"]

Fetching = Callable[[str], Awaitable[Got]]

WORN_OUT = 100  # jobs after which a cell is replaced: memory comes apart with time
IN_HAND = 128  # sources begun at once: fetching is faster than reading, and pages weigh until they are read
MOST_PAGES = 50
MOST_BYTES = 64 * MIB


class Cage:
    """A few cells, started when first needed and used again: `async with Cage() as cage`."""

    def __init__(self, workers: int = 2, limits: Limits | None = None, *, room: str = "parvis.sources") -> None:
        self._limits, self._room = limits or Limits(), room
        self._places, self._in_hand = asyncio.Semaphore(workers), asyncio.Semaphore(IN_HAND)
        self._idle: list[Cell] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        while self._idle:
            await self._idle.pop().end()

    async def read(
        self, kind: str, name: str, get: Fetching, options: Mapping[str, Any], *, most: int = 10_000
    ) -> Reading:
        """At most `most` items of one source; `options` are the keywords of its kind's `read`, `url` among them.

        `get` runs here, outside, and fetches what the source asks for. Raises Refused: the one that `get` raised where
        the source cannot do without that page, else one fault that says what the document did.
        """
        job = Job(kind, name, options, most)
        async with self._in_hand:
            while isinstance(outcome := await self._attempt(job), Wanted):
                await _fetch(job, outcome.url, get)
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    async def _attempt(self, job: Job) -> Reading | Wanted | Refused:
        """One go with the pages so far. The cell goes back to the others only if it is as good as new."""
        async with self._places:
            cell = await self._cell()
            try:
                outcome = await cell.serve(job, self._limits)
            except Broken as broken:
                await cell.end()
                return job.refused(str(broken))
            except BaseException:  # cancelled, or a fault of ours: in either case nobody will read what it says
                await cell.end()
                raise
            if cell.jobs < WORN_OUT:
                self._idle.append(cell)
            else:
                await cell.end()
            return outcome

    async def _cell(self) -> Cell:
        while self._idle:
            if (cell := self._idle.pop()).alive:
                return cell
            await cell.end()
        return await Cell.start(self._room, self._limits)


async def _fetch(job: Job, url: str, get: Fetching) -> None:
    """Adds a page to the job. One that cannot be had is added too: some sources can do without it."""
    if len(job.pages) == MOST_PAGES:
        raise job.refused(f"asks for more than {MOST_PAGES} pages")
    try:
        job.pages[url] = await get(url)
    except Refused as refused:
        job.pages[url] = refused
    if sum(len(page) for page in job.pages.values() if isinstance(page, Got)) > MOST_BYTES:
        raise job.refused(f"its pages together are larger than {MOST_BYTES // MIB} MiB")
