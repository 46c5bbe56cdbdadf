"""A copy of the process makes HTML of texts ahead: what counts of it is what this process would have made."""

from __future__ import annotations

import copy
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markdown import Markdown
from pelican.readers import MarkdownReader
from pelican.settings import DEFAULT_CONFIG

from fastbuild import ahead, watching
from fastbuild.ahead import Ahead
from fastbuild.digests import digest
from fastbuild.reading import together
from tests.fastbuild.sites import PLUGINS, Site, tree
from tests.fastbuild.texts import BITS

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="one process for all, here"
)
CONF = ["-s", "conf.py"]
COUNTING = """
import sys
from fastbuild import ahead, command
take = ahead.Ahead.take
def counted(self, *given):
    made = take(self, *given)
    with open("../taken", "a") as file:  # by copies of the process too
        file.write("x" * (made is not None))
    return made
ahead.Ahead.take = counted
command.main(sys.argv[1:])
"""


@pytest.fixture
def texts(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Of all kinds, and more than enough for a copy."""
    monkeypatch.chdir(site.folder)
    site.conf()
    bits = [bit for bit in BITS if bit.replace("\n", "").isprintable()]  # no feed may hold others
    made = [site.article(f"{number:03}", "".join(bits[number % 7 :: 7]) * 2, 1 + number % 28) for number in range(120)]
    made[3].write_bytes(b"\xef\xbb\xbfTitle: Marked\r\nDate: 2026-03-01\r\n\r\nOne *line*\r\nand another.\r\n")
    site.article(
        "deep/er/one", "```python\nprint('é')\n```\n\nA note[^1].\n\n[^1]: Here.\n", head="Summary: A *b*[^1].\n"
    )
    return sorted((site.folder / "content").rglob("*.md"))


@pytest.fixture
def begun(texts: list[Path]) -> Iterator[Ahead]:
    made = ahead.begun(CONF)
    assert made
    yield made
    made.close()


def ended(made: Ahead) -> list[str]:
    """What it made until its end."""
    while made.runs():
        time.sleep(0.01)
    return made.came()


def test_it_takes_for_granted_what_pelican_has_by_itself() -> None:
    reader = MarkdownReader(copy.deepcopy(DEFAULT_CONFIG))

    assert repr(reader.settings["MARKDOWN"]) == repr(ahead.USUAL)


def test_it_makes_what_an_instance_of_its_own_makes_of_each_text(begun: Ahead, texts: list[Path]) -> None:
    assert ended(begun) == [str(path) for path in texts]
    for path in texts:
        plain = Markdown(**copy.deepcopy(ahead.USUAL))
        text = path.read_text("utf-8-sig")

        html, meta = begun.take(str(path), digest(path.read_bytes())) or ("", {})

        assert (html, meta) == (plain.convert(text), vars(plain)["Meta"])


def test_a_text_that_is_another_by_now_does_not_count(begun: Ahead, texts: list[Path]) -> None:
    ended(begun)

    assert begun.take(str(texts[0]), digest(b"another")) is None
    assert begun.take(str(texts[0]), digest(texts[0].read_bytes())) is None  # once is enough
    assert begun.take("nowhere.md", "") is None


def test_what_somebody_else_reads_need_not_be_made(begun: Ahead, texts: list[Path]) -> None:
    os.kill(begun._process, signal.SIGSTOP)
    for path in texts[60:]:
        begun.leave(str(path))
    os.kill(begun._process, signal.SIGCONT)

    assert len(ended(begun)) < len(texts)


@pytest.mark.parametrize("room", [0, 1000, 5000])
def test_of_what_a_full_disk_has_torn_the_whole_ones_count(begun: Ahead, tmp_path: Path, room: int) -> None:
    known_by = {path: digest(Path(path).read_bytes()) for path in ended(begun)}
    (tmp_path / "torn").write_bytes(os.pread(begun._results.fileno(), room, 0))
    with (tmp_path / "torn").open("rb") as results:
        torn = Ahead(0, results, -1)
        came = torn.came()

        assert came == [*known_by][: len(came)]
        assert bool(came) == bool(room)
        assert all(torn.take(path, known_by[path]) == begun.take(path, known_by[path]) for path in came)
        assert torn.came() == []


def test_a_text_that_cannot_be_read_is_left_out(site: Site, texts: list[Path]) -> None:
    (site.folder / "content/000.md").write_bytes(b"Title: \xff\n\nNo UTF-8.")
    (site.folder / "content/001.md").unlink()
    (site.folder / "content/001.md").symlink_to("nowhere")
    made = ahead.begun(CONF)

    assert made
    assert {*ended(made)} == {str(path) for path in texts} - {str(texts[0]), str(texts[1])}


@pytest.mark.parametrize(
    "line",
    [
        "MARKDOWN = {'extensions': ['markdown.extensions.toc']}",
        "PLUGINS = ['another']",
        "from markdown import inlinepatterns",
        "import pygments.lexers",
        "FASTBUILD = {'jobs': 1}",
    ],
)
def test_unusual_settings_keep_it_from_beginning(site: Site, texts: list[Path], line: str) -> None:
    site.conf(line)

    assert ahead.begun(CONF) is None


def test_settings_and_texts_have_to_be_there(site: Site, texts: list[Path], tmp_path: Path) -> None:
    assert ahead.begun(["-s", "another.py"]) is None
    (site.folder / "content").rename(tmp_path / "elsewhere")
    made = ahead.begun(CONF)  # of the folder that settings find plugins in

    assert made is None or ended(made) == []


def test_few_texts_are_not_worth_it(site: Site, texts: list[Path]) -> None:
    for path in texts[ahead.FEWEST - 1 :]:
        path.unlink()
    made = ahead.begun(CONF)

    assert made
    assert ended(made) == []


@pytest.mark.parametrize("way", ["argument", "variable", "setting"])
def test_texts_are_found_where_command_environment_or_settings_say(
    site: Site, texts: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    place = site.folder / "words" if way == "setting" else tmp_path / "words"
    (site.folder / "content").rename(place)
    monkeypatch.setenv("WORDS", str(place))
    site.conf({"setting": "PATH = 'words'", "variable": "import os\nPATH = os.environ['WORDS']"}.get(way, ""))

    made = ahead.begun([str(place), *CONF] if way == "argument" else CONF)

    assert made
    assert len(ended(made)) == len(texts)


def test_it_ends_with_the_process_that_it_is_a_copy_of(site: Site, texts: list[Path]) -> None:
    for number in range(4000):
        site.article(f"more/{number}", "Some *words*.\n\n" * 40)
    code = f"import os; from fastbuild import ahead; print(ahead.begun({CONF!r})._process, flush=True); os._exit(0)"
    done = subprocess.run([sys.executable, "-c", code], env=around(), capture_output=True, text=True, check=True)

    until = time.monotonic() + 20
    while Path(f"/proc/{int(done.stdout)}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{int(done.stdout)}").exists()


@pytest.mark.parametrize("jobs", [2, 4])
@pytest.mark.parametrize("kill", [False, True])
def test_each_text_is_read_once_whatever_becomes_of_it(
    texts: list[Path], monkeypatch: pytest.MonkeyPatch, jobs: int, kill: bool
) -> None:
    monkeypatch.setattr(watching, "ahead", made := ahead.begun(CONF))
    assert made
    if kill:
        os.kill(made._process, signal.SIGKILL)
    run: Any = SimpleNamespace(jobs=jobs, meanwhile=lambda: None)
    paths = [path.name for path in texts]

    read = sorted(together.read(paths, lambda name: str(texts[paths.index(name)]), str.encode, run))

    made.end()
    assert read == sorted((name, name.encode()) for name in paths)


def around() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": PLUGINS}


def build(site: Site, *flags: str) -> int:
    """How many of the texts were made ahead."""
    taken = site.folder.parent / "taken"
    taken.write_text("")
    command = [sys.executable, "-c", COUNTING, *CONF, *flags]
    done = subprocess.run(command, cwd=site.folder, env=around(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return len(taken.read_text())


@pytest.mark.parametrize("jobs", ["2", "4"])
def test_a_first_build_that_takes_them_is_what_pelican_makes(site: Site, texts: list[Path], jobs: str) -> None:
    assert build(site, "--jobs", jobs) > 0
    assert tree(site.output) == site.stock()


PATCH = """
import markdown.inlinepatterns
markdown.inlinepatterns.SimpleTextInlineProcessor.handleMatch = lambda self, m, data: ("changed", m.start(0), m.end(0))
"""
LISTENING = """
from pelican import signals
def heard(generator): pass
signals.article_generator_finalized.connect(heard)
"""


@pytest.mark.parametrize("way", ["import mine", "import runpy\nrunpy.run_path('mine.py')"])
@pytest.mark.parametrize("module", [PATCH, LISTENING])
def test_where_markdown_may_be_another_they_do_not_count(site: Site, texts: list[Path], module: str, way: str) -> None:
    site.write("mine.py", module)
    site.conf(f"sys.path.insert(0, '.')\n{way}\nPATH = 'content'")

    assert build(site) == 0
    command = [sys.executable, "-m", "pelican", *CONF, "-o", "plain", "-e", 'PELICAN_CLASS="pelican.Pelican"']
    subprocess.run(command, cwd=site.folder, env=around(), check=True, capture_output=True)
    assert tree(site.output) == tree(site.folder / "plain")


def test_a_second_build_has_no_need_of_it(site: Site, texts: list[Path]) -> None:
    build(site)
    texts[0].write_text("Title: Other\nDate: 2026-03-01\n\nWords.", "utf-8")

    assert build(site) == 0
    assert tree(site.output) == site.stock()
