"""Whatever goes wrong, the live site is one whole build, or the one before it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pelican.generators import StaticGenerator
from pelican.plugins import signals

from fastbuild import swap as swapping
from fastbuild.places import Places
from fastbuild.writing.generators import Articles
from tests.fastbuild.sites import Site, stamps, tree

MODES = pytest.mark.parametrize("in_place", [False, True])


class Oops(Exception):
    """What a plugin may raise."""


def same_as_before(site: Site, before: Any) -> None:
    assert (tree(site.output), stamps(site.output)) == before
    assert not site.beside.exists()


MOMENTS = ["all_generators_finalized", "content_written", "feed_written", "article_writer_finalized", "finalized"]
FAULTS = [Oops, KeyboardInterrupt, SystemExit, MemoryError]


@MODES
@pytest.mark.parametrize(
    ("moment", "fault"), [(moment, Oops) for moment in MOMENTS] + [("content_written", fault) for fault in FAULTS[1:]]
)
def test_an_error_at_any_moment_leaves_the_live_site_as_it_was(
    site: Site, moment: str, fault: type[BaseException], in_place: bool
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    site.build(FASTBUILD={"in_place": in_place})
    before = tree(site.output), stamps(site.output)
    site.article("first", "Other words.")
    signal_ = getattr(signals, moment)
    with signal_.connected_to(fail), pytest.raises(fault):
        site.build(FASTBUILD={"in_place": in_place})
    same_as_before(site, before)

    site.build(FASTBUILD={"in_place": in_place})
    assert tree(site.output) == site.stock()


@pytest.mark.parametrize("generator", [Articles, StaticGenerator])
def test_an_error_in_a_generator_leaves_the_live_site_as_it_was(
    site: Site, generator: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Oops

    site.build()
    before = tree(site.output), stamps(site.output)
    monkeypatch.setattr(generator, "generate_output", fail)

    with pytest.raises(Oops):
        site.build()
    same_as_before(site, before)


def test_errors_that_are_fatal_end_with_pelicans_exit_code_and_the_old_site(site: Site) -> None:
    site.conf(OUTPUT_PATH="output")
    assert site.pelican("--fatal", "errors").code == 0
    before = tree(site.output), stamps(site.output)
    site.write("content/bad.md", "Title: no date\nDate: someday\n\nWords.\n")

    assert site.pelican("--fatal", "errors").code == 1
    same_as_before(site, before)

    assert site.pelican().code == 0  # without it Pelican passes over the article, as ever
    assert tree(site.output) == before[0]


@MODES
def test_a_build_that_wrote_no_page_does_not_replace_a_site(
    site: Site, in_place: bool, caplog: pytest.LogCaptureFixture
) -> None:
    nothing: dict[str, Any] = {"DIRECT_TEMPLATES": [], "FASTBUILD": {"in_place": in_place}}
    site.build()
    before = tree(site.output), stamps(site.output)
    for path in (site.folder / "content").glob("*.md"):
        path.unlink()

    with pytest.raises(SystemExit) as end:
        site.build(**nothing)

    assert end.value.code == 1
    assert "wrote no page" in caplog.messages[-1]
    same_as_before(site, before)


def test_where_there_is_no_site_yet_nothing_may_come_of_nothing(site: Site) -> None:
    for path in (site.folder / "content").glob("*.md"):
        path.unlink()

    site.build(DIRECT_TEMPLATES=[], FEED_ALL_ATOM=None)

    assert tree(site.output) == {}


@pytest.mark.parametrize("flags", [[], ["-q"], ["--fatal", "errors"]])
def test_a_file_that_cannot_be_copied_counts_as_a_fault_though_pelican_only_warns(site: Site, flags: list[str]) -> None:
    """A limit on the size of files stands for the full disk: it, too, strikes in the middle of a copy."""
    site.write("content/images/small.png", "picture")
    site.conf(OUTPUT_PATH="output")
    assert site.pelican().code == 0
    before = tree(site.output), stamps(site.output)
    site.write("content/images/large.png", "x" * 200_000)
    done = site.pelican(*flags, largest=100_000)

    assert done.code == 4
    assert "large.png" in done.said
    assert ("A problem" in done.said.split("fastbuild:")[0]) == (flags != ["-q"])
    same_as_before(site, before)


PLUGIN = """
import os
from pelican.plugins import signals

seen = {}

def early(pelican):
    seen["early"] = pelican.settings["OUTPUT_PATH"]

def late(pelican):
    for folder in {seen["early"], pelican.output_path, pelican.settings["OUTPUT_PATH"]}:
        with open(os.path.join(folder, "extra.txt"), "a") as file:
            file.write(str(len(os.listdir(folder))))
    for here, _, names in os.walk(pelican.output_path):
        for name in names:
            if name.endswith(".html"):
                with open(os.path.join(here, name), "r+") as file:
                    text = file.read()
                    file.seek(0)
                    file.write(text.upper())
                    file.truncate()
    if os.environ.get("FAIL"):
        raise SystemExit(3)

def register():
    signals.initialized.connect(early)
    signals.finalized.connect(late)
"""


@MODES
def test_a_plugin_that_rewrites_its_output_never_writes_into_the_live_site(site: Site, in_place: bool) -> None:
    site.write("shout.py", PLUGIN)
    site.conf(OUTPUT_PATH="output", PLUGINS=["shout"], PLUGIN_PATHS=["."], FASTBUILD={"in_place": in_place})
    assert site.pelican().code == 0
    before = tree(site.output), stamps(site.output)
    stock = site.stock()
    assert before[0]["index.html"].decode() == stock["index.html"].decode().upper()
    site.article("first", "Other words.")

    assert site.pelican(env={"FAIL": "yes"}).code == 3
    same_as_before(site, before)

    assert site.pelican().code == 0
    assert b"OTHER WORDS." in tree(site.output)["first.html"]
    unchanged = {path for path, made in tree(site.output).items() if made == before[0][path]}
    assert {path: stamps(site.output)[path] for path in unchanged} == {path: before[1][path] for path in unchanged}


def wait_for(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


SLOW = """
import os, time
from pelican.plugins import signals

