"""A build that cannot go on says why, and ends with an exit code."""

from __future__ import annotations

import logging
from typing import NoReturn

CONTENT, CONFIG, MACHINE = 1, 2, 4

logger = logging.getLogger(__name__)


def refuse(what: str, hint: str, *, code: int) -> NoReturn:
    """Ends the run. SystemExit and not an error: Pelican's loops must not try again, nor print where it arose."""
    logger.critical("fastbuild: %s\n  hint: %s", what, hint)
    raise SystemExit(code)
