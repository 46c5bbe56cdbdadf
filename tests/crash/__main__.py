"""Pulls that are killed, or refused by the machine, or lose the network: nothing torn, and one more makes it good.

    python -m tests.crash --kills 200 --faults 40 --items 1000 --sources 50 --seed 1
    python -m tests.crash --naive        files written straight into their places: this must find faults, and end with 1

Of the kills a third comes by the clock, spread over the whole run, a third at calls to the disk, and a third in the
middle of a write. What a pull has to do: new items, edits of pending ones and of approved ones, items that
became delicate, items that are gone, pictures, a flood, copies, a mailbox, tables, and a source that changed hands.
The harm of a full disk is a real one as root on Linux, in a small filesystem in memory.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.crash import world
from tests.crash.trial import Trial
from tests.crash.upstream import serving

HARMS: dict[str, Callable[[Trial], None]] = {
    "full disk": Trial.full_disk,
    "no rights": Trial.no_rights,
    "I/O error": lambda trial: trial.refused("I/O error"),
    "lost network": Trial.lost_network,
    "few open files": Trial.few_files,
}
WAYS = ("clock", "call", "write")
OPTIONS = {"kills": 200, "faults": 40, "items": 1000, "sources": 50, "seed": 1}
Tell = Callable[[str], None]


@contextmanager
def prepared(folder: Path, items: int, sources: int, seed: int, naive: bool = False) -> Iterator[Trial]:
    """A hub, and the servers of its sources."""
    voices = world.voices(items, sources)
    with serving(voices) as upstream:
        trial = Trial(folder, upstream, voices, Random(seed), naive)
        trial.prepare()
        yield trial


def run(trial: Trial, tell: Tell, kills: int, faults: int) -> list[str]:
    """So many of each; gives what was found."""
    trial.tell = tell
    new = sum(path not in trial.before for path in trial.content(trial.after))
    items = sum(voice.posts for voice in trial.voices)
    asked = f"{trial.calls} calls to the disk, {trial.answers} answers, {trial.whole.took:.1f} s"
    tell(f"{len(trial.voices)} sources, {items} items; the pull adds {new} files: {asked}")
    for number in range(kills):
        trial.killed(WAYS[number % len(WAYS)])
        if not trial.tried % 20:
            tell(f"  {trial.tried} killed, {len(trial.faults)} faults")
    left = ", ".join(f"{times} times {what}" for what, times in sorted(trial.left.items()))
    tell(f"kills: {trial.tried} tried, {len(trial.faults)} faults; {left}")
    for at, (name, inflict) in enumerate(HARMS.items()):
        before, found = trial.tried, len(trial.faults)
        for _ in range(faults // len(HARMS) + (at < faults % len(HARMS))):
            inflict(trial)
        tell(f"{name}: {trial.tried - before} tried, {len(trial.faults) - found} faults")
    return trial.faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in OPTIONS.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--naive", action="store_true", help="write as one would who thinks of nothing")
    parser.add_argument("--within", type=Path, help="a folder to work in, such as one in memory")
    given = vars(parser.parse_args())
    with TemporaryDirectory(prefix="crash-", dir=given.pop("within")) as folder:
        kills, faults = given.pop("kills"), given.pop("faults")
        with prepared(Path(folder), **given) as trial:
            found = run(trial, partial(print, flush=True), kills, faults)
    print(f"{len(found)} faults")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
