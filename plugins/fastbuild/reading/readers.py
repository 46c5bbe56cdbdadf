"""Pelican's readers, which also tell whether the clock had a part in what they read.

Pelican completes a date that says no year, month or day with today's. What was read so is right until midnight.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from pelican.readers import BaseReader, MarkdownReader, Readers
from pelican.settings import DEFAULT_CONFIG

from ..trust import is_known
from . import moments
from .names import slugged

DATES = {"date", "modified"}
USUAL = ("STATIC_EXCLUDES", "IGNORE_FILES", "INTRASITE_LINK_REGEX")
STATIC = re.compile(r"static[|}]([^\s\"'<>)]*)")
WRAPPED = {"author", "authors", "category", "tags"}


@dataclass
class Clock:
    asked: bool = False
    """Set by the first date that the clock had a part in; who wants to know sets it back."""
    heads: bool = False
    """Whether Markdown is read without its text: for what belongs to another machine, and only stands in lists here."""


CLOCK = Clock()


def until(content: Any, now: float) -> float | None:
    """When reading the same file would give something else: seconds, as `now`."""
    if CLOCK.asked:
        midnight = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return midnight.timestamp()
    date = content.__dict__.get("date")
    if not content.settings["WITH_FUTURE_DATES"] and date is not None and date.year < datetime.max.year:
        moment = float(date.timestamp())
        return moment if moment > now else None
    return None


def only_found(text: str, settings: Mapping[str, Any]) -> bool:
    """Whether Pelican finds the files that a text links to by `{static}` without it: it takes all that lies in
    STATIC_PATHS, but for what it is told to leave."""
    folders = tuple(f"/{path}/" for path in settings["STATIC_PATHS"])
    usual = all(settings[name] == DEFAULT_CONFIG[name] for name in USUAL)
    return usual and all(
        link.startswith(folders) and "/." not in link and "%" not in link for link in STATIC.findall(text)
    )


class Noting:
    """What is added to the class of a reader."""

    settings: Mapping[str, Any]

    def wanted(self, text: str) -> str:
        """Of Markdown that only stands in lists no more than its head, unless it moves or adds files, for all to
        know."""
        if not CLOCK.heads or "attach" in text or ("static" in text and not only_found(text, self.settings)):
            return text
        return text.partition("\n\n")[0]

    def process_metadata(self, name: str, value: Any) -> Any:
        further: Any = super()
        if name in WRAPPED:
            made = further.process_metadata(name, value)
            slugged(made, self.__dict__.setdefault("_slugs", {}))
            return made
        if name not in DATES or not isinstance(value, str):
            return further.process_metadata(name, value)
        text = value.replace("_", " ") if name == "date" else value
        usual = moments.parsed(text)
        if usual is not None:
            return usual
        read = further.process_metadata(name, value)
        if not isinstance(read, datetime) or not moments.is_whole(text, read):
            CLOCK.asked = True
        return read


def noting(readers: Readers) -> None:
    """For the signal `readers_init`."""
    for extension, kind in readers.reader_classes.items():
        if kind and kind is not BaseReader and kind.process_metadata is BaseReader.process_metadata:
            readers.reader_classes[extension] = noted(_quicker(kind))


def _quicker(kind: Any) -> Any:
    if kind is not MarkdownReader:
        return kind
    from .. import reader  # Markdown is there, then

    return reader.MarkdownReader


@lru_cache(maxsize=100)
def noted(kind: type[BaseReader]) -> type[BaseReader]:
    """Of the same name: Pelican keeps it as the metadata `reader`."""
    return type(kind.__name__, (Noting, kind), {"__module__": kind.__module__})


def strange(readers: Readers, trust: Collection[str]) -> list[str]:
    """Modules of readers that are not Pelican's own: what they look at is theirs to know."""
    kinds = {type(reader) for reader in readers.readers.values()} - {BaseReader}
    found = {kind.__module__ for kind in kinds if not issubclass(kind, Noting) or not is_known(kind.__module__, trust)}
    return sorted(found)
