"""What `invoke` can do: one thin task per verb. The rooms do the work, and are imported when their verb is called."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "plugins"))

from parvis.errors import MACHINE, Fault, Refused, report  # noqa: E402  # plugins/ is on the path only now

MACHINE_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
Work = Callable[..., "int | None"]


def verb(**options: str) -> Callable[[Work], Any]:
    """A task with a line of help for each option. What a person can mend ends in an exit code, not in a traceback."""

    def made(work: Work) -> Any:
        @wraps(work)
        def run(*given: Any, **chosen: Any) -> None:
            try:
                code = work(*given, **chosen) or 0
            except Refused as refused:
                code = report(refused.faults)
            except OSError as error:
                if error.errno not in MACHINE_FAULTS:
                    raise
                code = report([Fault(str(error.filename or "the disk"), 0, str(error.strerror), code=MACHINE)])
            if code:
                raise Exit(code=code)

        return task(run, help=options)

    return made


@verb(publish="as publishconf.py has it, for the web")
def build(c: Context, publish: bool = False) -> int:
    """The site into output/."""
    return pelican("publishconf.py" if publish else "pelicanconf.py")


def pelican(settings: str) -> int:
    """The exit code of a plain run of Pelican: what it writes is what anybody's own run writes."""
    command = [sys.executable, "-m", "pelican", "-s", settings, "--fatal", "errors"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
