"""Where nothing changed since the last build, `python -m fastbuild` says so and ends; where anything did, it builds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fastbuild import seen
from fastbuild.asked import option
from fastbuild.stamps import PASSED_OVER
from tests.fastbuild.sites import PLUGINS, Ended, Site, tree
from tests.fastbuild.test_kill import LEAN

NOTHING = "nothing changed"


def run(site: Site, *flags: str, **env: str) -> Ended:
    command = [sys.executable, "-m", "fastbuild", "-s", "conf.py", *flags]
    at_home = {name: value for name, value in os.environ.items() if name != "CI"}
    around = {**at_home, "PYTHONPATH": PLUGINS, **env}
    done = subprocess.run(command, cwd=site.folder, env=around, capture_output=True, text=True, check=False)
    return Ended(done.returncode, done.stdout + done.stderr)


def passes_over(site: Site, *flags: str, **env: str) -> bool:
    done = run(site, *flags, **env)
    assert done.code == 0, done.said
    return NOTHING in done.said


@pytest.fixture
def built(site: Site) -> Site:
    site.write("content/images/dot.png", "a picture")
    site.write("data/list.txt", "one")
    site.write("theirs/base.html", "<p>mine</p>")
    site.write("local.py", "NAME = 'mine'\n")
    settings = {"THEME_TEMPLATES_OVERRIDES": ["theirs"], "FASTBUILD": {"inputs": ["data"]}, "OUTPUT_PATH": "output"}
    site.conf("sys.path.append('.')\nfrom local import NAME as SITENAME\n", **LEAN, **settings)
    assert run(site).code == 0
    return site


def test_the_second_run_ends_before_pelican_is_imported(built: Site) -> None:
    before = tree(built.folder)
    code = "import sys; from fastbuild import command as c; a = sys.argv[1:]; found = c.unchanged(a, [*c.notes(a)])"
    code += "; print(found, *sorted(sys.modules))"

    for _ in range(2):
        done = run(built)
        assert (done.code, done.said.count("\n")) == (0, 1)
        assert done.said.startswith(f"fastbuild: {NOTHING}: ")
        assert tree(built.folder) == before
    command, env = [sys.executable, "-c", code, "-s", "conf.py"], {**os.environ, "PYTHONPATH": PLUGINS}
    said = subprocess.run(command, cwd=built.folder, env=env, capture_output=True, text=True, check=True).stdout

    assert NOTHING in said or said.startswith(" "), said  # `-c` is another command only to sys.argv
    assert {"pelican", "jinja2", "rich", "sqlite3", "pathlib", "logging"} & set(said.split()) == set()


def put(path: str, text: str) -> Callable[[Site], object]:
    return lambda site: site.write(path, text)


def gone(path: str) -> Callable[[Site], object]:
    return lambda site: (site.folder / path).unlink()


def same_size_and_time(site: Site) -> None:
    file = site.folder / "content/images/dot.png"
    time = file.stat().st_mtime_ns
    other = file.with_name("other")
    other.write_text("A PICTURE")
    os.utime(other, ns=(time, time))
    other.replace(file)


CHANGES: dict[str, Callable[[Site], object]] = {
    "an article": put("content/first.md", "Title: first\nDate: 2026-03-01\n\nOther words.\n"),
    "a new article": put("content/third.md", "Title: third\nDate: 2026-03-03\n\nWords.\n"),
    "an article that is gone": gone("content/second.md"),
    "a picture of the same size and time": same_size_and_time,
    "a template": put("theirs/base.html", "<p>other</p>"),
    "a new template": put("theirs/article.html", "<p>other</p>"),
    "data that the settings name": put("data/list.txt", "two"),
    "what the settings import": put("local.py", "NAME = 'other'\n"),
    "a module that comes before another": put("invoke.py", ""),
    "a page that a person changed": put("output/index.html", "mine"),
    "a page that a person removed": gone("output/index.html"),
    "a file that a person put there": put("output/mine.txt", "mine"),
    "notes that are gone": gone(".output.fastbuild/seen"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changed_is_built(built: Site, change: Callable[[Site], object]) -> None:
    change(built)

    assert not passes_over(built)
    assert passes_over(built)


def test_another_command_another_environment_or_other_settings_are_built(built: Site) -> None:
    assert not passes_over(built, "-e", 'SITENAME="Other"')
    assert passes_over(built, "-e", 'SITENAME="Other"')
    assert not passes_over(built)
    assert not passes_over(built, LANG_OF_MINE="fr")
    assert not passes_over(built)
    conf = built.folder / "conf.py"
    conf.write_text(conf.read_text() + "SITESUBTITLE = 'new'\n")
    assert not passes_over(built)


def test_what_changes_with_each_terminal_counts_only_where_the_settings_name_it(built: Site) -> None:
    assert passes_over(built, GITHUB_SHA="1", TERM="dumb")
    conf = built.folder / "conf.py"
    conf.write_text(conf.read_text() + "import os\nSITESUBTITLE = os.environ.get('GITHUB_SHA', '')\n")
    assert not passes_over(built, GITHUB_SHA="1")
    assert passes_over(built, GITHUB_SHA="1", TERM="vt100")
    assert not passes_over(built, GITHUB_SHA="2")


@pytest.mark.parametrize("without", ["", "1"])
def test_on_a_ci_a_fresh_checkout_with_other_times_and_inodes_is_known_by_its_bytes(built: Site, without: str) -> None:
    around = {"CI": "true", "PYTHONDONTWRITEBYTECODE": without}
    for _ in range(2):  # the second one finds the bytecode of the first
        assert run(built, "--full", **around).code == 0
    assert passes_over(built, **around)
    away = built.folder.with_name("away")
    built.folder.rename(away)
    shutil.copytree(away, built.folder, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(*PASSED_OVER))
    shutil.copyfile(away / ".output.fastbuild/seen", built.folder / ".output.fastbuild/seen")

    assert passes_over(built, **around)
    assert passes_over(built, **around)
    built.write("content/images/dot.png", "A picture")
    assert not passes_over(built, **around)


@pytest.mark.parametrize("place", ["os.environ['WHERE']", "'../away/public'", "os.path.expanduser('~/public')"])
def test_an_output_far_from_its_settings_is_found(site: Site, place: str) -> None:
    away = site.folder.parent / "away"
    away.mkdir()
    site.conf(f"import os\nOUTPUT_PATH = {place}\n", **LEAN)
    around = {"HOME": str(away)} if "~" in place else {"WHERE": str(away / "public")}

    assert [passes_over(site, **around) for _ in range(3)] == [False, True, True]


@pytest.mark.parametrize("keep", [0, 1, 60, 700, -1, -40])
def test_damaged_notes_cost_a_build(built: Site, keep: int) -> None:
    note = built.notes / seen.NAME
    note.write_bytes(note.read_bytes()[:keep])

    assert not passes_over(built)
    assert passes_over(built)


@pytest.mark.parametrize("at", [0, 10, 300, -300, -10])
def test_garbled_notes_cost_a_build(built: Site, at: int) -> None:
    note = built.notes / seen.NAME
    data = bytearray(note.read_bytes())
    data[at] ^= 0xFF
    note.write_bytes(data)

    assert not passes_over(built)


PLUGIN = """
from pelican.plugins import signals

