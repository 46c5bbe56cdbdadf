"""Builds that are killed, damaged, without room or in each other's way: the next one is right, no output half-written.

    python -m tests.fastbuild.harm --items 200 --times 50 --seed 5

`times` builds are killed at random moments, `times` notes of builds are damaged, and so on. On Linux, as root, a small
filesystem in memory stands for a full disk.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.fastbuild.edits import kinds, stock
from tests.fastbuild.edits.trial import Follower, difference
from tests.fastbuild.edits.warm import Ended, Warm
from tests.fastbuild.sites import tree

OURS = Follower("output", 2, 1, 1)
SETTLED = 0.3
"""Seconds in which what a killed build left behind would still write."""
Tree = dict[str, bytes]


@dataclass
class Harm:
    """A site, the process that builds it, and the one that builds it cleanly."""

    world: stock.World
    warm: Warm
    clean: Warm
    faults: list[str] = field(default_factory=list)
    tried: int = 0

    @property
    def live(self) -> Path:
        return self.world.folder / OURS.output

    def wanted(self) -> Tree:
        """What a clean build of the site as it is now makes."""
        copy = self.world.folder.parent / "clean"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.world.folder, copy, ignore=shutil.ignore_patterns("output*", ".*"))
        kinds.stock_clean(self.clean, copy)
        code, said = self.clean.answer()
        assert code == 0, said
        return tree(copy / "output")

    def edit(self) -> None:
        for edit in self.world.chance.sample(SAFE, 3):
            edit(self.world)

    def build(self, **how: object) -> Ended:
        kinds.build(self.warm, self.world.folder, OURS, False, **how)
        return self.warm.answer()

    def right(self, what: str, wanted: Tree) -> None:
        """The next build ends well and is as a clean one."""
        self.tried += 1
        code, said = self.build()
        made = tree(self.live)
        if code or made != wanted:
            self.fault(f"{what}: the next build ended with {code}", *([said] if code else difference(made, wanted)))

    def whole(self, what: str, *wholes: Tree) -> None:
        """The output is one whole site."""
        made = tree(self.live)
        if made not in wholes:
            self.fault(f"{what}: half a site", *difference(made, wholes[-1]))

    def fault(self, *lines: str) -> None:
        self.faults.append("\n".join(lines))


SAFE = [edit for edit in stock.SINGLE if edit is not stock.nothing]


def kills(harm: Harm, times: int) -> None:
    """Builds are killed, and what they began is not; the site is one or the other at once and when all is quiet."""
    start = time.monotonic()
    harm.build()
    takes = time.monotonic() - start
    for number in range(times):
        old = tree(harm.live)
        harm.edit()
        new = harm.wanted()
        moment = takes * harm.world.chance.uniform(0.02, 1.0)
        harm.build(killed_after=moment)
        what = f"kill {number} after {moment:.3f} s"
        harm.whole(what, old, new)
        time.sleep(SETTLED)
        harm.whole(f"{what}, when all is quiet", old, new)
        harm.right(what, new)


def damages(harm: Harm, times: int) -> None:
    """Something that builds noted of each other is cut off, overwritten, emptied or gone; then, half of the time, an
    edit."""
    for number in range(times):
        what = f"damage {number}: {damage(harm)}"
        if harm.world.chance.random() < 0.5:
            harm.edit()
        harm.right(what, harm.wanted())


def damage(harm: Harm) -> str:
    """Of the notes, and not of files that are links to live ones."""
    chance = harm.world.chance
    notes = harm.world.folder / f".{OURS.output}.fastbuild"
    files = [path for path in sorted(notes.rglob("*")) if path.is_file() and path.stat().st_nlink == 1]
    own = [path for path in files if path.parent == notes and path.stat().st_size]
    file = chance.choice(own if chance.random() < 0.8 else files)
    data = bytearray(file.read_bytes())
    at, kind = chance.randrange(len(data) + 1), chance.choice(["cut", "noise", "noise", "zeros", "empty", "gone"])
    if kind == "gone":
        file.unlink()
    elif kind == "cut":
        os.truncate(file, at)
    else:
        size = min(len(data) - at, chance.choice([1, 40, 5000]))
        data[at : at + size] = b"" if kind == "empty" else bytes(size) if kind == "zeros" else chance.randbytes(size)
        file.write_bytes(b"" if kind == "empty" else data)
    return f"{file.relative_to(notes)} of {len(data)} bytes, {kind} at {at}"


def pairs(harm: Harm, times: int) -> None:
    """Two builds of one output at once: one of them may stop and say so, and the site is right in the end."""
    with Warm(3) as other:
        for number in range(times):
            old = tree(harm.live)
            harm.edit()
            new = harm.wanted()
            kinds.build(harm.warm, harm.world.folder, OURS, False)
            time.sleep(harm.world.chance.random() * 0.2)
            kinds.build(other, harm.world.folder, OURS, False)
            codes = sorted([harm.warm.answer(), other.answer()])
            if [code for code, _ in codes] not in ([0, 0], [0, 4]):
                harm.fault(f"pair {number}: {codes}")
            harm.whole(f"pair {number}", old, new)
            harm.right(f"pair {number}", new)


def full_disks(harm: Harm, times: int) -> None:
    """Less and less room on the disk of the output: the site is one or the other, and right when there is room."""
    if sys.platform != "linux" or os.geteuid():
        return
    with small_disk(harm.world.folder) as resize:
        harm.build()
        for number in range(times):
            old = tree(harm.live)
            harm.edit()
            new = harm.wanted()
            room = harm.world.chance.randrange(600)
            resize(room)
            code, _ = harm.build()
            wholes = (old, new) if code else (new,)
            harm.whole(f"full disk {number}, {room} KiB left, ended with {code}", *wholes)
            resize(2**16)
            harm.right(f"full disk {number}", new)


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[int], None]]:
    """The site moves to a filesystem of its own; what is given leaves so many KiB free there."""
    aside = folder.with_name("aside")
    folder.rename(aside)
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=True)
    shutil.copytree(aside, folder, dirs_exist_ok=True, symlinks=True)

    def resize(free: int) -> None:
        state = os.statvfs(folder)
        used = (state.f_blocks - state.f_bfree) * state.f_frsize // 1024
        subprocess.run(["mount", "-o", f"remount,size={used + free}k", folder], check=True)

    try:
        yield resize
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()
        aside.rename(folder)


KINDS = {"kills": kills, "damages": damages, "pairs": pairs, "full disks": full_disks}


def run(folder: Path, items: int, times: int, seed: int, tell: Callable[[str], None]) -> list[str]:
    """Everything, so many times; gives the faults."""
    world = stock.make(folder / "site", items, Random(seed))
    with Warm(1) as warm, Warm(0) as clean:
        harm = Harm(world, warm, clean)
        harm.right("cold", harm.wanted())
        for name, inflict in KINDS.items():
            before, faults = harm.tried, len(harm.faults)
            inflict(harm, times)
            tell(f"{name}: {harm.tried - before} tried, {len(harm.faults) - faults} faults")
    return harm.faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in {"items": 200, "times": 50, "seed": 5}.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--within", type=Path, help="a folder to work in, such as one in memory")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="harm-", dir=given.within) as folder:
        faults = run(Path(folder), given.items, given.times, given.seed, partial(print, flush=True))
    print("\n\n".join([*faults, f"{len(faults)} faults"]))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
