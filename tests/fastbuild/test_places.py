"""Where an output may lie, and where never."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from fastbuild import places
from tests.fastbuild.sites import Site, tree


def refused(site: Site, caplog: pytest.LogCaptureFixture, **settings: Any) -> str:
    before = sorted(site.folder.parent.rglob("*"))
    with pytest.raises(SystemExit) as end:
        site.build(**settings)
    assert end.value.code == 2
    assert sorted(site.folder.parent.rglob("*")) == before, "a refusal touches nothing"
    return caplog.messages[-1]


@pytest.mark.parametrize("in_place", [False, True])
@pytest.mark.parametrize("output", ["content", ".", "..", "../..", "/", "link-to-content"])
def test_an_output_that_is_or_holds_the_content_is_refused(
    site: Site, caplog: pytest.LogCaptureFixture, output: str, in_place: bool
) -> None:
    (site.folder / "link-to-content").symlink_to("content")
    path = str(site.folder / output)

    said = refused(site, caplog, OUTPUT_PATH=path, FASTBUILD={"in_place": in_place})

    assert "is or holds the content" in said


@pytest.mark.parametrize("what", ["theme", "home", "plugins", "folder you are in"])
def test_an_output_that_holds_what_must_live_is_refused(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    precious = site.folder / "out" / "below"
    (precious / "templates").mkdir(parents=True)
    settings: dict[str, Any] = {"OUTPUT_PATH": str(site.folder / "out")}
    match what:
        case "theme":
            settings["THEME"] = str(precious)
        case "home":
            monkeypatch.setenv("HOME", str(precious))
        case "plugins":
            settings["PLUGIN_PATHS"] = [str(precious)]
        case _:
            monkeypatch.chdir(precious)

    assert what in refused(site, caplog, **settings)


def test_an_output_that_is_a_file_is_refused(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.write("output", "mine")

    assert "is not a folder" in refused(site, caplog)


def test_a_mount_point_is_refused_at_the_start_with_the_way_out(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.output.mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == site.output)

    assert 'FASTBUILD = {"in_place": True}' in refused(site, caplog)

    site.build(FASTBUILD={"in_place": True})
    assert tree(site.output) == site.stock()


def test_without_rights_beside_the_output_a_build_says_so(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(self: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", denied)

    with pytest.raises(SystemExit) as end:
        site.build()
    assert end.value.code == 4
    assert str(site.notes) in caplog.messages[-1]


def test_an_output_that_is_a_link_stays_one(site: Site) -> None:
    (site.folder / "disk").mkdir()
    site.output.symlink_to("disk/www")  # leads nowhere yet

    for day in (3, 4):
        site.article(f"more-{day}", day=day)
        site.build()

        assert site.output.is_symlink()
        assert tree(site.folder / "disk" / "www") == site.stock()
    assert sorted(path.name for path in (site.folder / "disk").iterdir()) == [".www.fastbuild", "www"]


def test_an_output_in_a_folder_that_is_missing_is_made(site: Site) -> None:
    output = site.folder / "a" / "b" / "www"

    site.build(OUTPUT_PATH=str(output))

    assert tree(output) == site.stock()


def test_a_site_whose_content_folder_holds_its_output_never_reads_it(site: Site) -> None:
    site.write("page.html", "<html><head><title>mine</title><meta name=date content=2026-01-01></head>words</html>")
    settings: dict[str, Any] = {"PATH": str(site.folder), "DELETE_OUTPUT_DIRECTORY": True}
    site.build(**settings)
    first = tree(site.output)

    site.build(**settings)

    assert tree(site.output) == first
    assert first.keys() == site.stock("elsewhere/out", PATH=str(site.folder), ARTICLE_EXCLUDES=["output"]).keys()


def test_outside_a_build_the_settings_name_the_live_site(site: Site) -> None:
    made = site.build()

    assert made.settings["OUTPUT_PATH"] == made.output_path == str(site.output)


def test_the_notes_keep_themselves_out_of_git(site: Site) -> None:
    site.build()

    assert (site.notes / ".gitignore").read_text() == "*\n"


def test_a_site_made_within_a_build_is_not_staged_again(tmp_path: Path) -> None:
    inner = places.Places(tmp_path / "output.fastbuild" / "fr")

    assert not inner.made_by_a_build()  # somebody's folder of that name
    places.Places(tmp_path / "output").ready()
    assert inner.made_by_a_build()


def test_a_plugin_that_builds_a_site_per_language_into_the_output_ends_in_the_same_bytes(site: Site) -> None:
    site.write(
        "subsites.py",
        """
from pelican.plugins import signals

def again(pelican):
    if pelican.settings.get("INNER"):
        return
    output = pelican.settings["OUTPUT_PATH"] + "/fr"
    settings = {**pelican.settings, "OUTPUT_PATH": output, "INNER": True, "SITEURL": "https://site.example/fr"}
    pelican.settings["PELICAN_CLASS"](settings).run()

def register():
    signals.finalized.connect(again)
""",
    )
    site.conf(PLUGINS=["subsites"], PLUGIN_PATHS=["."], OUTPUT_PATH="output")
    assert site.pelican().code == 0
    first = tree(site.output)
    assert site.pelican().code == 0
    outer = {path: made for path, made in first.items() if not path.startswith("fr/")}
    inner = {path.removeprefix("fr/"): made for path, made in first.items() if path.startswith("fr/")}

    assert tree(site.output) == first
    assert outer == site.stock()
    assert inner == site.stock("stock-fr", SITEURL="https://site.example/fr", FEED_DOMAIN="https://site.example")
