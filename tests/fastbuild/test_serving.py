"""While somebody writes, the page is there at once, and soon all of it is what a clean build makes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fastbuild.sites import PLUGINS, Site, tree

TIME = 120  # seconds until a test gives up


@contextmanager
def served(site: Site) -> Iterator[Path]:
    said = site.folder.parent / "said.txt"
    command = [sys.executable, "-m", "fastbuild", "-s", "conf.py", "--serve", "--log-handler", "plain"]
    env = {**os.environ, "PYTHONPATH": PLUGINS}
    with said.open("w") as log, subprocess.Popen(command, cwd=site.folder, env=env, stdout=log, stderr=log) as process:
        try:
            yield said
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(TIME)


def comes(true: Callable[[], object]) -> None:
    end = time.monotonic() + TIME
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def free(site: Site) -> Site:
    site.conf(OUTPUT_PATH="output", PORT=0)
    return site


def text(site: Site, page: str) -> str:
    file = site.output / page
    return file.read_text() if file.exists() else ""


def whole(site: Site, name: str) -> Callable[[], bool]:
    wanted = site.stock(name)
    return lambda: tree(site.output) == wanted


def test_an_edit_is_live_and_then_all_that_follows_from_it(free: Site) -> None:
    with served(free) as said:
        comes(lambda: "Ctrl-C ends" in said.read_text())
        for number in range(3):
            free.article("first", f"Edit {number}.")
            comes(lambda number=number: f"Edit {number}." in text(free, "first.html"))
            comes(whole(free, f"stock-{number}"))
        comes(lambda: said.read_text().count("fastbuild: first.html after ") == 3)
        free.article("third", day=3, head="Tags: new\n")
        comes(whole(free, "stock-new"))
        (free.folder / "content/second.md").unlink()
        comes(whole(free, "stock-gone"))


def test_a_fault_is_told_and_the_last_good_site_stays(free: Site) -> None:
    free.write("theirs/article.html", "<p>{{ article.title }}</p>")
    conf = free.folder / "conf.py"
    conf.write_text(conf.read_text() + f"THEME_TEMPLATES_OVERRIDES = [{str(free.folder / 'theirs')!r}]\n")
    with served(free) as said:
        comes(lambda: "Ctrl-C ends" in said.read_text())
        before = tree(free.output)
        free.write("theirs/article.html", "<p>{{ article.title }</p>")
        comes(lambda: "TemplateSyntaxError" in said.read_text())
        assert tree(free.output) == before
        free.write("theirs/article.html", "<b>{{ article.title }}</b>")
        comes(lambda: text(free, "first.html") == "<b>first</b>")


def test_settings_begin_anew(free: Site) -> None:
    conf = free.folder / "conf.py"
    good = conf.read_text()
    with served(free) as said:
        comes(lambda: "Ctrl-C ends" in said.read_text())
        conf.write_text(good + "SITENAME = 'Another name'\n")
        comes(lambda: "Another name" in text(free, "index.html"))
        conf.write_text(good + "1 / 0\n")
        comes(lambda: "ZeroDivisionError" in said.read_text())
        conf.write_text(good + "SITENAME = 'Good again'\n")
        comes(lambda: "Good again" in text(free, "index.html"))
