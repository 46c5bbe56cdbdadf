"""What `invoke` runs: a function of tasks.py that ends in an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import wraps
from io import TextIOWrapper
from typing import Any

from invoke.exceptions import Exit
from invoke.tasks import task

from . import errors

LACKS = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE)
MACHINE_FAULTS = {*LACKS, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
Work = Callable[..., "int | None"]


def verb(**options: str) -> Callable[[Work], Any]:
    """A task with a line of help for each option. What a person can mend ends in an exit code, not in a traceback."""

    def made(work: Work) -> Any:
        @wraps(work)
        def run(*given: Any, **chosen: Any) -> None:
            for stream in (sys.stdout, sys.stderr):
                if isinstance(stream, TextIOWrapper):
                    stream.reconfigure(errors="replace")  # a terminal may know fewer letters than people write
            try:
                code = work(*given, **chosen) or 0
                sys.stdout.flush()
            except errors.Refused as refused:
                code = errors.report(refused.faults)
            except BrokenPipeError:  # whoever read it has read enough, as `head` does
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                code = errors.DONE
            except OSError as error:
                if error.errno not in MACHINE_FAULTS:
                    raise
                where = str(error.filename or "this machine")
                code = errors.report([errors.Fault(where, 0, str(error.strerror), code=errors.MACHINE)])
            if code:
                raise Exit(code=code)

        return task(run, name=work.__name__.rstrip("_"), help=options)  # `import_`, since `import` is Python's own

    return made
