"""One site by two machines: two processes make a shard each and a third joins them, or two workers of Dask do.

python bench/shards.py OPTIONS      in the folder of a site, with the options of `python -m fastbuild`
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

WORKERS = """
from distributed import LocalCluster
with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
    print(cluster.scheduler_address, flush=True)
    input()
"""
DASK = find_spec("distributed") is not None


def main(options: list[str]) -> int:
    """Both shards at once, then the merge."""
    build = [sys.executable, "-m", "fastbuild", *options, "--jobs", "1"]
    shards = [subprocess.Popen([*build, "--shard", f"{number}/2"]) for number in (1, 2)]
    codes = [shard.wait() for shard in shards]
    if any(codes):
        return max(codes)
    folders = sorted(str(path) for path in Path.cwd().glob("output.*-of-2"))
    return subprocess.run([*build, "--merge", *folders], check=False).returncode


@contextmanager
def workers() -> Iterator[str]:
    """Two workers, each a process of its own; gives their scheduler's address."""
    asked = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", WORKERS], text=True, **asked) as process:  # type: ignore[call-overload]
        yield process.stdout.readline().strip()
        process.communicate("\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
