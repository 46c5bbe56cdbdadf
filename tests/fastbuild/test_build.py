"""A build gives Pelican's own bytes, and touches only what changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fastbuild.sites import Site, stamps, tree

MODES = pytest.mark.parametrize("in_place", [False, True])
FULL: dict[str, Any] = {
    "OUTPUT_SOURCES": True,
    "TEMPLATE_PAGES": {"own.html": "deep/er/own.html"},
    "FEED_ALL_RSS": "feeds/all.rss.xml",
    "TAG_FEED_ATOM": "feeds/tag-{slug}.atom.xml",
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
    "DEFAULT_PAGINATION": 1,
}


def fill(site: Site) -> None:
    """Every kind of thing that Pelican writes."""
    site.article("sub/with-picture", "![it]({static}/images/dot.png) [a]({attach}notes.txt) [f]({filename}../first.md)")
    site.article("draft", head="Status: draft\n")
    site.article("hidden", head="Status: hidden\n")
    site.article("première-fr", head="Slug: first\nLang: fr\n")
    site.write("content/pages/about.md", "Title: About\n\nUs.\n")
    site.write("content/rest.rst", "Rest\n####\n\n:date: 2026-04-01\n\nWords.\n")
    site.write("content/sub/notes.txt", "notes")
    site.write("content/own.html", "{{ SITENAME }} own")
    site.write("content/images/dot.png", "not really a picture")
    site.write("content/images/empty", "")


@MODES
@pytest.mark.parametrize("delete", [False, True])
@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_the_bytes_are_those_of_pelican(site: Site, theme: str, delete: bool, in_place: bool) -> None:
    fill(site)
    more = {**FULL, "THEME": theme}
    wanted = site.stock(**more)

    for _ in range(2):
        site.build(**more, DELETE_OUTPUT_DIRECTORY=delete, FASTBUILD={"in_place": in_place})
        assert tree(site.output) == wanted
    assert not site.beside.exists()


@MODES
@pytest.mark.parametrize("delete", [False, True])
def test_an_unchanged_file_keeps_its_inode_and_time_and_a_changed_one_does_not(
    site: Site, delete: bool, in_place: bool
) -> None:
    fill(site)
    how = {**FULL, "DELETE_OUTPUT_DIRECTORY": delete, "FASTBUILD": {"in_place": in_place}}
    site.build(**how)
    before, was = stamps(site.output), tree(site.output)
    site.article("first", "Other words.", day=1)
    site.write("content/images/dot.png", "another picture")

    site.build(**how)

    now = tree(site.output)
    assert {path for path in now if now[path] != was[path]} > {"first.html", "images/dot.png"}
    for path, stamp in stamps(site.output).items():
        assert (stamp == before[path]) == (now[path] == was[path]), path


@MODES
def test_a_file_that_is_open_in_a_server_never_changes_under_it(site: Site, in_place: bool) -> None:
    site.write("content/images/dot.png", "old picture")
    site.build(FASTBUILD={"in_place": in_place})
    with (site.output / "first.html").open() as page, (site.output / "images/dot.png").open() as picture:
        site.article("first", "Other words.")
        site.write("content/images/dot.png", "new picture")
        site.build(FASTBUILD={"in_place": in_place})

        assert "Other words" not in page.read()
        assert picture.read() == "old picture"
    assert (site.output / "images/dot.png").read_text() == "new picture"


@MODES
def test_what_is_no_longer_built_goes_and_its_empty_folder_with_it(site: Site, in_place: bool) -> None:
    how = {"ARTICLE_SAVE_AS": "posts/{slug}/index.html", "FASTBUILD": {"in_place": in_place}}
    site.article("third").unlink()
    gone = site.article("gone", head="Tags: seldom\n")
    site.write("content/images/gone.png", "picture")
    site.build(**how)
    gone.unlink()
    (site.folder / "content/images/gone.png").unlink()

    site.build(**how)

    assert tree(site.output) == site.stock(**how)
    assert not (site.output / "posts" / "gone").exists()
    assert not (site.output / "images").exists()


@MODES
def test_what_a_person_put_there_stays_as_it_is(site: Site, in_place: bool) -> None:
    how: dict[str, Any] = {"FASTBUILD": {"in_place": in_place}}
    site.build(**how)
    site.write("output/CNAME", "site.example")
    site.write("output/category/mine.html", "mine")
    (site.output / "empty" / "folder").mkdir(parents=True)
    (site.output / "link").symlink_to("first.html")
    (site.output / "dangling").symlink_to("../nowhere")
    mine = {name: stamp for name, stamp in stamps(site.output).items() if name in ("CNAME", "category/mine.html")}
    own = {
        "CNAME": b"site.example",
        "category/mine.html": b"mine",
        "empty/folder/": b"",
        "link": b"-> first.html",
        "dangling": b"-> ../nowhere",
    }

    for _ in range(2):
        site.article("first").unlink(missing_ok=True)
        site.build(**how)

        assert tree(site.output) == {**site.stock(), **own}
        assert {name: stamp for name, stamp in stamps(site.output).items() if name in mine} == mine


@MODES
def test_with_delete_output_directory_only_output_retention_stays(site: Site, in_place: bool) -> None:
    site.write("output/CNAME", "site.example")
    site.write("output/.git/HEAD", "ref: refs/heads/pages")
    (site.output / ".git" / "refs" / "heads").mkdir(parents=True)
    site.write("output/stale.html", "old")
    site.write("output/category/CNAME", "not at the top")
    how: dict[str, Any] = {
        "DELETE_OUTPUT_DIRECTORY": True,
        "OUTPUT_RETENTION": ["CNAME", ".git", "absent", "..", ".", "", "/", "category/CNAME"],
    }
    retained = {"CNAME": b"site.example", ".git/HEAD": b"ref: refs/heads/pages", ".git/refs/heads/": b""}
    before = stamps(site.output)

    for _ in range(2):
        site.build(**how, FASTBUILD={"in_place": in_place})

        assert tree(site.output) == {**site.stock(), **retained}
        assert stamps(site.output)["CNAME"] == before["CNAME"]
        assert stamps(site.output)[".git/HEAD"] == before[".git/HEAD"]


def test_files_from_before_the_first_build_stay_and_are_counted_once(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.write("output/old/page.html", "from another time")

    site.build()
    site.build()

    assert tree(site.output) == {**site.stock(), "old/page.html": b"from another time"}
    assert len([said for said in caplog.messages if "1 file(s)" in said]) == 1


@pytest.mark.parametrize("damage", ["", "{", '["a', "7", "null", "[1]", "\x00\xff"])
def test_a_damaged_list_of_what_was_written_costs_no_persons_file(site: Site, damage: str) -> None:
    site.build()
    site.write("output/mine.html", "mine")
    (site.notes / "written.json").write_text(damage)

    site.build()

    assert tree(site.output) == {**site.stock(), "mine.html": b"mine"}


def test_a_list_that_names_paths_outside_removes_nothing_there(site: Site) -> None:
    mine = site.write("mine.txt", "mine")
    site.build()
    (site.notes / "written.json").write_text(f'["../mine.txt", "{mine}", "content/first.md"]')

    site.build(FASTBUILD={"in_place": True})

    assert mine.exists()
    assert (site.folder / "content/first.md").exists()


@MODES
def test_a_persons_file_in_the_way_of_a_page_stops_the_build(
    site: Site, in_place: bool, caplog: pytest.LogCaptureFixture
) -> None:
    how: dict[str, Any] = {"FASTBUILD": {"in_place": in_place}}
    site.build(**how)
    site.write("output/posts", "a file of mine")
    before = tree(site.output)

    with pytest.raises(SystemExit) as end:
        site.build(**how, ARTICLE_SAVE_AS="posts/{slug}.html")

    assert end.value.code == 1
    assert str(site.output / "posts") in caplog.messages[-1]
    assert tree(site.output) == before


@MODES
def test_a_page_may_become_a_folder_and_a_folder_a_page(site: Site, in_place: bool) -> None:
    how: dict[str, Any] = {"FASTBUILD": {"in_place": in_place}, "CATEGORY_SAVE_AS": "", "FEED_ALL_ATOM": None}
    for save_as in ("{slug}", "{slug}/index.html", "{slug}", "{slug}/deep/er"):
        site.build(**how, ARTICLE_SAVE_AS=save_as)

        assert tree(site.output) == site.stock(**how, ARTICLE_SAVE_AS=save_as)


@MODES
def test_an_empty_folder_that_a_person_made_may_fill(site: Site, in_place: bool) -> None:
    how: dict[str, Any] = {"FASTBUILD": {"in_place": in_place}}
    site.build(**how)
    (site.output / "posts").mkdir()

    site.build(**how, ARTICLE_SAVE_AS="posts/{slug}.html")

    assert tree(site.output) == site.stock(ARTICLE_SAVE_AS="posts/{slug}.html")


@MODES
def test_a_link_in_the_output_is_never_written_through(site: Site, in_place: bool) -> None:
    """A page's path that is a link to a file outside: stock Pelican writes into that file."""
    secret = site.write("secret", "mine")
    site.build()
    (site.output / "first.html").unlink()
    (site.output / "first.html").symlink_to(secret)

    site.build(FASTBUILD={"in_place": in_place})

    assert secret.read_text() == "mine"
    assert tree(site.output) == site.stock()


