"""Dates as JSON and back, zone and class included; and which texts say a date without help of the clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pelican.utils import SafeDatetime, dateutil

from .light import Date

tz, parse = dateutil.tz, dateutil.parser.parse  # what Pelican reads dates with

KINDS: list[type[datetime]] = [datetime, SafeDatetime, Date]
USUAL = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?", re.ASCII)
OTHER_DAY = SafeDatetime(2001, 10, 29)  # another year, month, day and weekday than any of the same text today
Encoded = tuple[str, int, str | int | None]
"""ISO text without a zone, place in KINDS, and the zone: a name, seconds east of UTC as dateutil has it, or none."""


def encoded(date: datetime) -> Encoded | None:
    """None where it has a zone that JSON cannot say."""
    kind = next((place for place, each in enumerate(KINDS) if type(date) is each), None)
    zone = _zone(date)
    if kind is None or date.fold or (zone is None and date.tzinfo is not None):
        return None
    return date.replace(tzinfo=None).isoformat(), max(kind, 1) if kind else 0, zone


def _zone(date: datetime) -> str | int | None:
    zone: Any = date.tzinfo
    if isinstance(zone, ZoneInfo):
        return zone.key
    if zone is UTC:
        return "+"
    if type(zone) is tz.tzutc:
        return "-"
    if type(zone) is tz.tzoffset and zone._name is None:
        return int(zone._offset.total_seconds())
    return None


def decoded(said: Any) -> datetime:
    text, kind, zone = said
    date = (Date if kind else datetime).fromisoformat(text)
    return date if zone is None else date.replace(tzinfo=_known_zone(zone))


@lru_cache(maxsize=100)
def _known_zone(said: str | int) -> Any:
    if isinstance(said, int):
        return tz.tzoffset(None, said)
    return {"+": UTC, "-": tz.UTC}.get(said) or ZoneInfo(said)


def parsed(text: str) -> SafeDatetime | None:
    """What Pelican makes of a date in the usual form, without trying all others; None for any other form."""
    found = USUAL.fullmatch(text.strip())
    if not found:
        return None
    try:
        return SafeDatetime(*(int(number or 0) for number in found.groups()))
    except ValueError:
        return None


def is_whole(text: str, date: datetime) -> bool:
    """Whether the clock had no part in `date`, which Pelican read from `text`: it completes what a text leaves out."""
    return bool(parse(re.sub(" +", " ", text), default=OTHER_DAY) == date)
