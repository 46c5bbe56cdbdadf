"""Contents that were read by several hands, or not at all, are those that Pelican reads itself."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

import pelican
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.utils import SafeDatetime, get_date, pelican_open, sanitised_join

from fastbuild import forks, inputs
from fastbuild.reading import moments, sources, spots
from fastbuild.reading.light import Date
from tests.fastbuild.sites import Site, tree

WORDS = "Words with *stress*, a [link]({filename}/a-00.md) and ![a picture]({static}/images/one.png).\n\n" * 3
HEAD = "Tags: Python, c plus plus, Été\nAuthors: Zoé, Bob\nCategory: News\nSummary: Short, [see]({filename}/a-01.md)\n"
MORE: dict[str, Any] = {
    "ARTICLE_EXCLUDES": ["pages"],
    "DEFAULT_PAGINATION": 7,
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
    "MONTH_ARCHIVE_SAVE_AS": "{date:%Y}/{date:%m}/index.html",
    "TIMEZONE": "Europe/Paris",
}


class Sorted:
    """Pelican's order of equal dates is that of a set."""

    def get_files(self, *args: Any, **more: Any) -> list[str]:
        return sorted(super().get_files(*args, **more))  # type: ignore[misc]


class Stock(pelican.Pelican):
    """Pelican itself, but for the order of equal dates."""

    def _get_generator_classes(self) -> list[type]:
        found = super()._get_generator_classes()
        stable = (ArticlesGenerator, PagesGenerator)
        return [type(each.__name__, (Sorted, each), {}) if each in stable else each for each in found]


def stock(site: Site, **more: Any) -> dict[str, bytes]:
    output = site.folder / "stock"
    Stock(site.settings(**more, OUTPUT_PATH=str(output), DELETE_OUTPUT_DIRECTORY=True)).run()
    return tree(output)


@pytest.fixture
def many(tmp_path: Path) -> Site:
    """More contents than one hand reads alone, of all kinds."""
    site = Site(tmp_path / "site")
    for number in range(120):
        site.article(f"a-{number:02}", WORDS, day=1 + number % 28, head=HEAD if number % 3 else "")
    site.article("french", WORDS, head="Lang: fr\nSlug: a-00\n")
    site.article("draft", WORDS, head="Status: draft\n")
    site.article("hidden", WORDS, head="Status: hidden\n")
    site.write("content/zoned.md", "Title: zoned\nDate: 2026-03-01T10:00:00+05:30\nModified: 2026-03-02\n\nx\n")
    site.write("content/two.rst", "Two\n###\n\n:date: 2026-03-04\n:tags: a, b\n\nSome *words*.\n")
    site.write(
        "content/three.html", "<html><head><title>3</title><meta name='date' content='2026-01-02'></head></html>"
    )
    site.write("content/pages/about.md", "Title: About\n\n[{filename}]({filename}/two.rst)\n")
    (site.folder / "content/images").mkdir()
    (site.folder / "content/images/one.png").write_bytes(b"png")
    return site


def test_several_hands_read_what_pelican_reads(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "processors", lambda: 3)
    expected = stock(many, **MORE)

    for _ in range(2):
        many.build(**MORE, FASTBUILD={"jobs": 3})
        assert tree(many.output) == expected


def test_edits_are_seen(many: Site) -> None:
    many.build(**MORE)
    many.article("a-01", "Other words.", day=9, head="Slug: another\nTags: new\n")
    (many.folder / "content/a-02.md").unlink()
    many.article("added", WORDS, day=9)
    many.build(**MORE)

    assert tree(many.output) == stock(many, **MORE)


def test_a_file_with_a_new_time_and_the_same_bytes_is_not_read_again(many: Site, caplog: Any) -> None:
    many.build(**MORE)
    for path in many.folder.joinpath("content").rglob("*.md"):
        path.write_bytes(path.read_bytes())
    caplog.set_level(logging.DEBUG)
    many.build(**MORE)

    read = [record for record in caplog.records if record.getMessage().startswith("Read file")]
    assert {record.getMessage().split(" -> ")[1] for record in read} == {"Static"}


