"""What a tree of processes holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.memory import Peak

HOLDS = "b = b'x' * (40 * 2**20); import time; time.sleep(1)"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLDS!r}])"


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="this system does not tell")
def test_what_a_child_holds_counts_too() -> None:
    peak = Peak()
    with subprocess.Popen([sys.executable, "-c", CHILD], text=True) as process:
        peak.watch(process)

    assert peak.sum >= peak.tree > 40
