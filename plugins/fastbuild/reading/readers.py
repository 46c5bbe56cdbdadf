"""Pelican's readers, which also tell whether the clock had a part in what they read.

Pelican completes a date that says no year, month or day with today's. What was read so is right until midnight.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from pelican.readers import BaseReader, MarkdownReader, Readers

from ..trust import is_known
from . import moments
from .names import slugged

DATES = {"date", "modified"}
WRAPPED = {"author", "authors", "category", "tags"}


@dataclass
class Clock:
    asked: bool = False
    """Set by the first date that the clock had a part in; who wants to know sets it back."""
    heads: bool = False
    """Whether Markdown is read without its text: for what belongs to another machine, and only stands in lists here."""


CLOCK = Clock()


class Noting:
    """What is added to the class of a reader."""

    def wanted(self, text: str) -> str:
        """Of Markdown that only stands in lists no more than its head, unless it moves files, for all to know."""
        return text.partition("\n\n")[0] if CLOCK.heads and "attach" not in text else text

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