@MODES
@pytest.mark.parametrize("more", [{"STATIC_CREATE_LINKS": True}, {"STATIC_CHECK_IF_MODIFIED": True}])
def test_pelicans_ways_with_static_files_go_on_working(site: Site, more: dict[str, Any], in_place: bool) -> None:
    picture = site.write("content/images/dot.png", "one")
    how = {**more, "FASTBUILD": {"in_place": in_place}}
    for text in ("one", "one", "two", "six"):
        picture.unlink()
        picture.write_text(text)
        os.utime(picture, (1, 1))  # as a checkout of an old file
        site.build(**how)

        assert (site.output / "images/dot.png").read_text() == text
        assert (site.output / "images/dot.png").samefile(picture) == ("STATIC_CREATE_LINKS" in more)


def test_the_folders_mode_stays(site: Site) -> None:
    site.build()
    site.output.chmod(0o2750)
    site.article("third", day=3)

    site.build()

    assert site.output.stat().st_mode & 0o7777 == 0o2750


def test_names_of_odd_bytes_survive(site: Site) -> None:
    (site.folder / "content/images").mkdir()
    odd = os.fsdecode(b"caf\xe9\nline")
    (site.folder / "content/images" / "a\nb").write_text("x")
    site.build(OUTPUT_RETENTION=[odd])
    (site.output / odd).write_text("mine")

    site.build(OUTPUT_RETENTION=[odd])

    assert (site.output / odd).read_text() == "mine"
    assert (site.output / "images" / "a\nb").read_text() == "x"


