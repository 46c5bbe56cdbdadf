"""Edits a site again and again; after each, what fastbuild made of it must be what a clean build makes.

Several builds follow the same site, each into an output of its own with notes of its own: one of them after every
edit, the others after some, so that they meet several edits at once. They differ in jobs and hash seed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from random import Random
from typing import Any, Protocol

from tests.fastbuild.sites import tree

from .warm import Ended, Warm

Tell = Callable[[str], None]
SHOWN = 12


class Edited(Protocol):
    """What is edited: a site in a folder."""

    folder: Path
    chance: Random

    def ties(self) -> bool: ...


@dataclass(frozen=True)
class Follower:
    """A build of its own: where it writes, with how many jobs, in which hash seed, by which command."""

    output: str
    jobs: int
    hash_seed: int
    often: float
    """How probable it is that it builds after an edit."""
    command: str = "fastbuild"


@dataclass(frozen=True)
class Kind:
    """A kind of site: how it is made, what may be done to it, and the flags and environment of its builds."""

    make: Callable[[Path, int, Random], Any]
    edits: Sequence[Callable[[Any], None]]
    clean: Callable[[Warm, Path], None]
    """Asks for a build that knows nothing of an earlier one, into `output` below a copy of the site."""
    build: Callable[[Warm, Path, Follower, bool], None]
    """Asks for a build by fastbuild, or for one with everything ignored."""


FOLLOWERS = (
    Follower("output-2", 2, 1, 1),
    Follower("output-1", 1, 2, 0.3, command="pelican"),
    Follower("output-4", 4, 1, 0.2),
)


@dataclass
class Found:
    """What a trial compared, and each difference it found."""

    states: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Trial:
    kind: Kind
    folder: Path
    items: int
    seed: int
    tell: Tell = print
    followers: Sequence[Follower] = FOLLOWERS
    found: Found = field(default_factory=Found)

    def run(self, edits: int) -> Found:
        """So many edits; every kind of edit is made before one is made again."""
        world = self.kind.make(self.folder / "site", self.items, Random(self.seed))
        with Warm(0) as clean, Warm(1) as one, Warm(2) as other:
            warm = {0: clean, 1: one, 2: other}
            self._compare("cold", world, warm, self.followers)
            for number, edit in enumerate(self._drawn(world.chance, edits), 1):
                edit(world)
                building = [each for each in self.followers if world.chance.random() < each.often]
                self._compare(f"{number} {edit.__name__}", world, warm, building)
            self._compare("at last", world, warm, self.followers, edited=False)
            self._compare("at last, everything ignored", world, warm, self.followers, edited=False, full=True)
        return self.found

    def _drawn(self, chance: Random, edits: int) -> Iterator[Callable[[Any], None]]:
        bag: list[Callable[[Any], None]] = []
        for _ in range(edits):
            if not bag:
                bag = chance.sample(self.kind.edits, len(self.kind.edits))
            yield bag.pop()

    def _compare(
        self,
        what: str,
        world: Edited,
        warm: dict[int, Warm],
        followers: Sequence[Follower],
        *,
        edited: bool = True,
        full: bool = False,
    ) -> None:
        """Where a build is wrong its output and notes go, so that the next fault is one of its own. Where nothing was
        `edited` the clean build is that of before."""
        if edited:
            self.kind.clean(warm[0], self._copy(world.folder))
        ended: list[tuple[Follower, Ended]] = []
        for follower in followers:
            self.kind.build(warm[follower.hash_seed], world.folder, follower, full)
            ended.append((follower, warm[follower.hash_seed].answer()))
        code, said = warm[0].answer() if edited else Ended(0, "")
        if code:
            raise RuntimeError(f"{what}: the clean build itself ended with {code}\n{said}")
        wanted = tree(self.folder / "clean/output")
        for follower, (code, said) in ended:
            self.found.states += 1
            made = tree(world.folder / follower.output)
            if code or made != wanted:
                fault = f"seed {self.seed}, {what}, jobs {follower.jobs}, hash seed {follower.hash_seed}:"
                self.found.faults.append("\n".join([fault, *([said] if code else difference(made, wanted))]))
                self.tell(self.found.faults[-1])
                forget(world.folder, follower.output)
        self.tell(f"{what}: {len(wanted)} files, {len(ended)} builds compared")

    def _copy(self, folder: Path) -> Path:
        copy = self.folder / "clean"
        shutil.rmtree(copy, ignore_errors=True)
        return Path(shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("output*", ".*", "__pycache__")))


def forget(folder: Path, output: str) -> None:
    """The output and all that stands beside it."""
    for path in [*folder.glob(f"{output}*"), *folder.glob(f".{output}*")]:
        shutil.rmtree(path)


def difference(made: dict[str, bytes], wanted: dict[str, bytes]) -> Iterator[str]:
    """Which files differ, and how the first of them do."""
    for name, paths in {"too many": made.keys() - wanted, "missing": wanted.keys() - made}.items():
        if paths:
            yield f"  {name}: {' '.join(sorted(paths)[:SHOWN])}"
    others = sorted(path for path in made.keys() & wanted if made[path] != wanted[path])
    yield f"  {len(others)} differ: {' '.join(others[:SHOWN])}"
    for path in others[:3]:
        old, new = (side[path].decode("utf-8", "replace").splitlines() for side in (wanted, made))
        yield from list(unified_diff(old, new, f"clean/{path}", f"fastbuild/{path}", n=0, lineterm=""))[:SHOWN]
