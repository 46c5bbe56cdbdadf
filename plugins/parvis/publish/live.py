"""Waits until the site serves what was sent: hosts take a while, and a hub that is told too early reads old bytes."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from ..errors import Unread
from .notice import Clock, Web

FIRST_PAUSE, LONGEST_PAUSE = 3.0, 30.0
"""Seconds between two looks; each pause is half as long again as the one before."""


class Sight(Enum):
    """What was seen: the new bytes, nothing at all from this machine, or other bytes to the end."""

    LIVE = "live"
    UNSEEN = "unseen"
    LATE = "late"


async def sight(
    web: Web, url: str, wanted: bytes, *, seconds: float, clock: Clock, say: Callable[[str], None]
) -> tuple[Sight, str]:
    """Looks at `url` until it gives `wanted`, at most so many seconds; with what stood in the way, in words."""
    ends, pause, etag, looked = clock.now() + seconds, FIRST_PAUSE, "", False
    while True:
        asked = 0
        try:
            answer = await web.get(url, etag=etag)
        except Unread as unread:
            if not looked and not unread.status:
                return Sight.UNSEEN, unread.what
            why, asked = unread.what, unread.retry_after or 0
        else:
            if answer.body == wanted and not answer.not_modified:
                return Sight.LIVE, ""
            why, etag = "still serves something else", answer.etag or etag
        pause = max(pause, asked)
        if clock.now() + pause > ends:
            return Sight.LATE, why
        if not looked:
            say(f"waiting until {url} serves what was sent, {seconds:g} s at most")
        await clock.sleep(pause)
        looked, pause = True, min(pause * 1.5, LONGEST_PAUSE)