def test_where_the_disk_knows_no_hard_links_an_unchanged_file_keeps_its_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    site.build()
    site.write("output/mine", "mine")
    before = {path: time for path, (_, time) in stamps(site.output).items()}
    monkeypatch.setattr(os, "link", no_links)

    site.build()

    assert {path: time for path, (_, time) in stamps(site.output).items()} == before


def test_an_output_on_another_disk_takes_each_file_by_a_rename_of_its_own(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def within_one_disk(self: Path, target: Path) -> Path:
        if site.beside in self.parents:
            raise OSError(18, "Invalid cross-device link")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", within_one_disk)
    for day in (1, 2):
        site.article("first", f"On day {day}.")
        site.build(FASTBUILD={"in_place": True})

        assert tree(site.output) == site.stock()


names = st.sampled_from(["first", "second", "third", "sub/fourth"])
steps = st.one_of(
    st.tuples(st.just("write"), names, st.sampled_from(["One.", "Two."])),
    st.tuples(st.just("remove"), names, st.just("")),
    st.tuples(st.just("draft"), names, st.just("")),
    st.tuples(st.just("mine"), st.sampled_from(["mine.txt", "feeds/mine", "sub/mine"]), st.sampled_from(["1", "2"])),
)


@given(rounds=st.lists(st.lists(steps, min_size=1, max_size=3), min_size=2, max_size=4), modes=st.randoms())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_edited_the_output_is_a_clean_build_and_a_persons_own_files(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, str, str]]], modes: Any
) -> None:
    site = Site(tmp_path_factory.mktemp("rounds"))
    site.article("always", day=9)
    days = {"first": 1, "second": 2, "third": 3, "sub/fourth": 4}
    mine: dict[str, bytes] = {}
    site.build()
    for edits in rounds:
        for what, name, text in edits:
            match what:
                case "write":
                    site.article(name, text, days[name])
                case "draft":
                    site.article(name, head="Status: draft\n")
                case "remove":
                    (site.folder / f"content/{name}.md").unlink(missing_ok=True)
                case _:
                    site.write(f"output/{name}", text)
                    mine[name] = text.encode()
        site.build(FASTBUILD={"in_place": modes.random() < 0.5})

        assert tree(site.output) == {**site.stock(), **mine}
