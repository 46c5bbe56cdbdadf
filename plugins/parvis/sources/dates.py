"""Dates as feeds write them, in every way that feedparser knows but one."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime

from .values import moment

SHORT = re.compile(r"-?(\d\d)-?(\d\d)(?:-?(\d\d))?")
WHOLE = re.compile(r"\d{4}-?\d\d-?\d\d(?:[Tt ].+)?")
GUESSING = "_parse_date_iso8601"
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def read(raw: str) -> datetime | None:
    """A date in UTC, which holds where no zone is given; None where no one can tell, or no one can have meant it.

    feedparser's reader of ISO 8601 is left out: it completes `2013-xx-27` with today's month, so that what is read
    depends on when. Of its dates the ones that are whole are read here, `20031231` and `031231` among them.
    """
    from feedparser.datetimes import _date_handlers

    for handler in _date_handlers:
        if handler.__name__ != GUESSING:
            try:
                if parsed := handler(raw):
                    return moment(datetime.fromtimestamp(timegm(parsed), UTC))
            except UNREADABLE:
                continue
    return iso(raw)


def iso(raw: str) -> datetime | None:
    """A whole date of ISO 8601, to its last fraction of a second; in UTC, as `read`."""
    raw = raw.strip()
    try:
        if short := SHORT.fullmatch(raw):
            return moment(datetime(2000 + int(short[1]), int(short[2]), int(short[3] or 1), tzinfo=UTC))
        whole = datetime.fromisoformat(raw.upper() if WHOLE.fullmatch(raw) else "")  # RFC 3339, 5.6: t and z will do
    except ValueError:
        return None
    return moment(whole if whole.tzinfo else whole.replace(tzinfo=UTC))
