"""`invoke pull`: a progress bar where a person looks on, plain lines elsewhere, the sum last."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from ..errors import report
from ..settings import Settings
from .pull import pull
from .rounds import Told


def run(
    settings: Settings,
    environ: Mapping[str, str],
    *,
    names: Sequence[str] = (),
    dry_run: bool = False,
    json: bool = False,
) -> int:
    """Pulls and tells; gives the exit code. Raises Refused where nothing could be done at all."""
    with _progress(2 * len(names or settings.sources)) as told:
        account = pull(settings, environ, names=names, dry_run=dry_run, told=told)
    if json:
        print(account.json())
        return account.code
    print(*account.table(), sep="\n", flush=True)
    report(account.faults)
    print(account.last())
    return account.code


@contextmanager
def _progress(steps: int) -> Iterator[Told]:
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console  # slow to import, and only for the eye
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("sources", total=steps)
        yield lambda name: progress.update(bar, advance=1, description=name)
