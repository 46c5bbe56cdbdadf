"""The workers of a Dask scheduler make a shard each. They run this Python and see this folder: one disk for all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from .refusal import CONFIG, MACHINE, refuse


def begun(address: str, arguments: Sequence[str]) -> Callable[[], int]:
    """Sets all to work. What is given waits for their end, and says into how many shards the site was made."""
    try:
        distributed = import_module("distributed")
    except ImportError:
        refuse("--cluster needs Dask", "pip install 'dask[distributed]'", code=CONFIG)
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, ValueError) as fault:
        refuse(f"--cluster: no scheduler answers at {address}: {fault}", "start one by: dask scheduler", code=MACHINE)
    workers = sorted(client.scheduler_info(n_workers=-1)["workers"])
    if not workers:
        refuse(f"--cluster: {address} has no workers", f"start some by: dask worker {address}", code=MACHINE)
    meeting = tempfile.TemporaryDirectory(prefix=".fastbuild-", dir=Path.cwd(), ignore_cleanup_errors=True)
    command = [sys.executable, "-m", "fastbuild", *arguments, "--jobs", "1", "--relay", meeting.name, "--shard"]
    how = {"cwd": str(Path.cwd()), "env": dict(os.environ), "capture_output": True, "text": True}
    runs = [
        client.submit(subprocess.run, [*command, f"{number}/{len(workers)}"], workers=[worker], pure=False, **how)
        for number, worker in enumerate(workers, 1)
    ]

    def ended() -> int:
        with meeting, client:
            for worker, done in zip(workers, client.gather(runs), strict=True):
                if done.returncode:
                    said = f"the worker {worker} failed:\n{done.stdout}{done.stderr}"
                    refuse(said, "mend that first", code=done.returncode)
        return len(workers)

    return ended