def test_a_file_that_another_one_includes_is_looked_at_each_time(many: Site) -> None:
    many.write("content/two.rst", "Two\n###\n\n:date: 2026-03-04\n\n.. include:: part.txt\n")
    for words in ("These words.", "Other words."):
        many.write("content/part.txt", words)
        many.build(**MORE)
        assert tree(many.output) == stock(many, **MORE)
        assert words in (many.output / "two.html").read_text("utf-8")


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no files in memory here")
def test_a_file_in_memory_is_an_input_and_a_device_is_none() -> None:
    with TemporaryDirectory(dir="/dev/shm") as folder:
        part = Path(folder, "part.txt")
        part.touch()

        assert inputs.elsewhere([str(part), "/dev/null", "/dev/urandom", "/proc/self/maps"], "") == [str(part)]


@given(
    st.dates().map(str) | st.datetimes().map(lambda each: each.isoformat(" ", "seconds")) | st.text("0123456789-: T")
)
@example("2026-02-30")
@example(" 2026-02-03 10:20 ")
def test_a_date_in_the_usual_form_is_read_as_by_pelican(text: str) -> None:
    read = moments.parsed(text)

    assert read is None or (read, type(read)) == (get_date(text), SafeDatetime)


@given(st.datetimes(), st.lists(st.sampled_from(["%Y", "%-d", "%b", "é ", "%%", "%A", "%j", "%", "%Q", "%-", "\n"])))
def test_a_date_is_shown_as_by_pelican(when: Any, pieces: list[str]) -> None:
    form, parts = "".join(pieces), when.timetuple()[:6]
    try:
        expected = SafeDatetime(*parts).strftime(form)
    except (ValueError, TypeError) as error:
        with pytest.raises(type(error)):
            Date(*parts).strftime(form)
        return

    assert Date(*parts).strftime(form) == expected


NAMES = st.lists(st.sampled_from(("a", "b", "..", ".", "", "content", "x.md")), max_size=6).map("/".join)


@given(base=NAMES.map("/site/{}".format), path=NAMES | NAMES.map("/site/{}".format))
def test_a_path_below_a_folder_is_spelt_as_python_spells_it(base: str, path: str) -> None:
    found = spots.below(path, base)

    assert found in {None, os.path.relpath(os.path.join(base, path), base)}  # noqa: PTH118


def test_a_path_below_a_plain_folder_is_found() -> None:
    assert spots.below("notes/../images/a.png", "/site/content") == "images/a.png"
    assert spots.below("/site/content/notes/a.md", "/site/content") == "notes/a.md"
    assert spots.below("../secret", "/site/content") is None


@given(
    date=st.datetimes(),
    forms=st.lists(st.sampled_from(("%Y-%m-%d", "%-d %B", "%a %H:%M", "plain", "100%%")), max_size=6),
)
def test_a_date_says_again_what_it_said(date: Any, forms: list[str]) -> None:
    own, theirs = Date.like(date), SafeDatetime(*date.timetuple()[:6], date.microsecond)

    assert [own.strftime(form) for form in forms] == [theirs.strftime(form) for form in forms]


@given(st.text("a/.é \\\0", max_size=8), st.sampled_from(["/o", "/o/p", "o", "/o/", "/"]))
def test_a_name_below_a_folder_is_joined_as_by_pelican(name: str, base: str) -> None:
    try:
        own = sanitised_join(base, name)
    except RuntimeError:
        own = "out of it"
    try:
        assert spots.joined(base, name) == own
    except RuntimeError:
        assert own == "out of it"
    assert not spots.is_plain(name) or own != "out of it"


@given(st.text("\r\n\ufeffaé", max_size=8).map(str.encode) | st.binary(max_size=8))
def test_a_text_is_what_pelican_opens_held_or_not(data: bytes) -> None:
    with NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        try:
            with pelican_open(file.name) as found:
                own = found
        except UnicodeDecodeError:
            with pytest.raises(UnicodeDecodeError):
                sources.text(file.name)
            return

        assert sources.text(file.name) == own
        sources.hold(file.name)
        Path(file.name).write_bytes(b"another")
        assert sources.text(file.name) == own
        sources.forget()
        assert sources.text(file.name) == "another"
