"""Pelican only warns when a file cannot be copied, a full disk included. A site that lacks it is not whole."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

SOURCE = logging.getLogger("pelican.utils")


@contextmanager
def listened_to() -> Iterator[list[str]]:
    """Collects the faults that `pelican.utils.copy_file` logs, also where the log is set to show none."""
    faults: list[str] = []
    level, shown_from = SOURCE.level, SOURCE.getEffectiveLevel()

    def listen(record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and record.args and isinstance(record.args[-1], OSError):
            faults.append(record.getMessage())
        return record.levelno >= shown_from

    SOURCE.setLevel(min(shown_from, logging.WARNING))
    SOURCE.filters.insert(0, listen)  # before the filter that drops what was said before
    try:
        yield faults
    finally:
        SOURCE.removeFilter(listen)
        SOURCE.setLevel(level)