def late(made):
    pass

def register():
    signals.finalized.connect(late)
"""


def test_a_plugin_that_nobody_vouches_for_is_always_asked_again(site: Site) -> None:
    site.write("shout.py", PLUGIN)
    how = {**LEAN, "OUTPUT_PATH": "output", "PLUGINS": ["shout"], "PLUGIN_PATHS": ["."]}
    site.conf(**how)
    for _ in range(2):
        done = run(site)
        assert NOTHING not in done.said
        assert "shout is not in FASTBUILD['trust']" in done.said.replace("\n", " ")

    site.conf(**how, FASTBUILD={"trust": ["shout"]})
    assert not passes_over(site)
    assert passes_over(site)
    site.write("shout.py", PLUGIN + "# another version\n")
    assert not passes_over(site)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("import datetime\nSITENAME = str(datetime.date.today())", "today"),
        ("import time\nSITENAME = str(time.time())", "time"),
        ("import subprocess\nSITENAME = subprocess.check_output(['echo', 'x'], text=True)", "check_output"),
        ("def f():\n    from random import random\n    return random()\nJINJA_GLOBALS = {'f': f}", "random"),
    ],
)
def test_settings_that_ask_the_clock_or_chance_are_always_asked_again(site: Site, line: str, word: str) -> None:
    site.conf(line, **LEAN, OUTPUT_PATH="output")
    run(site)

    done = run(site)

    assert NOTHING not in done.said
    assert f"uses `{word}`" in done.said


def test_what_settings_read_is_an_input(site: Site) -> None:
    words = site.folder.parent / "words.txt"
    words.write_text("one")
    site.conf(f"SITENAME = open({str(words)!r}).read()\n", **LEAN, OUTPUT_PATH="output")
    assert not passes_over(site)
    assert passes_over(site)
    words.write_text("two")

    assert not passes_over(site)
    assert "two" in (site.output / "index.html").read_text()


def test_what_an_article_includes_from_elsewhere_is_an_input(site: Site) -> None:
    words = site.folder.parent / "words.txt"
    words.write_text("one")
    site.write("content/rest.rst", f"Rest\n####\n\n:date: 2026-04-01\n\n.. include:: {words}\n")
    site.conf(**LEAN, OUTPUT_PATH="output")
    assert not passes_over(site)
    assert passes_over(site)
    words.write_text("two")

    assert not passes_over(site)
    assert "two" in (site.output / "rest.html").read_text()


def test_errors_are_said_each_time(site: Site) -> None:
    site.write("content/bad.md", "Title: no date\nDate: someday\n\nWords.\n")
    site.conf(**LEAN, OUTPUT_PATH="output")

    for _ in range(2):
        assert "bad.md" in run(site).said


def test_a_day_that_content_waits_for_ends_what_was_noted(site: Site) -> None:
    ahead = datetime.now() + timedelta(days=40)
    site.write("content/ahead.md", f"Title: ahead\nDate: {ahead:%Y-%m-%d %H:%M}\nCategory: c\n\nWords.\n")
    site.conf(**LEAN, OUTPUT_PATH="output", WITH_FUTURE_DATES=False)
    assert not passes_over(site)
    note = seen.read(str(site.notes))

    assert note and note.until and abs(note.until - ahead.timestamp()) < 86_400
    assert passes_over(site)
    assert seen.others(seen.Seen(note.asked, note.live, note.inputs, note.outputs, until=1.0), str(site.notes)) is None


def test_a_failed_build_is_tried_again(built: Site) -> None:
    built.write("content/bad.md", "Title: no date\nDate: someday\n\nWords.\n")

    for _ in range(2):
        assert run(built, "--fatal", "errors").code == 1
    assert run(built, "--no-such-option").code == 2


def test_other_outputs_are_found_by_the_option_that_names_them(built: Site, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "far" / "away")

    assert not passes_over(built, "-o", elsewhere)
    assert passes_over(built, "-o", elsewhere)
    assert passes_over(built)


def test_a_plugin_may_say_until_when_the_site_holds(site: Site) -> None:
    site.write(
        "moment.py",
        """
from datetime import UTC, datetime
from pelican.plugins import signals

def say(generator, writer):
    writer.until(datetime(2031, 1, 2, tzinfo=UTC))
    writer.until(datetime(2030, 1, 2, tzinfo=UTC))
    writer.until(datetime(2001, 1, 2, tzinfo=UTC))

def register():
    signals.article_writer_finalized.connect(say)
""",
    )
    site.conf(**LEAN, OUTPUT_PATH="output", PLUGINS=["moment"], PLUGIN_PATHS=["."], FASTBUILD={"trust": ["moment"]})
    assert not passes_over(site)
    note = seen.read(str(site.notes))

    assert note and note.until == datetime(2030, 1, 2, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("arguments", "output"),
    [([], ""), (["-o"], ""), (["-o", "a"], "a"), (["--output=b", "-oc"], "c"), (["-q", "-o", "a", "-o", "b"], "b")],
)
def test_the_output_that_a_command_names_is_the_last_one(arguments: list[str], output: str) -> None:
    assert option(arguments, "-o", "--output") == output
