"""Killed at any step, a build leaves one whole site, and the next build makes it right."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pelican.plugins import signals

from fastbuild import swap
from tests.fastbuild.sites import Site, tree

if not hasattr(os, "fork"):
    pytest.skip("kills forked builds", allow_module_level=True)

STEPS = {"os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.utime", "open"}
LEAN = {
    "DIRECT_TEMPLATES": ["index"],
    "FEED_ALL_ATOM": None,
    "CATEGORY_FEED_ATOM": None,
    "CATEGORY_SAVE_AS": "",
    "AUTHOR_SAVE_AS": "",
}
KILLED = 9


def die_at(step: int, below: Path) -> None:
    """Ends this process at its n-th step on disk below a folder: before the step, as a kill would."""
    steps = count(1)
    place = os.fsencode(below)

    def watch(event: str, args: tuple[object, ...]) -> None:
        here = event == "ctypes.dlsym" or (
            event in STEPS
            and any(isinstance(arg, str | bytes | os.PathLike) and place in os.fsencode(arg) for arg in args)
        )
        if here and next(steps) == step:
            os._exit(KILLED)

    sys.addaudithook(watch)


def killed(site: Site, step: int, **how: Any) -> bool:
    """Builds in a forked child; whether the n-th step after `finalized` was there to die at."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with signals.finalized.connected_to(lambda _: die_at(step, site.folder)):
                site.build(**how)
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


@pytest.fixture
def edited(site: Site) -> Site:
    """A live site, a file of a person's, and then: an edit, a removal, a new page, a page that grows into a folder."""
    site.article("gone", day=4)
    site.article("grows", day=5, head="Save_as: page\n")
    site.build(**LEAN)
    site.write("output/mine.txt", "mine")
    site.article("first", "Other words.")
    site.article("grows", day=5, head="Save_as: page/index.html\n")
    site.article("third", day=3)
    (site.folder / "content/gone.md").unlink()
    return site


def one_more_edit(site: Site) -> None:
    site.article("first", "One more edit.")
    (site.folder / "content/second.md").unlink()


@pytest.mark.parametrize("exchange", [True, False])
def test_a_kill_at_any_step_leaves_a_whole_site(edited: Site, exchange: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not exchange:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    mine = {"mine.txt": b"mine"}
    start = shutil.copytree(edited.folder, edited.folder.parent / "start", symlinks=True)
    old, new = tree(edited.output), {**edited.stock(**LEAN), **mine}
    one_more_edit(edited)
    after = {**edited.stock(**LEAN), **mine}
    site = Site(edited.folder.parent / "trial")
    seen = set()
    for step in count(1):
        shutil.copytree(start, site.folder, symlinks=True)
        if not killed(site, step, **LEAN):
            break
        live = tree(site.output)
        if not site.output.exists():
            assert not exchange, f"no site after step {step}"
            live = tree(site.notes / "old")
        assert live in (old, new), f"half a site after step {step}"
        seen.add("old" if live == old else "new")
        one_more_edit(site)
        site.build(**LEAN)
        assert tree(site.output) == after, f"the build after step {step}"
        assert not site.beside.exists()
        shutil.rmtree(site.folder)
    assert seen == {"old", "new"}
    assert step > 15


def test_in_place_a_kill_leaves_whole_files_and_the_next_build_mends_the_rest(edited: Site) -> None:
    how = {**LEAN, "FASTBUILD": {"in_place": True}}
    start = shutil.copytree(edited.folder, edited.folder.parent / "start", symlinks=True)
    old, new = tree(edited.output), edited.stock(**LEAN)
    site = Site(edited.folder.parent / "trial")
    for step in count(1):
        shutil.copytree(start, site.folder, symlinks=True)
        if not killed(site, step, **how):
            break
        for path, made in tree(site.output).items():
            assert made in (old.get(path), new.get(path)) or path.endswith("/"), (
                f"half a file after step {step}: {path}"
            )
        site.build(**how)
        assert tree(site.output) == {**new, "mine.txt": b"mine"}, f"the build after step {step}"
        shutil.rmtree(site.folder)
    assert step > 15


def test_kill_9_at_random_moments_of_the_command(site: Site) -> None:
    how = {"ARTICLE_ORDER_BY": "slug", "FEED_ALL_ATOM": None, "CATEGORY_FEED_ATOM": None}
    for number in range(20):
        site.article(f"n{number}", "Words. " * 200, day=number + 1, head=f"Tags: t{number % 3}\n")
    site.conf(OUTPUT_PATH="output", **how)
    wholes = []
    for words in ("Odd.", "Even."):
        site.article("first", words)
        wholes.append(site.stock(**how))
    began = time.monotonic()
    assert site.pelican().code == 0
    takes = time.monotonic() - began
    chance = random.Random(7)
    for trial in range(15):
        site.article("first", "Even." if trial % 2 else "Odd.")
        build = site.start()
        time.sleep(takes * chance.uniform(0.05, 1.1))
        build.send(signal.SIGKILL)
        build.end()
        assert tree(site.output) in wholes, f"half a site in trial {trial}"
    assert site.pelican().code == 0
    assert tree(site.output) == wholes[0]
    assert not site.beside.exists()
