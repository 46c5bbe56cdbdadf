"""What is costly to make is made once, and again as soon as anything that it depends on is another."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.plugins import signals
from pelican.writers import Writer

from fastbuild.artifacts import FORMAT
from fastbuild.digests import digest_of
from tests.fastbuild.sites import Site, stamps, tree
from tests.fastbuild.test_kill import LEAN, killed

FEED = "made/all.json"
MODES = pytest.mark.parametrize("in_place", [False, True])


@dataclass
class Press:
    """A plugin that writes artifacts: for each path the inputs, which are its bytes too."""

    inputs: dict[str, list[str]] = field(default_factory=lambda: {FEED: ["one", "two"], "b.bin": ["\0\n"]})
    made: list[str] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)
    writers: list[type] = field(default_factory=list)

    def expected(self) -> dict[str, bytes]:
        return {path: self.bytes(path) for path in self.inputs}

    def bytes(self, path: str) -> bytes:
        return "|".join(self.inputs[path]).encode() * 50

    def make(self, path: str) -> bytes:
        self.made.append(path)
        return self.bytes(path)

    def print(self, _: object, writer: Any) -> None:
        self.writers.append(type(writer))
        for path, inputs in self.inputs.items():
            if hasattr(writer, "artifact"):
                writer.artifact(path, inputs, lambda path=path: self.make(path))

    def hear(self, path: str, **_: object) -> None:
        if Path(path).is_file():
            self.announced.append(Path(path).name)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with ExitStack() as work:
            work.enter_context(signals.article_writer_finalized.connected_to(self.print))
            work.enter_context(signals.content_written.connected_to(self.hear))
            yield

    def run(self, site: Site, **how: Any) -> list[str]:
        """Builds; which artifacts were made."""
        self.made, self.announced = [], []
        with self.at_work():
            site.build(**LEAN, **how)
        return self.made


@pytest.fixture
def press() -> Press:
    return Press()


@MODES
@pytest.mark.parametrize("delete", [False, True])
def test_an_artifact_of_the_same_inputs_is_made_once_and_always_announced(
    site: Site, press: Press, delete: bool, in_place: bool
) -> None:
    how = {"DELETE_OUTPUT_DIRECTORY": delete, "FASTBUILD": {"in_place": in_place}}

    assert press.run(site, **how) == [FEED, "b.bin"]
    before = stamps(site.output)
    for _ in range(2):
        assert press.run(site, **how) == []
        assert {"all.json", "b.bin"} <= set(press.announced)
        assert tree(site.output) == {**site.stock(**LEAN), **press.expected()}
        assert stamps(site.output) == before


@MODES
def test_only_what_has_other_inputs_is_made_again(site: Site, press: Press, in_place: bool) -> None:
    how = {"FASTBUILD": {"in_place": in_place}}
    press.run(site, **how)
    for inputs in (["one", "two", "three"], ["two", "one"], ["one"]):
        press.inputs[FEED] = inputs

        assert press.run(site, **how) == [FEED]
        assert (site.output / FEED).read_bytes() == press.bytes(FEED)


@given(one=st.lists(st.text()), other=st.lists(st.text()))
def test_other_inputs_have_another_digest(one: list[str], other: list[str]) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)


def test_inputs_may_be_any_text_of_python() -> None:
    assert digest_of(["\ud800"]) != digest_of(["?"])


def rewritten(file: Path) -> None:
    file.write_bytes(bytes(reversed(file.read_bytes())))
    os.utime(file, (1, 1))


def shortened(file: Path) -> None:
    time = file.stat().st_mtime_ns
    file.write_bytes(file.read_bytes()[:-1])
    os.utime(file, ns=(time, time))


def linked(file: Path) -> None:
    elsewhere = file.with_name("elsewhere")
    file.replace(elsewhere)
    file.symlink_to(elsewhere.name)


@MODES
@pytest.mark.parametrize("change", [rewritten, shortened, linked, Path.unlink])
def test_a_live_file_that_somebody_changed_is_made_again(
    site: Site, press: Press, change: Callable[[Path], None], in_place: bool
) -> None:
    how = {"FASTBUILD": {"in_place": in_place}, "DELETE_OUTPUT_DIRECTORY": True}
    press.run(site, **how)
    change(site.output / FEED)

    assert press.run(site, **how) == [FEED]
    assert tree(site.output) == {**site.stock(**LEAN), **press.expected()}
    assert press.run(site, **how) == []


def test_a_live_file_of_another_time_and_the_same_bytes_is_good(site: Site, press: Press) -> None:
    press.run(site)
    os.utime(site.output / FEED, (1, 1))

    assert press.run(site) == []
    assert press.run(site) == []
    assert (site.output / FEED).stat().st_mtime == 1


@pytest.mark.parametrize(
    "damage",
    [
        "", "{", "7", "null", "[]", '{"format": 1}', '{"format": 1, "artifacts": []}', "\x00\xff", "[" * 100_000,
        '{"format": 1, "artifacts": {"made/all.json": ["a", "b", true, 1]}}',
        '{"format": 1, "artifacts": {"made/all.json": null, "b.bin": [1, 2]}}',
    ],
)  # fmt: skip
def test_damaged_notes_cost_time_only(site: Site, press: Press, damage: str) -> None:
    press.run(site)
    (site.notes / "artifacts.json").write_text(damage)

    assert press.run(site) == [FEED, "b.bin"]
    assert press.run(site) == []
    assert tree(site.output) == {**site.stock(**LEAN), **press.expected()}


def test_notes_cut_anywhere_cost_time_only(site: Site, press: Press) -> None:
    press.run(site)
    whole = (site.notes / "artifacts.json").read_bytes()
    for length in range(0, len(whole), 40):
        (site.notes / "artifacts.json").write_bytes(whole[:length])

        assert set(press.run(site)) <= {FEED, "b.bin"}
        assert tree(site.output) == {**site.stock(**LEAN), **press.expected()}


def test_notes_of_another_format_are_as_good_as_none(site: Site, press: Press) -> None:
    press.run(site)
    notes = json.loads((site.notes / "artifacts.json").read_text())
    (site.notes / "artifacts.json").write_text(json.dumps({**notes, "format": FORMAT + 1}))

    assert press.run(site) == [FEED, "b.bin"]


def test_a_new_checkout_makes_everything(site: Site, press: Press) -> None:
    """Its output is not there, or its notes are not."""
    press.run(site)
    site.output.rename(site.folder / "away")
    assert press.run(site) == [FEED, "b.bin"]
    site.notes.rename(site.folder / "away too")
    assert press.run(site) == [FEED, "b.bin"]


@MODES
def test_what_a_plugin_rewrites_it_always_finds_as_it_was_made(site: Site, press: Press, in_place: bool) -> None:
    """And no rewriting goes through to the live file."""
    seen = []

    def rewrite(path: str, **_: object) -> None:
        if path.endswith(FEED):
            file, live = Path(path), site.output / FEED
            before = live.read_bytes() if live.exists() else b""
            seen.append(file.read_bytes())
            with file.open("r+b") as opened:
                opened.write(b"ONE")
            assert not live.exists() or live.read_bytes() == before

    for _ in range(3):
        with signals.content_written.connected_to(rewrite):
            assert FEED in press.run(site, FASTBUILD={"in_place": in_place})
        assert (site.output / FEED).read_bytes() == b"ONE" + press.bytes(FEED)[3:]
    assert seen == [press.bytes(FEED)] * 3
    assert FEED in press.run(site), "the plugin is gone, and so is what it did"
    assert (site.output / FEED).read_bytes() == press.bytes(FEED)


@MODES
@pytest.mark.parametrize("how_told", ["a plugin that is new", "a setting of a plugin"])
def test_what_a_plugin_begins_to_rewrite_is_never_the_live_file(
    site: Site, press: Press, how_told: str, in_place: bool
) -> None:
    """The file is taken over, being what it was; the build ends badly, and the live site is whole."""

    def rewrite(made: Any) -> None:
        if made.settings.get("REWRITE", True):
            (Path(made.output_path) / FEED).write_bytes(b"rewritten")
            raise RuntimeError("after that")

    how: dict[str, Any] = {"FASTBUILD": {"in_place": in_place}}
    setting = {"REWRITE": False} if how_told.startswith("a setting") else None
    if setting:
        with signals.finalized.connected_to(rewrite):
            press.run(site, **how, **setting)
            press.run(site, **how, **setting)
    else:
        press.run(site, **how)
        press.run(site, **how)
    before = tree(site.output)

    with signals.finalized.connected_to(rewrite), pytest.raises(RuntimeError, match="after that"):
        press.run(site, **how)

    assert press.made == []
    assert tree(site.output) == before


def test_while_the_same_plugins_are_at_work_a_taken_file_is_a_link(site: Site, press: Press) -> None:
    linked: list[bool] = []

    def look(made: Any) -> None:
        if (site.output / FEED).exists():
            linked.append((Path(made.output_path) / FEED).samefile(site.output / FEED))

    press.run(site)
    with signals.finalized.connected_to(look):
        for _ in range(3):
            press.run(site)

    assert linked == [False, True, True]


@MODES
def test_where_no_links_are_to_be_had_it_is_copied(
    site: Site, press: Press, monkeypatch: pytest.MonkeyPatch, in_place: bool
) -> None:
    how = {"FASTBUILD": {"in_place": in_place}}

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    for made in ([FEED, "b.bin"], [], []):
        assert press.run(site, **how) == made
        assert tree(site.output) == {**site.stock(**LEAN), **press.expected()}


def test_a_setting_that_holds_itself_is_no_hindrance(site: Site, press: Press) -> None:
    own: dict[str, Any] = {}
    own["own"] = own
    press.run(site, OWN=own)

    assert press.run(site, OWN=own) == []


@MODES
def test_an_artifact_that_is_no_longer_wanted_goes(site: Site, press: Press, in_place: bool) -> None:
    how = {"FASTBUILD": {"in_place": in_place}}
    press.run(site, **how)
    wanted = press.inputs.pop(FEED)
    press.run(site, **how)
    assert not (site.output / "made").exists()
    press.inputs[FEED] = wanted

    assert press.run(site, **how) == [FEED]


def test_what_output_retention_names_is_kept_and_an_artifact_in_it_is_ours(site: Site, press: Press) -> None:
    how = {"DELETE_OUTPUT_DIRECTORY": True, "OUTPUT_RETENTION": ["made", "CNAME"]}
    site.write("output/CNAME", "site.example")
    site.write("output/made/mine.xml", "mine")
    own = {"CNAME": b"site.example", "made/mine.xml": b"mine"}
    for made in ([FEED, "b.bin"], [], []):
        assert press.run(site, **how) == made
        assert tree(site.output) == {**site.stock(**LEAN), **press.expected(), **own}


def test_another_plugins_writer_is_the_writer(site: Site, press: Press, caplog: pytest.LogCaptureFixture) -> None:
    class Theirs(Writer):
        pass

    def offer(_: object) -> type[Writer]:
        return Theirs

    with signals.get_writer.connected_to(offer):
        assert press.run(site) == []
    assert press.writers == [Theirs]
    assert not [said for said in caplog.messages if "writers found" in said]
    assert press.run(site) == [FEED, "b.bin"]


@pytest.mark.parametrize("path", ["../secret", "/secret", "made/../../secret"])
def test_an_artifact_stays_in_the_output(site: Site, press: Press, path: str) -> None:
    press.inputs = {path: ["one"]}

    with pytest.raises(RuntimeError):
        press.run(site)


def test_two_artifacts_never_share_a_path(site: Site, press: Press) -> None:
    press.inputs = {"first.html": ["the page of an article"]}

    with pytest.raises(RuntimeError, match=r"first\.html"):
        press.run(site)


def test_what_cannot_be_made_leaves_the_live_site_and_its_notes(site: Site, press: Press) -> None:
    press.run(site)
    before, good = tree(site.output), press.inputs[FEED]
    press.inputs[FEED] = ["\ud800"]

    with pytest.raises(UnicodeEncodeError):
        press.run(site)

    assert tree(site.output) == before
    press.inputs[FEED] = good
    assert press.run(site) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked builds")
@MODES
@pytest.mark.parametrize("back", [False, True])
def test_after_a_kill_at_any_step_nothing_stale_is_taken(site: Site, press: Press, back: bool, in_place: bool) -> None:
    """`back`: the inputs are those from before the killed build again. Each mode takes every other step."""
    how = {"FASTBUILD": {"in_place": in_place}}
    press.run(site, **how)
    pages = site.stock(**LEAN)
    old, new = press.inputs, {FEED: ["ONE", "TWO"], "c.bin": ["new"]}
    for step in count(1 + back, 2):
        press.inputs = new
        with press.at_work():
            if not killed(site, step, **LEAN, **how):
                break
        press.inputs = old if back else new
        press.run(site, **how)
        assert tree(site.output) == {**pages, **press.expected()}, f"the build after step {step}"
        press.inputs = old
        press.run(site, **how)
    assert step > 15
