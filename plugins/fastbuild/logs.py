"""What was logged while work was done out of order is said in order: as often, and with the same words, as by Pelican.

Pelican drops what it said before and ends a build on the first fault if asked to (`--fatal`). Both happen when a record
is said in its turn, not where it arose.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from pelican.log import FatalLogger, FilteredMessage, LimitLogger

PLAIN = (str, int, float, bool, type(None))
Said = list[Any]
"""A record as JSON: logger, level, message, arguments, file, line, function, message of the limit and its arguments."""


class _Ear(logging.Handler):
    def __init__(self, heard: list[Said]) -> None:
        super().__init__()
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(_plain(record))


class Silence:
    """Between `begin` and `end` no logger says anything; what it would have said is in `heard`. Cheap to use again."""

    def __init__(self) -> None:
        self.heard: list[Said] = []
        self._ear = _Ear(self.heard)
        self._limited: list[LimitLogger] = []
        self._handlers: list[logging.Handler] = []
        self._fatal = FatalLogger.fatal_lvl

    def begin(self) -> None:
        root = logging.getLogger()
        known = [root, *logging.root.manager.loggerDict.values()]
        self._limited = [each for each in known if isinstance(each, LimitLogger) and each.limit_filter in each.filters]
        for logger in self._limited:
            logger.disable_filter()
        self._handlers, root.handlers = root.handlers, [self._ear]

    def end(self) -> None:
        logging.getLogger().handlers = self._handlers
        for logger in self._limited:
            logger.enable_filter()

    def taken(self) -> list[Said]:
        heard = self.heard[:]
        self.heard.clear()
        return heard


@contextmanager
def silence() -> Iterator[Silence]:
    made = Silence()
    made.begin()
    try:
        yield made
    finally:
        made.end()


@contextmanager
def counted() -> Iterator[list[Said]]:
    """Collects what is said meanwhile, which is heard by all others too."""
    heard: list[Said] = []
    ear = _Ear(heard)
    ear.setLevel(logging.WARNING)
    root = logging.getLogger()
    root.addHandler(ear)
    try:
        yield heard
    finally:
        root.removeHandler(ear)


def say(heard: Sequence[Said]) -> None:
    """Says what was heard. Raises RuntimeError where Pelican would, with --fatal."""
    for name, level, message, arguments, file, line, function, limit, limit_arguments in heard:
        logger = logging.getLogger(name)
        if not logger.isEnabledFor(level):
            continue
        record = logger.makeRecord(name, level, file, line, message, tuple(arguments), None, function)
        if limit is not None:
            vars(record).update(limit_msg=limit, limit_args=tuple(limit_arguments))
        with suppress(FilteredMessage):
            logger.handle(record)
            if isinstance(logger, FatalLogger) and FatalLogger.fatal_lvl <= level != logging.CRITICAL:
                raise RuntimeError("Warning or error encountered")


def _plain(record: logging.LogRecord) -> Said:
    """Arguments that JSON cannot hold are put into the message at once."""
    message, arguments = str(record.msg), list(record.args) if isinstance(record.args, tuple) else None
    if arguments is None or not all(isinstance(each, PLAIN) for each in arguments):
        message, arguments = record.getMessage(), []
    limit, limit_arguments = (vars(record).get(name) for name in ("limit_msg", "limit_args"))
    beside = [limit, [str(each) for each in limit_arguments or ()]]
    return [record.name, record.levelno, message, arguments, record.pathname, record.lineno, record.funcName, *beside]
