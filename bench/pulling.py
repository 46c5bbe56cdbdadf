"""What a pull costs: a thousand sources of which some are hostile, and a hundred thousand items.

The servers are a process of their own on this machine; the pull is another one, so that its time and its memory are
its alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from .hostile import HOSTILE, TRUSTED
from .memory import MIB, Peak
from .race import Tell
from .servers import address, sources

ROOT = Path(__file__).parent.parent
BRAND = "name: Bench\nauthority: bench.example,2026\n"
PATHS = {"PYTHONPATH": str(ROOT / "plugins"), **TRUSTED}


@dataclass(frozen=True, slots=True)
class Case:
    """`share` of the sources are hostile, each other one has `items`; limits in seconds and MiB."""

    name: str
    count: int
    share: float
    items: int
    seconds: float
    memory: int


CASES = (
    Case("1,000 sources, 6 % hostile", 1000, 0.06, 5, 30, 200),
    Case("100,000 items of 100 sources", 100, 0.0, 1000, 60, 500),
)


def run(tell: Tell) -> float:
    """Pulls each case once and tells; gives the largest part of a limit that was used."""
    tell(f"{'pull':<30}{'seconds':>9}{'of':>5}{'CPU':>8}{'MiB':>7}{'of':>5}{'reader':>8}  {'new':>7}  named")
    return max(_case(case, tell) for case in CASES)


def _case(case: Case, tell: Tell) -> float:
    hostile = sum(bool(act) for _, _, act in sources(case.count, case.share))
    with TemporaryDirectory(prefix="parvis-bench-") as folder, _served(case) as port:
        _write(Path(folder), case, port)
        began = perf_counter()
        command = [sys.executable, "-m", __name__, folder]
        peak = Peak()
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | PATHS, stdout=subprocess.PIPE, text=True) as pull:
            peak.watch(pull)
            told = json.loads(pull.communicate()[0])
        took = perf_counter() - began
    good = (case.count - hostile) * case.items
    complete = "" if told["good"] == good else f"  {good - told['good']} MISSING of the good ones"
    cost = f"{took:>9.1f}{case.seconds:>5.0f}{told['cpu']:>8.1f}{told['memory']:>7.0f}{case.memory:>5}"
    named = f"{told['named']} of {hostile} hostile{complete}"
    tell(f"{case.name:<30}{cost}{told['reader']:>8.0f}  {told['new']:>7,}  {named}")
    missing = 2.0 if complete or told["named"] < told["hostile"] else 0.0
    return max(took / case.seconds, float(told["memory"]) / case.memory, missing)


@contextmanager
def _served(case: Case) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.servers", str(case.count), str(case.share), str(case.items)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield int(server.stdout.readline())
        finally:
            server.kill()


def _write(folder: Path, case: Case, port: int) -> None:
    known = list(sources(case.count, case.share))
    entries = (f"{name}: {{kind: feed, url: '{address(name, host, act, port)}'}}\n" for name, host, act in known)
    (folder / "content").mkdir()
    (folder / "content/brand.yml").write_text(BRAND, "utf-8")
    (folder / "content/sources.yml").write_text("".join(entries), "utf-8")
    bad = {name: HOSTILE[act].said for name, _, act in known if act}
    told = {"allow": [f"{host}:{port}" for _, host, _ in known], "bad": bad}
    (folder / "case.json").write_text(json.dumps(told), "utf-8")


def once(folder: Path) -> dict[str, float]:
    """Pulls the hub in `folder`, and says what it took: CPU seconds, and MiB of the pull and of its largest reader."""
    import resource

    from parvis import settings
    from parvis.intake.pull import pull

    case = json.loads((folder / "case.json").read_text("utf-8"))
    account = pull(settings.load({"fetch": {"allow": case["allow"]}}, folder), {})
    own, cells = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    bad = [line for line in account.lines if line.name in case["bad"]]
    need = [line for line in bad if case["bad"][line.name]]
    return {
        "new": account.sum[0],
        "good": sum(line.counts[0] for line in account.lines if line.name not in case["bad"]),
        "named": sum(bool(line.faults or line.kept.notes or line.counts[0]) for line in bad),
        "hostile": len(bad) if need else 0,
        "cpu": own.ru_utime + own.ru_stime + cells.ru_utime + cells.ru_stime,
        "memory": own.ru_maxrss / MIB,
        "reader": cells.ru_maxrss / MIB,
    }


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]))))
