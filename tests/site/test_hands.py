"""However many hands write a site, it is the same site, told of in the same way."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pelican import signals
from pelican.writers import Writer

from parvis.site import hands
from parvis.site.hands import Hands

if sys.platform != "linux":
    pytest.skip("processes are copied on Linux only", allow_module_level=True)
HERE = os.getpid()


@pytest.fixture(autouse=True)
def three_hands_for_few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "FEWEST", 2)
    monkeypatch.setattr(hands, "HANDFUL", 1)
    monkeypatch.setattr(hands, "processors", lambda: 3)


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(str(tmp_path), settings={"RELATIVE_URLS": False})


def written(writer: Writer) -> dict[str, str]:
    folder = Path(writer.output_path)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}


def asked(writer: Writer, count: int) -> Hands:
    """So many pages, each of which tells the process that wrote it."""
    asked = Hands(writer)
    for number in range(count):
        asked.take(f"{number}/index.html", "", lambda: str(os.getpid()))
    return asked


def test_every_page_is_written_and_copies_write_while_the_first_has_work_of_its_own(writer: Writer) -> None:
    def wait() -> None:
        while len(written(writer)) < 10:
            time.sleep(0.01)

    both = asked(writer, 10)
    both.keep(wait)
    both.done()

    assert sorted(written(writer)) == sorted(f"{number}/index.html" for number in range(10))
    assert str(HERE) not in written(writer).values()


def test_work_of_the_first_is_done_where_there_is_no_page_too(writer: Writer) -> None:
    done: list[str] = []
    alone = Hands(writer)
    alone.keep(lambda: done.append("once"))
    alone.done()
    alone.done()

    assert done == ["once"]


def test_few_pages_are_written_by_one(writer: Writer) -> None:
    asked(writer, 3).done()

    assert set(written(writer).values()) == {str(HERE)}


def test_nothing_to_write_is_no_work(writer: Writer) -> None:
    Hands(writer).done()

    assert written(writer) == {}


def test_each_page_is_announced_once_when_it_is_there(writer: Writer) -> None:
    told: list[tuple[str, bool, int]] = []

    def listen(path: str, context: dict[str, Any]) -> None:
        told.append((path, Path(path).is_file(), os.getpid()))

    with signals.content_written.connected_to(listen):
        asked(writer, 9).done()

    assert sorted(told) == sorted((str(Path(writer.output_path, f"{n}/index.html")), True, HERE) for n in range(9))


def test_what_a_copy_cannot_do_fails_as_if_there_were_none(writer: Writer) -> None:
    asked_for = asked(writer, 9)
    asked_for.take("last/index.html", "", lambda: str(1 // 0))

    with pytest.raises(ZeroDivisionError):
        asked_for.done()


def test_a_copy_that_dies_leaves_its_work_to_the_first(writer: Writer) -> None:
    def die_elsewhere() -> str:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    asked_for = asked(writer, 9)
    asked_for.take("last/index.html", "", die_elsewhere)
    asked_for.done()

    assert len(written(writer)) == 10 and written(writer)["last/index.html"] == "done"


def test_a_fault_of_the_first_ends_the_others_too(writer: Writer) -> None:
    asked_for = Hands(writer)
    asked_for.take("first/index.html", "", lambda: str(1 // 0))
    for number in range(9):
        asked_for.take(f"{number}/index.html", "", lambda: "")

    with pytest.raises(ZeroDivisionError):
        asked_for.done()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_page_of_a_plugin_that_comes_later_is_written_too(writer: Writer) -> None:
    over = asked(writer, 3)
    over.done()
    over.take("late/index.html", "", lambda: "late")

    assert written(writer)["late/index.html"] == "late"


def test_two_pages_never_share_a_path(writer: Writer) -> None:
    asked_for = asked(writer, 1)

    with pytest.raises(RuntimeError, match=r"0/index\.html"):
        asked_for.take("0/index.html", "", str)


def test_a_copy_prints_nothing(writer: Writer, capfd: pytest.CaptureFixture[str]) -> None:
    asked_for = Hands(writer)
    for number in range(6):
        asked_for.take(f"{number}/index.html", "", lambda: print("written by", os.getpid()) or "x")
    asked_for.done()

    assert set(capfd.readouterr().out.splitlines()) <= {f"written by {HERE}"}
    assert len(written(writer)) == 6
