"""What an answer's headers ask of whoever reads it: to wait, and where it goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 30 * 24 * 3600
LONGEST_SPAN = 10**9  # a larger number of seconds is a time since 1970, and one larger still counts thousandths
LINK = re.compile(r"<([^<>]*)>([^<]*)")
NEXT = re.compile(r"""(?:^|[;,\s])rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)""", re.IGNORECASE)


def retry_after(headers: Mapping[str, str]) -> int | None:
    """A Retry-After in seconds, from a number or a date (RFC 9110, 10.2.3); 30 days at most."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return min(int(value[:12]), LONGEST_WAIT)
    with suppress(ValueError, OverflowError):
        return _until(parsedate_to_datetime(value))
    return None


def exhausted(headers: Mapping[str, str]) -> int | None:
    """Seconds until the source takes requests again, where its limits say that none is left; else None.

    `X-RateLimit-Remaining` and `-Reset` as GitHub (seconds since 1970) and Mastodon (ISO 8601) send them, or
    `RateLimit-…` as Bluesky (seconds since 1970) and the IETF's draft (seconds from now) have it.
    """
    for prefix in ("x-ratelimit-", "ratelimit-"):
        if headers.get(f"{prefix}remaining", "").strip() == "0":
            return _reset(headers.get(f"{prefix}reset", "").strip())
    return None


def onward(headers: Mapping[str, str]) -> str:
    """The address of the next page, as a Link header has it (RFC 8288), or ""."""
    links = LINK.findall(headers.get("link", "")[:8192])
    return next((str(target) for target, said in links if NEXT.search(said)), "")


def _reset(value: str) -> int | None:
    with suppress(ValueError, OverflowError, OSError):
        if not (value.isascii() and value.isdecimal()):
            return _until(datetime.fromisoformat(value))
        seconds = int(value[:16])
        if seconds < LONGEST_SPAN:
            return min(seconds, LONGEST_WAIT)
        return _until(datetime.fromtimestamp(seconds / 1000 if seconds > 100 * LONGEST_SPAN else seconds, UTC))
    return None


def _until(moment: datetime) -> int:
    wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(0, int(wait.total_seconds())), LONGEST_WAIT)
