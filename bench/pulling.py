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


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one pull said of itself, seconds by the clock, and what all its processes held at once."""

    told: dict[str, float]
    took: float
    peak: Peak

    @property
    def memory(self) -> float:
        """MiB of all processes; of the pull alone where the system does not tell."""
        return self.peak.tree or self.told["memory"]


def run(tell: Tell) -> float:
    """Pulls each case twice and tells; gives the largest part of a limit that was used."""
    limits = f"{'seconds':>9}{'of':>5}{'CPU':>8}{'MiB':>7}{'of':>5}"
    tell(f"{'pull':<30}{limits}{'sum':>6}{'pull':>6}{'reader':>8}  new, named")
    return max(_case(case, tell) for case in CASES)


def _case(case: Case, tell: Tell) -> float:
    hostile = sum(bool(act) for _, _, act in sources(case.count, case.share))
    with TemporaryDirectory(prefix="parvis-bench-") as folder, _served(case) as port:
        _write(Path(folder), case, port)
        first, second = _pulled(folder), _pulled(folder)
    told, good = first.told, (case.count - hostile) * case.items
    complete = "" if told["good"] == good else f"; {good - told['good']} MISSING of the good ones"
    twice = f"; {second.told['new']} OF THEM TWICE" if second.told["new"] else ""
    named = f"  {told['new']:,}, {told['named']} of {hostile} hostile{complete}{twice}"
    tell(f"{case.name:<30}{_cost(first, f'{case.seconds:.0f}', f'{case.memory}')}{named}")
    tell(f"{'  again, with nothing new':<30}{_cost(second)}")
    missing = 2.0 if complete or twice or told["named"] < told["hostile"] else 0.0
    return max(first.took / case.seconds, first.memory / case.memory, missing)


def _cost(pulled: Pulled, seconds: str = "", memory: str = "") -> str:
    """Memory as that of all processes, as the sum of what each holds, and as that of the two largest alone."""
    told = pulled.told
    alone = f"{pulled.peak.sum:>6.0f}{told['memory']:>6.0f}{told['reader']:>8.0f}"
    return f"{pulled.took:>9.1f}{seconds:>5}{told['cpu']:>8.1f}{pulled.memory:>7.0f}{memory:>5}{alone}"


def _pulled(folder: str) -> Pulled:
    command, peak, began = [sys.executable, "-m", __name__, folder], Peak(), perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | PATHS, stdout=subprocess.PIPE, text=True) as pull:
        peak.watch(pull)
        told: dict[str, float] = json.loads(pull.communicate()[0])
    return Pulled(told, perf_counter() - began, peak)


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
