"""One pull is harmed, what it leaves is looked at, and one more pull has to make it good."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from parvis import matter, nodes
from parvis.errors import DONE, MACHINE, SOURCES, Refused
from tests.crash import world
from tests.crash.disk import FAULTS
from tests.crash.pulled import Ended, Pull
from tests.crash.upstream import ENDLESS, Upstream
from tests.crash.world import Voice, tree
from tests.intake.projects import Hub

Tree = dict[str, bytes]
SMALL = 2**20  # KiB of a disk that is small, and large enough


@dataclass
class Trial:
    """The hub as it was before, as it is after a pull that nothing disturbs, and what that pull asks of the machine."""

    folder: Path
    upstream: Upstream
    voices: list[Voice]
    chance: Random
    naive: bool = False
    tell: Callable[[str], None] = lambda line: None
    before: Tree = field(default_factory=dict)
    after: Tree = field(default_factory=dict)
    whole: Ended = Ended(0, "", 0.0, {})
    answers: int = 0
    clock: Random = field(default_factory=lambda: Random(1))  # its own, for how often it is asked is chance
    tried: int = 0
    faults: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def calls(self) -> int:
        return self.whole.calls[""]

    def prepare(self) -> None:
        """Makes the hub, and pulls it twice without harm: its second and its third pull are the same each time."""
        hub = Hub(self.folder / "base", "".join(voice.entry(self.upstream.port) for voice in self.voices))
        hub.write("content/brand.yml", world.BRAND)
        for moment in (world.FIRST, world.SECOND, world.LATEST):
            world.say(hub, self.voices, moment)
            self.upstream.moment.value = moment
            if moment == world.LATEST:
                break
            ended = self.pull(hub.folder, moment).run()
            assert ended.code == DONE, ended.said
            if moment == world.FIRST:
                world.decide(hub)
        self.before = tree(hub.folder)
        for _ in range(2):
            self.fresh()
            self.upstream.lost_after(ENDLESS)
            self.whole = self.pull(self.work).run()
            self.answers = self.upstream.given
            assert self.whole.code == DONE, self.whole.said
            if self.after and self.content(tree(self.work)) != self.content(self.after):
                self.faults.append("the same pull made other files the second time")
            self.after = tree(self.work)

    def pull(self, folder: Path, moment: int = world.LATEST) -> Pull:
        allow = tuple(f"{voice.host}:{self.upstream.port}" for voice in self.voices if voice.start)
        return Pull(folder, world.MOMENTS[moment], allow)

    def fresh(self) -> None:
        """The hub as it was before. What a small disk is mounted on stays."""
        for path in self.work.iterdir() if self.work.is_dir() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.folder / "base", self.work, dirs_exist_ok=True)

    def killed(self, how: str) -> None:
        """By the `clock` at any moment of the run, or at any `call` to the disk, or in the middle of a `write`."""
        while True:
            self.fresh()
            pull = replace(self.pull(self.work), naive=self.naive)
            if how == "clock":
                moment = self.clock.uniform(0.01, self.whole.took * 1.1)
                what, ended = f"killed after {moment:.3f} s", pull.run(moment)
            else:
                only = "write" if how == "write" else ""
                at = 1 + int(self.whole.calls[only] * self.chance.random())
                what, ended = f"killed at {how} {at}", replace(pull, disk={"at": at, "only": only}).run()
            if ended.code < 0:
                break
        self.judge(what)

    def refused(self, name: str) -> None:
        """The system says no at a call to the disk, once or from then on."""
        at, lasting = self.chance.randrange(1, self.calls + 1), self.chance.random() < 0.5
        self.fresh()
        disk = {"at": at, "harm": FAULTS[name], "lasting": lasting}
        ended = replace(self.pull(self.work), naive=self.naive, disk=disk).run()
        self.said(f"{name} at call {at} of {self.calls}", ended, MACHINE, SOURCES)

    def few_files(self) -> None:
        """Only so many files may be open, and as many as Python needs to begin."""
        more = self.chance.randrange(4, 60)
        self.fresh()
        self.said(f"{more} open files", replace(self.pull(self.work), files=more).run(), MACHINE, SOURCES)

    def no_rights(self) -> None:
        """A folder that cannot be written."""
        self.fresh()
        found = sorted(path for path in (self.work / "content").rglob("*") if path.is_dir())
        folder = self.chance.choice([self.work / ".cache/http", self.work / ".cache/sources", *found])
        folder.chmod(0o555)
        ended = replace(self.pull(self.work), humble=True, naive=self.naive).run()
        folder.chmod(0o755)
        self.said(f"no right to write {folder.relative_to(self.work)}", ended, MACHINE)

    def full_disk(self) -> None:
        """A small disk of its own, with less room than the pull needs, or just enough."""
        with small_disk(self.work) as disk:
            if disk is None:
                return self.refused("disk full")
            self.fresh()
            grows = sum(4 + len(body) // 1024 for path, body in self.after.items() if self.before.get(path) != body)
            room = self.chance.randrange(grows)
            disk.leave(room)
            ended = replace(self.pull(self.work), naive=self.naive).run()
            disk.leave(SMALL)
            return self.said(f"a disk with room for {room} KiB", ended, MACHINE)

    def lost_network(self) -> None:
        """After so many answers every connection breaks."""
        answers = self.chance.randrange(self.answers)
        self.fresh()
        self.upstream.lost_after(answers)
        ended = self.pull(self.work).run()
        self.upstream.lost_after(ENDLESS)
        what = f"the network lost after {answers} answers of {self.answers}"
        self.said(what, ended, SOURCES, exact=False)

    def said(self, what: str, ended: Ended, *codes: int, exact: bool = True) -> None:
        """One clear line and the right code, or all is done."""
        lines = [line for line in ended.said.splitlines() if "  hint: " not in line]
        told = [line for line in lines if ": " in line]
        counted = ended.said.startswith("source ")  # it went on, and named each source that could not be read
        if ended.code not in (DONE, *codes):
            self.fault(f"{what}: ended with {ended.code}", ended.said[-2000:])
        elif ended.code == MACHINE and len(lines) != 1 and not counted:
            self.fault(f"{what}: said {len(lines)} lines", *lines[:5])
        elif ended.code == SOURCES and not told:
            self.fault(f"{what}: named no source", ended.said[-1000:])
        elif ended.code == DONE and exact and self.content(tree(self.work)) != self.content(self.after):
            self.fault(f"{what}: ended with 0, and not all is there")
        self.judge(what, exact=exact and not (ended.code and counted))

    def judge(self, what: str, *, exact: bool = True) -> None:
        """No file is torn now, and after one more pull all is as if nothing had happened."""
        self.tried += 1
        found = tree(self.work)
        shown, old, new = (self.content(each) for each in (found, self.before, self.after))
        self.left["all was to be done" if shown == old else "all was done" if shown == new else "half was done"] += 1
        moved = {body for path, body in old.items() if path not in new}
        for path, body in found.items():
            if broken(path, body):
                self.fault(f"{what}: {path} is torn ({len(body)} bytes)")
            elif exact and path in shown and not (body == new.get(path) or body in (old.get(path), *moved)):
                self.fault(f"{what}: {path} is neither as it was nor as it will be")
        ended = replace(self.pull(self.work), naive=self.naive).run()
        if ended.code != DONE:
            self.fault(f"{what}: the next pull ended with {ended.code}", ended.said[-2000:])
        if lines := list(differences(self.compared(tree(self.work), exact), self.compared(self.after, exact))):
            self.fault(f"{what}: after the next pull {len(lines)} files differ", *lines[:8])

    def compared(self, found: Tree, exact: bool) -> Tree:
        """What has to be the same: content/ with all that is hidden there, and what is remembered of each source.

        Where a source could not be read something is remembered of that, and rightly so.
        """
        return {
            path: self.memory(body) if path.startswith(".cache/") else body
            for path, body in found.items()
            if path.startswith("content/") or (exact and path.startswith((".cache/http/", ".cache/sources/")))
        }

    def memory(self, body: bytes) -> bytes:
        """Without what was looked for in vain: of what has been taken down nothing is looked for again."""
        return json.dumps({**json.loads(body), "absent": {}}).encode()

    def content(self, found: Tree) -> Tree:
        """What people and builds see."""
        return {p: body for p, body in found.items() if p.startswith("content/") and "/." not in p}

    def fault(self, *lines: str) -> None:
        self.faults.append("\n  ".join(lines))
        self.tell(self.faults[-1])


def broken(path: str, body: bytes) -> bool:
    """Whether a file that people, builds or pulls read is not whole."""
    name = path.rpartition("/")[2]
    try:
        if name.startswith(".") or name.endswith(".lock"):
            return False
        if name.endswith(".md"):
            said = nodes.decoded(body, path)
            rated = "proposals" in path and "\nrating: " in said
            matter.parse(said, path, "testimonials" if rated else "community" if "proposals" in path else "")
        elif name.endswith(".yml"):
            nodes.parse(nodes.decoded(body, path), path)
        elif name.endswith(".json"):
            json.loads(body)
        elif name.endswith((".png", ".jpg")):
            with Image.open(BytesIO(body)) as picture:
                picture.load()
    except (Refused, ValueError, OSError):
        return True
    return not body


def differences(made: Tree, wanted: Tree) -> Iterator[str]:
    for path in sorted({*made, *wanted}):
        if made.get(path) != wanted.get(path):
            yield f"{path}: " + ("missing" if path not in made else "too many" if path not in wanted else "other")


@dataclass(frozen=True)
class Small:
    """A filesystem in memory that is mounted at `folder`."""

    folder: Path

    def leave(self, room: int) -> None:
        """So many KiB free."""
        state = os.statvfs(self.folder)
        used = (state.f_blocks - state.f_bfree) * state.f_frsize // 1024
        subprocess.run(["mount", "-o", f"remount,size={used + room}k", self.folder], check=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Small | None]:
    """A disk of its own at `folder`, None where this machine or this person may not mount one."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}k", "tmpfs", str(folder)]
    mounted = sys.platform == "linux" and not os.geteuid() and not subprocess.run(command, check=False).returncode
    try:
        yield Small(folder) if mounted else None
    finally:
        if mounted:
            with suppress(subprocess.CalledProcessError):
                subprocess.run(["umount", "-l", folder], check=True)
