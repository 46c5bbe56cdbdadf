"""How files get into the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from pelican.plugins import signals
from pelican.writers import Writer

from parvis.site import code, show


class Keeping(Writer):
    def __init__(self, output: Path) -> None:
        super().__init__(str(output))
        self.asked: list[tuple[str, Sequence[str]]] = []

    def artifact(
        self, path: str, inputs: Sequence[str], make: Callable[[], bytes], shows: Iterable[str] | None = None
    ) -> None:
        self.asked.append((path, tuple(inputs)))


def test_what_an_artifact_depends_on_holds_our_code(tmp_path: Path) -> None:
    writer = Keeping(tmp_path)

    show.artifact(writer, "flux/all.xml", ["words"], bytes)

    assert writer.asked == [("flux/all.xml", (code.stamp(), "words"))]


def test_a_writer_that_keeps_nothing_writes_and_announces_it(tmp_path: Path) -> None:
    told: list[str] = []

    def hear(path: str, **_: object) -> None:
        told.append(path)

    with signals.content_written.connected_to(hear):
        show.artifact(Writer(str(tmp_path)), "flux/all.xml", ["words"], lambda: b"\0")

    assert (tmp_path / "flux/all.xml").read_bytes() == b"\0"
    assert told == [str(tmp_path / "flux/all.xml")]


def test_an_artifact_stays_in_the_output(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        show.artifact(Writer(str(tmp_path / "output")), "../secret", [], bytes)


def test_other_code_has_another_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stamp(library: str = "lxml") -> str:
        monkeypatch.setattr(code, "LIBRARIES", (library,))
        return code.found()

    monkeypatch.setattr(code, "ROOM", tmp_path)
    (tmp_path / "__pycache__").mkdir()
    file = tmp_path / "feed.py"
    file.write_text("a = 1")
    first = stamp()
    (tmp_path / "__pycache__" / "feed.pyc").write_text("whatever")
    assert stamp() == first
    assert stamp("jinja2") != first
    file.write_text("a = 2")
    assert stamp() != first


def test_the_stamp_of_the_build_before_holds_where_no_code_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "_FOUND", [])
    code.believe(b"of other code", ["/hub/content/a.md", str(code.ROOM / "site" / "show.py")])
    assert code.stamp() == code.found()

    monkeypatch.setattr(code, "_FOUND", [])
    code.believe(b"of this code", ["/hub/content/a.md"])
    assert code.stamp() == "of this code"
