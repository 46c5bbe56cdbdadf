"""The editor's loop: what changed is on the screen, what is wrong stands on top of it."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from parvis import files
from parvis.preview import building, loop
from parvis.preview.building import Built
from parvis.preview.server import EVENTS, Preview, serve
from tests import hub
from tests.site.conftest import ROOT, article

PAGE = '<html><head><meta http-equiv="Content-Security-Policy" content="x"></head><body class="a">Hi</body></html>'


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Preview, str]]:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "style.css").write_text("a{}")
    shown = Preview()
    server = serve(shown, tmp_path, 8100)
    yield shown, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def get(address: str) -> str:
    with urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def test_pages_get_the_reload_and_lose_the_policy_that_forbids_it(preview: tuple[Preview, str]) -> None:
    page = get(preview[1] + "/")

    assert EVENTS in page and "Content-Security-Policy" not in page
    assert get(preview[1] + "/style.css") == "a{}"


def test_faults_stand_on_every_page_as_text(preview: tuple[Preview, str]) -> None:
    preview[0].show(Built(False, "content/articles/a.md:3: <b>date</b>"))

    page = get(preview[1] + "/")

    assert "content/articles/a.md:3: &lt;b&gt;date&lt;/b&gt;" in page and "Hi" in page


def test_what_is_not_there_is_404(preview: tuple[Preview, str]) -> None:
    with pytest.raises(HTTPError, match="404"):
        get(preview[1] + "/none/")


def test_no_file_outside_the_preview_is_served(preview: tuple[Preview, str]) -> None:
    with pytest.raises(HTTPError, match="404"):
        get(preview[1] + "/..%2f..%2f..%2fetc/hostname")


def test_a_build_wakes_the_pages_that_wait(preview: tuple[Preview, str]) -> None:
    woken: list[bytes] = []

    def wait() -> None:
        with urlopen(preview[1] + EVENTS, timeout=10) as events:
            woken.append(events.readline())

    waiting = threading.Thread(target=wait)
    waiting.start()
    end = time.monotonic() + 10
    while waiting.is_alive() and time.monotonic() < end:
        preview[0].show(Built(True, ""))
        time.sleep(0.05)
    waiting.join(1)

    assert woken == [b"data: changed\n"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A hub as `invoke serve` finds it."""
    folder = hub.write(tmp_path / "hub", article() + hub.item(status="pending", approved=None))
    (folder / "plugins").symlink_to(ROOT / "plugins")
    (folder / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "pelicanconf.py", folder)
    return folder


def test_a_preview_shows_pending_items_and_never_lies_where_publish_takes_from(project: Path) -> None:
    built = building.build(project)

    assert built.well, built.said
    assert (project / building.FOLDER / "communaute/forum-1/index.html").is_file()
    assert not (project / "output").exists()


def test_a_fault_is_told_with_file_and_line_and_the_last_good_page_stays(project: Path) -> None:
    building.build(project)
    (project / "content/articles/bad.md").write_text("---\nid: bad\ntitle: x\ndate: 2026-11-02\n---\n")

    built = building.build(project)

    assert not built.well
    assert "content/articles/bad.md:4: date" in built.said
    assert (project / building.FOLDER / "index.html").is_file()


@pytest.fixture
def builder(project: Path) -> Iterator[building.Builder]:
    made = building.Builder(project)
    yield made
    made.end()


def none(pages: Sequence[str]) -> None:
    """Nobody wants to know of pages that come first."""


warm = pytest.mark.skipif(not building.WARM, reason="each build has a process of its own")


@warm
def test_a_build_that_crashes_is_told_and_costs_one_build(project: Path, builder: building.Builder) -> None:
    with (project / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nimport os\nif Path('crash').exists(): os.abort()\n")
    (project / "crash").touch()

    crashed = builder.build((), none)
    (project / "crash").unlink()
    built = builder.build((), none)

    assert not crashed.well and "ended with -6" in crashed.said
    assert built.well, built.said
    assert (project / building.FOLDER / "index.html").is_file()


@warm
def test_the_page_of_new_words_comes_first_and_is_what_the_build_makes(
    project: Path, builder: building.Builder
) -> None:
    page, text = project / building.FOLDER / "articles/roue/index.html", project / "content/articles/roue.md"
    first: list[bytes] = []
    builder.build((), none)

    for words in ("Un mot de plus.", "Et **encore** un."):
        text.write_text(f"{text.read_text('utf-8')}\n{words}\n", "utf-8")
        built = builder.build([text], lambda pages: first.append(f"{pages}".encode() + page.read_bytes()))
        assert built.well, built.said
        assert first.pop() == b"['articles/roue/index.html']" + page.read_bytes()
        assert not first

    assert "<strong>encore</strong>" in page.read_text("utf-8")
    assert builder._process
    server = builder._process.pid
    os.kill(int(Path(f"/proc/{server}/task/{server}/children").read_text().split()[0]), signal.SIGKILL)

    built = builder.build([text], lambda pages: first.append(b"nobody is there to write it"))

    assert built.well and not first


@warm
def test_what_more_follows_from_than_a_page_waits_for_the_build(project: Path, builder: building.Builder) -> None:
    text, first = project / "content/articles/roue.md", list[Sequence[str]]()
    builder.build((), none)
    for old, new in (("\ntitle: ", "\ntitle: Neuve "), ("\nid: ", "\nstatus: [\nid: ")):
        text.write_text(text.read_text("utf-8").replace(old, new, 1), "utf-8")

        built = builder.build([text], first.append)

        assert not first
        assert built.well is (old == "\ntitle: "), built.said


@warm
def test_a_process_that_is_gone_is_told_and_the_next_build_has_a_new_one(
    project: Path, builder: building.Builder
) -> None:
    (project / "content/articles/bad.md").write_text("---\nid: bad\n---\n")  # the build ends early
    process = builder._begun()
    process.kill()
    process.wait()

    lost, told = builder.build((), none), builder.build((), none)

    assert not lost.well and "ended with -9" in lost.said
    assert not told.well and "content/articles/bad.md" in told.said


@warm
def test_code_and_settings_that_change_are_loaded_anew_and_texts_are_not_code(
    project: Path, builder: building.Builder
) -> None:
    (project / "content/articles/bad.md").write_text("---\nid: bad\n---\n")
    before = builder._begun()

    builder.build([project / "content/articles/bad.md", project / "theme/x.html"], none)
    assert builder._process is before
    builder.build([project / "pelicanconf.py"], none)
    assert builder._process is not before
    before = builder._process
    builder.build([project / "plugins/parvis/x.py"], none)
    assert builder._process is not before


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came in time"
        time.sleep(0.05)


def test_a_change_is_built_and_said(project: Path) -> None:
    said: list[str] = []
    stop = threading.Event()
    serving = threading.Thread(target=loop.run, args=(project, 8200, said.append, stop))
    serving.start()
    try:
        wait_for(lambda: any(line.startswith("built") for line in said))
        address = said[0].split()[0]
        files.put(project / "content/articles/roue.md", article(title="La roue neuve").partition("--\n")[2])

        def rewritten() -> bool:
            return "La roue neuve" in get(address + "articles/roue/")

        wait_for(rewritten)
        assert "content/articles/roue.md" in said
    finally:
        stop.set()
        serving.join(20)
