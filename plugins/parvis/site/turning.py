"""Tells the writer until when this site holds: then a date in it passes, and it comes out another by itself.

Texts wait for their date, consent ends with its day, words to share have a first and a last moment. Whatever counts in
days counts from midnight on, where the brand is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from ..kinds import Head

EDGES = (timedelta(0), timedelta(microseconds=1), timedelta(seconds=1))
"""What holds up to a moment changes at it or right after it, and what is dated within the last second has a second."""


class Turning(Generator):
    """Writes nothing."""

    def generate_output(self, writer: Writer) -> None:
        tell = getattr(writer, "until", None)
        if tell and not self.settings["PARVIS_RECALLED"]:  # else that is known
            documents = self.settings["PARVIS_LIBRARY"].documents.values()
            tell(following(self.settings["PARVIS_NOW"], (document.head for document in documents)))


def following(now: datetime, heads: Iterable[Head]) -> datetime:
    """The first moment after `now`, in the zone of the brand, at which anything may change."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    near = (moment for head in heads for moment in moments(head) if moment > now - EDGES[-1])
    turns = (moment + edge for moment in near if moment < midnight for edge in EDGES)
    return min((turn for turn in turns if turn > now), default=midnight)


def moments(head: Head) -> Iterator[datetime]:
    found: tuple[Any, ...] = (head.date, head.share.embargo, head.share.until, getattr(head, "updated", None))
    return (moment for moment in found if isinstance(moment, datetime))


def generators(pelican: Pelican) -> type[Turning]:
    return Turning


def register() -> None:
    signals.get_generators.connect(generators)
