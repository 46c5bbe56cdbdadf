"""Pages are written once, each by its path, and a writer that keeps pages is asked which of them stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from pelican.writers import Writer

from parvis.site.sheets import FEW, Sheets


class Grouping:
    """Hears which pages are for one hand."""

    said: list[str]

    @contextmanager
    def by_one(self) -> Iterator[None]:
        self.said.append("one")
        yield


class Keeping(Writer):
    """A writer that keeps pages, as fastbuild's is asked."""

    def __init__(self, folder: Path, kept: dict[str, str]) -> None:
        super().__init__(str(folder), settings={"RELATIVE_URLS": False})
        self.kept, self.said = kept, list[str]()

    @contextmanager
    def together(self) -> Iterator[None]:
        self.said.append("begin")
        yield
        self.said.append("end")

    def artifact(
        self, path: str, inputs: Sequence[str], make: Callable[[], bytes | str], shows: Iterable[str] | None = None
    ) -> None:
        self.said.append(path if inputs[-1] == self.kept.get(path) else f"{path} {make()!s}")


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(str(tmp_path), settings={"RELATIVE_URLS": False})


def test_every_page_is_written_at_the_end_and_later_ones_at_once(writer: Writer) -> None:
    sheets, folder = Sheets(writer), Path(writer.output_path)
    sheets.take("a/index.html", "", lambda: "a")
    assert not (folder / "a").exists()

    sheets.done()
    sheets.take("b/index.html", "", lambda: "b")

    assert [(folder / name / "index.html").read_text("utf-8") for name in "ab"] == ["a", "b"]


def test_a_writer_that_keeps_pages_makes_those_alone_whose_inputs_changed(tmp_path: Path) -> None:
    writer = Keeping(tmp_path, {"a.html": "1", "b.html": "1"})
    sheets = Sheets(writer)
    sheets.take("a.html", "1", lambda: "new a")
    sheets.take("b.html", "2", lambda: "new b")
    sheets.keep(lambda: writer.said.append("work"))
    sheets.done()

    assert writer.said == ["begin", "work", "a.html", "b.html new b", "end"]


def test_a_few_pages_of_the_same_templates_are_made_by_one_hand(tmp_path: Path) -> None:
    for many, hands in ((2, ["one", "a0", "a1", "one", "b"]), (FEW, [*(f"a{n}" for n in range(FEW)), "b"])):
        writer = type("Both", (Grouping, Keeping), {})(tmp_path, {})
        sheets = Sheets(writer)
        for number in range(many):
            sheets.take(f"a{number}", "", str)
        sheets.turn()
        sheets.take("b", "", str)
        sheets.done()

        assert [said.strip() for said in writer.said[1:-1]] == hands


def test_work_is_done_once_and_without_any_page_too(writer: Writer) -> None:
    done: list[str] = []
    sheets = Sheets(writer)
    sheets.keep(lambda: done.append("before"))
    sheets.done()
    sheets.done()
    sheets.keep(lambda: done.append("after"))

    assert done == ["before", "after"]


def test_two_pages_never_share_a_path(writer: Writer) -> None:
    sheets = Sheets(writer)
    sheets.take("0/index.html", "", str)

    with pytest.raises(RuntimeError, match=r"0/index\.html"):
        sheets.take("0/index.html", "", str)
