"""What is told to whom: one POST, and the guarded client that sends it, as it is handed in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Notice:
    """`paths` are the files below the output folder that it tells of; `hint` helps where it is turned down."""

    to: str
    type: str
    body: bytes
    paths: tuple[str, ...]
    hint: str

    @property
    def where(self) -> str:
        """The receiver for people and logs: what follows a ? may be a secret."""
        return self.to.partition("?")[0]


class Answer(Protocol):
    """What an address gave; with `not_modified` what it gave before still holds."""

    @property
    def body(self) -> bytes: ...
    @property
    def etag(self) -> str: ...
    @property
    def not_modified(self) -> bool: ...


class Web(Protocol):
    """The one HTTP client. Both raise Unread."""

    async def get(self, url: str, *, etag: str = "") -> Answer: ...
    async def post(self, url: str, body: bytes, type: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds, and how to let some pass."""

    now: Callable[[], float] = monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


def batches(things: Sequence[T], most: int) -> Iterator[tuple[T, ...]]:
    """The same in their order, at most so many at a time."""
    ahead = iter(things)
    while batch := tuple(islice(ahead, most)):
        yield batch