def late(pelican):
    open("here", "w").close()
    while os.path.exists("wait"):
        time.sleep(0.01)

def register():
    signals.finalized.connect(late)
"""


@MODES
def test_a_second_build_at_once_says_so_and_touches_nothing(site: Site, in_place: bool) -> None:
    site.write("slow.py", SLOW)
    site.write("wait", "")
    site.conf(OUTPUT_PATH="output", PLUGINS=["slow"], PLUGIN_PATHS=["."], FASTBUILD={"in_place": in_place})
    first = site.start()
    try:
        wait_for((site.folder / "here").exists)
        before = tree(site.folder)
        second = site.pelican()
        assert (second.code, tree(site.folder)) == (4, before)
        assert f"another build is making {site.output} now" in second.said
    finally:
        (site.folder / "wait").unlink()
    assert first.end().code == 0
    assert tree(site.output) == site.stock()


def test_a_killed_build_gives_its_lock_back(site: Site) -> None:
    site.write("slow.py", SLOW)
    site.write("wait", "")
    site.conf(OUTPUT_PATH="output", PLUGINS=["slow"], PLUGIN_PATHS=["."])
    first = site.start()
    wait_for((site.folder / "here").exists)
    first.send(signal.SIGKILL)
    first.end()
    (site.folder / "wait").unlink()
    assert site.beside.exists()

    assert site.pelican().code == 0
    assert tree(site.output) == site.stock()
    assert not site.beside.exists()


def test_ctrl_c_leaves_the_old_site_and_nothing_else(site: Site) -> None:
    site.build()
    before = tree(site.output), stamps(site.output)
    site.write("slow.py", SLOW)
    site.write("wait", "")
    site.conf(OUTPUT_PATH="output", PLUGINS=["slow"], PLUGIN_PATHS=["."])
    first = site.start()
    wait_for((site.folder / "here").exists)
    first.send(signal.SIGINT)
    assert first.end().code == 0  # Pelican's own
    same_as_before(site, before)


def test_fastbuild_among_the_plugins_without_its_class_is_refused(site: Site) -> None:
    site.conf("del PELICAN_CLASS\n", PLUGINS=["fastbuild"], OUTPUT_PATH="output")
    done = site.pelican()
    assert done.code == 2
    assert "PELICAN_CLASS" in done.said
    assert not site.output.exists()

    site.conf(PLUGINS=["fastbuild"], OUTPUT_PATH="output")
    assert site.pelican().code == 0
    assert tree(site.output) == site.stock()


def test_where_it_can_be_imported_its_name_is_enough(site: Site) -> None:
    site.conf('PELICAN_CLASS = "fastbuild.Pelican"\n', OUTPUT_PATH="output", FASTBUILD={"in_place": None})

    done = site.pelican()

    assert (done.code, "FASTBUILD.in_place" in done.said) == (2, True)


@pytest.mark.parametrize(("zone", "locale", "seed"), [("Asia/Tokyo", "C", "1"), ("America/Lima", "C.UTF-8", "4711")])
def test_another_zone_locale_and_hash_seed_give_the_same_bytes(site: Site, zone: str, locale: str, seed: str) -> None:
    site.article("third", day=3)
    site.conf(OUTPUT_PATH="output")

    command = [sys.executable, "-m", "pelican", "-s", "conf.py"]
    env = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=site.folder, env=env, capture_output=True, timeout=60, check=True)

    assert tree(site.output) == site.stock()


# ---- the exchange


def test_where_folders_cannot_be_exchanged_two_renames_do(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not swapping.exchange(Places(site.output), site.beside)
    for day in (1, 2):
        site.article("first", f"On day {day}.")
        site.build()

        assert tree(site.output) == site.stock()
        assert not site.beside.exists()
        assert not (site.notes / "old").exists()


@pytest.mark.parametrize("failing", [1, 2])
def test_a_rename_that_is_refused_leaves_the_old_site(
    site: Site, failing: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As on Windows, where a folder in use cannot be renamed."""
    site.build()
    before = tree(site.output), stamps(site.output)
    site.article("first", "Other words.")
    count, rename = 0, Path.rename

    def refuse_once(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == failing:
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(swapping, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse_once)
    with pytest.raises(SystemExit) as end:
        site.build()

    assert end.value.code == 4
    assert "it is as it was" in caplog.messages[-1]
    same_as_before(site, before)


@pytest.mark.parametrize("live", [True, False])
def test_a_start_ends_what_a_kill_between_two_renames_began(
    site: Site, live: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    old = tree(site.output)
    site.output.rename(site.notes / "old")
    if live:
        site.write("output/index.html", "the new one")

    def look(*_: object) -> None:
        assert tree(site.output) == ({"index.html": b"the new one"} if live else old)
        assert not (site.notes / "old").exists()
        raise Oops

    with signals.finalized.connected_to(look), pytest.raises(Oops):
        site.build()


def test_what_a_killed_build_left_may_be_locked_against_removal(site: Site) -> None:
    locked = site.write("output.fastbuild/locked/deep/file", "x").parent
    locked.chmod(0o500)
    locked.parent.chmod(0o500)
    if os.access(locked, os.W_OK):
        pytest.skip("rights do not bind this user")

    site.build()

    assert tree(site.output) == site.stock()
