"""Copies of this process that do a part of its work and end without a word.

Only Linux copies a process cheaply and safely. A copy says nothing, since the console may be held by a thread that was
not copied.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path


def processors() -> int:
    """How many processors this process may use; 1 where it should not be copied."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def copied(work: Callable[[], None]) -> int:
    """Starts a copy that does `work`, and ends with 0 where that went well. Gives its process id."""
    with warnings.catch_warnings(action="ignore"):  # of threads: a copy touches nothing that they may hold
        process = os.fork()
    if process:
        return process
    status = 1
    try:
        gc.disable()  # it ends before there is much garbage, and looking would take memory of its own
        logging.disable()
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            sys.stdout = sys.stderr = nowhere
            work()
            status = 0
    finally:
        os._exit(status)


def ended(process: int) -> bool:
    """Waits for a copy; whether it went well."""
    return not os.waitpid(process, 0)[1]
