"""Sends notices to one receiver, one at a time: it is obeyed when it asks to wait, and left alone when it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import SOURCES, Fault, Unread
from .notice import Clock, Notice, Web

LONGEST = 300.0
"""Seconds for all notices to one receiver, its waits included."""
TRIES = 3
"""Of one notice, where each answer asks to wait; and failures in a row after which a receiver is left alone."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of it: the paths that were told of, and a fault for each notice that was not taken."""

    told: frozenset[str]
    faults: tuple[Fault, ...]


async def deliver(web: Web, notices: Sequence[Notice], clock: Clock) -> Delivery:
    """Sends all of `notices`, to one receiver. Never raises for what the receiver does."""
    told: set[str] = set()
    faults: list[Fault] = []
    ends, failed = clock.now() + LONGEST, 0
    for place, notice in enumerate(notices, 1):
        try:
            await _post(web, notice, clock, ends)
        except Unread as unread:
            faults.append(_fault(unread, notice))
            failed = TRIES if unread.retry_after is not None else failed + 1
        else:
            told.update(notice.paths)
            failed = 0
        if left := _paths(notices[place:]):
            why = "is left alone now" if failed >= TRIES else f"took longer than {LONGEST:g} s"
            if failed >= TRIES or clock.now() > ends:
                faults.append(Fault(notice.where, 0, f"{why}; {_untold(left)}", "", SOURCES))
                break
    return Delivery(frozenset(told), tuple(faults))


async def _post(web: Web, notice: Notice, clock: Clock, ends: float) -> None:
    """Raises Unread where it is not taken, and would not be before the end."""
    for attempt in range(1, TRIES + 1):
        try:
            await web.post(notice.to, notice.body, notice.type)
            return
        except Unread as unread:
            wait = max(unread.retry_after or 0, 1)
            if unread.retry_after is None or attempt == TRIES or clock.now() + wait > ends:
                raise
            await clock.sleep(wait)


def _fault(unread: Unread, notice: Notice) -> Fault:
    turned_down = 400 <= unread.status < 500 and unread.retry_after is None
    hint = notice.hint if turned_down else "" if unread.status >= 500 else unread.hint
    what = f"{unread.what}; {_untold(notice.paths)}"
    return Fault(notice.where, 0, what, hint, SOURCES)


def _paths(notices: Sequence[Notice]) -> list[str]:
    return [path for notice in notices for path in notice.paths]


def _untold(paths: Sequence[str]) -> str:
    return f"not told of {paths[0]}" + (f" and {len(paths) - 1} more" if len(paths) > 1 else "")
