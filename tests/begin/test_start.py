"""Making it yours: the demo goes, whole; nothing that is yours does; twice is as safe as once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from parvis import colours, files, library, settings
from parvis.begin import demo, marks, start, verbs
from parvis.errors import CONFIG, Refused
from parvis.ledger import Ledger
from tests import hub
from tests.cases import ROOT

GIVEN = {"name": "La maison & <fils>", "address": "maison.example", "colour": "#0b4f6c", "languages": "en,fr"}
DEMO = """
-- content/brand.yml --
name: Atelier Cardan
authority: cardan.example,2026
-- content/sources.yml --
forum: {kind: feed, path: demo/forum.rss}
-- content/articles/velo.md --
---
id: a
title: Cardan
date: 2026-11-02T09:00:00Z
---
-- content/images/cardan.svg --
<svg/>
-- demo/forum.rss --
<rss/>
-- demo/drawings/a.svg --
<svg/>
"""
PULLED = hub.item("forum-1", title="Cardan") + hub.item("forum-2", "content/community/delicate/a.md", status="pending")
OWN = """
-- content/articles/le-mien.md --
---
id: mine
title: Le mien
date: 2026-11-02T09:00:00Z
---
-- exports/avis.csv --
a,b
"""


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A clone with the demo as it was shipped."""
    hub.write(tmp_path, DEMO)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "content", "demo")
    files.put(tmp_path / demo.MANIFEST, "")
    files.put(tmp_path / demo.MANIFEST, demo.listing(tmp_path))
    return tmp_path


def begin(folder: Path, given: dict[str, str] = GIVEN, answers: Iterator[str] | None = None) -> list[str]:
    said: list[str] = []
    ask: Callable[[str], str] | None = None if answers is None else lambda words: said.append(words) or next(answers)  # type: ignore[func-returns-value]
    assert verbs.begin(folder, given, ask=ask, now=hub.NOW, say=said.append) == 0
    return said


def tree(folder: Path) -> dict[str, bytes]:
    found = (file for file in sorted(folder.rglob("*")) if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def write(folder: Path, site: str) -> None:
    """Adds files to a clone, its settings left as they are."""
    before = {path: (folder / path).read_bytes() for path in start.SETTINGS if (folder / path).exists()}
    hub.write(folder, site)
    for path, text in before.items():
        if f"-- {path} --" not in site:
            (folder / path).write_bytes(text)


def test_the_demo_goes_whole_and_the_hub_builds_without_a_fault(place: Path) -> None:
    write(place, PULLED + "-- .cache/sources/forum --\nCardan\n-- content/ledger/a.yml --\nhash: x\n")
    begin(place)
    left = tree(place)
    known = settings.load({}, place)

    assert not [path for path, text in left.items() if b"cardan" in text.lower() or "cardan" in path]
    assert not any(path.startswith(("demo/", ".cache/", "content/ledger/")) for path in left)
    assert library.read(known, {}, hub.NOW).faults == ()
    assert not library.read(known, {}, hub.NOW).live


def test_the_answers_are_in_the_settings(place: Path) -> None:
    begin(place)
    brand = settings.load({}, place).brand

    assert (brand.name, brand.url, brand.authority) == (
        "La maison & <fils>",
        "https://maison.example",
        "maison.example,2026",
    )
    assert (brand.languages, brand.colours.brand, brand.icon) == (("en", "fr"), "#0b4f6c", "images/icon.svg")
    assert (place / "content/CNAME").read_text() == "maison.example\n"
    assert "# " in (place / "content/brand.yml").read_text("utf-8")


@pytest.mark.parametrize("languages", ["fr", "en", "fr,en", "en fr"])
def test_one_example_of_each_kind_stays_as_a_draft(place: Path, languages: str) -> None:
    begin(place, GIVEN | {"languages": languages})
    known = settings.load({}, place)
    documents = library.read(known, {}, hub.NOW).documents.values()
    kinds = [(document.path.split("/")[1], document.head.lang) for document in documents]

    assert {document.head.status for document in documents} == {"draft"}
    assert sorted({kind for kind, _ in kinds}) == ["ambassadors", "articles", "community", "pages", "testimonials"]
    for kind in ("articles", "pages"):
        assert {lang for found, lang in kinds if found == kind} == set(known.brand.languages)
    assert {lang for kind, lang in kinds if kind not in ("articles", "pages")} == {known.brand.lang}


def test_what_is_yours_stays(place: Path) -> None:
    write(place, OWN)
    velo = place / "content/articles/velo.md"
    velo.write_text(velo.read_text() + "Mon texte.\n", encoding="utf-8")
    (place / "demo/mine.csv").write_text("a")
    begin(place)
    left = tree(place)

    assert {
        "content/articles/le-mien.md",
        "exports/avis.csv",
        "content/articles/velo.md",
        "demo/mine.csv",
    } <= left.keys()
    assert "demo/forum.rss" not in left


def test_what_you_changed_and_what_still_names_the_demo_is_told(place: Path) -> None:
    velo = place / "content/articles/velo.md"
    velo.write_text(velo.read_text() + "Mon texte.\n", encoding="utf-8")
    (place / "README.md").write_text("\n\nAtelier Cardan\n")
    said = begin(place)

    assert "kept   content/articles/velo.md" in said
    assert [line for line in said if line.startswith("still")] == [
        "still names the demo  content/articles/velo.md:3", "still names the demo  README.md:3",
    ]  # fmt: skip


def test_line_ends_of_another_system_do_not_make_a_file_yours(place: Path) -> None:
    velo = place / "content/articles/velo.md"
    velo.write_bytes(velo.read_bytes().replace(b"\n", b"\r\n"))
    begin(place)

    assert not velo.exists()


def test_settings_of_your_own_are_changed_where_you_answered_and_nowhere_else(place: Path) -> None:
    (place / "content/team.yml").write_text("juniors: [zoe]  # mine\n")
    (place / "content/sources.yml").write_text(
        "# mine\nforum: {kind: feed, path: demo/forum.rss}\nblog: {kind: feed, url: 'https://blog.example/'}\n"
    )
    (place / "content/brand.yml").write_text(
        "# mine\nname: Atelier Cardan\ntagline: Le mien  # oui\nauthority: cardan.example,2026\n"
    )
    begin(place)

    assert (place / "content/team.yml").read_text() == "juniors: [zoe]  # mine\n"
    assert (place / "content/sources.yml").read_text() == "# mine\nblog: {kind: feed, url: 'https://blog.example/'}\n"
    brand = (place / "content/brand.yml").read_text()
    assert brand.startswith(
        "# mine\nname: La maison & <fils>\ntagline: Le mien  # oui\nauthority: maison.example,2026\n"
    )
    assert settings.load({}, place).brand.colours.brand == "#0b4f6c"


def test_a_second_start_changes_only_what_is_answered(place: Path) -> None:
    begin(place)
    write(place, OWN + "-- content/pages/about.md --\n---\nid: p\ntitle: Nous\n---\n")
    brand = place / "content/brand.yml"
    brand.write_text(brand.read_text("utf-8").replace("tagline:", "tagline: Bonjour"), encoding="utf-8")
    (place / "content/articles/first-article.md").unlink()
    before = tree(place)
    begin(place, {})
    assert tree(place) == before

    begin(place, {"colour": "#333"})
    after = tree(place)
    assert {path for path in after if after[path] != before.get(path)} == {"content/brand.yml"}
    assert settings.load({}, place).brand.tagline.in_("fr") == "Bonjour"
    assert settings.load({}, place).brand.authority == "maison.example,2026"


def test_a_language_that_is_no_longer_wanted_takes_its_untouched_examples_along(place: Path) -> None:
    begin(place)
    about = place / "content/pages/about.md"
    about.write_text(about.read_text("utf-8").replace("status: draft", "status: published"), encoding="utf-8")

    begin(place, {"languages": "fr"})
    left = {path.relative_to(place).as_posix() for path in (place / "content").rglob("*.md")}
    assert {"content/articles/premier-article.md", "content/pages/a-propos.md", "content/pages/about.md"} <= left
    assert not {"content/articles/first-article.md", "content/pages/legal-notice.md"} & left


def test_a_domain_that_is_given_up_is_asked_for_no_more(place: Path) -> None:
    begin(place)
    assert (place / "content/CNAME").read_text() == "maison.example\n"

    begin(place, {"address": "https://maison.github.io/hub"})
    assert not (place / "content/CNAME").exists()


def test_the_ledger_of_a_brand_of_ones_own_stays(place: Path) -> None:
    begin(place)
    files.put(*Ledger(place, {}, []).file("item", "a", decision="erased", by="lea", at=hub.NOW))
    begin(place)

    assert Ledger(place, {}, []).out(item="a")


@pytest.mark.parametrize("survived", range(0, 24, 3))
def test_a_killed_start_is_finished_by_the_next(place: Path, monkeypatch: pytest.MonkeyPatch, survived: int) -> None:
    write(place, PULLED)
    steps = 0

    def killed(real: Callable[..., None]) -> Callable[..., None]:
        def step(*given: Any) -> None:
            nonlocal steps
            steps += 1
            if steps > survived:
                raise KeyboardInterrupt
            real(*given)

        return step

    with monkeypatch.context() as patched:
        patched.setattr(files, "put", killed(files.put))
        patched.setattr(files, "remove", killed(files.remove))
        with suppress(KeyboardInterrupt):
            begin(place)
    begin(place)

    assert not (place / "demo").exists()
    assert not any(b"cardan" in text.lower() for text in tree(place).values())
    documents = library.read(settings.load({}, place), {}, hub.NOW).documents
    assert len(documents) == 9


@pytest.mark.parametrize(
    ("given", "wheres"),
    [
        ({}, {"--name", "--address"}),
        (dict(zip(GIVEN, ("\u200b", "ftp://a", "red", "fr,de"), strict=True)), {f"--{name}" for name in GIVEN}),
        (GIVEN | {"colour": "#ffcc00"}, {"--colour"}),
        (GIVEN | {"languages": ","}, {"--languages"}),
        (GIVEN | {"address": "localhost:8000"}, {"--address"}),
        (GIVEN | {"address": "https://a.example/?b"}, {"--address"}),
        (GIVEN | {"name": "a" * 81}, {"--name"}),
    ],
)  # fmt: skip
def test_every_answer_that_will_not_do_is_told_and_nothing_is_changed(
    place: Path, given: dict[str, str], wheres: set[str]
) -> None:
    before = tree(place)
    with pytest.raises(Refused) as refused:
        begin(place, given)

    assert {fault.where for fault in refused.value.faults} == wheres
    assert refused.value.code == CONFIG
    assert tree(place) == before


def test_on_a_terminal_it_asks_until_the_answer_will_do_and_offers_a_colour_that_passes(place: Path) -> None:
    answers = iter(["", "La maison", "nowhere", "https://maison.example/hub/", "#ffcc00", "", "de", "fr", "oui"])
    begin(place, {}, answers)
    brand = settings.load({}, place).brand

    assert (brand.name, brand.url, brand.languages) == ("La maison", "https://maison.example/hub", ("fr",))
    assert colours.contrast(brand.colours.brand, colours.PAPER) >= colours.READABLE
    assert not (place / "content/CNAME").exists()
    assert next(answers, None) is None


def test_a_no_at_the_end_changes_nothing(place: Path) -> None:
    before = tree(place)

    assert begin(place, GIVEN, iter(["n"]))[-1] == "nothing was changed"
    assert tree(place) == before


def test_an_end_of_input_changes_nothing(place: Path) -> None:
    before = tree(place)

    def gone(words: str) -> str:
        raise EOFError

    assert verbs.begin(place, {}, ask=gone, now=hub.NOW, say=lambda line: None) == 0
    assert tree(place) == before


@pytest.mark.parametrize("address", ["https://zoe.github.io/hub", "https://zoe.github.io", "https://été.example"])
def test_an_address_is_taken_as_hosts_write_it(place: Path, address: str) -> None:
    begin(place, GIVEN | {"address": address})
    brand = settings.load({}, place).brand

    assert brand.url == address
    assert brand.authority in ("zoe.github.io,2026", "xn--t-9fab.example,2026")
    assert (place / "content/CNAME").exists() == ("github" not in address)


@pytest.mark.parametrize(
    ("name", "initial"), [("La maison", "L"), ("été", "É"), ("« Zoé »", "Z"), ("🎉", "·"), ("<b>", "B"), ("ßa", "S")]
)
def test_an_icon_is_the_initial(name: str, initial: str) -> None:
    assert marks.initial(name) == initial


needs_demo = pytest.mark.skipif(not (ROOT / demo.MANIFEST).is_file(), reason="the demo brand is gone from here")


@needs_demo
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
def test_the_manifest_names_every_file_of_the_demo() -> None:
    """Where this fails: `python -m parvis.begin.demo` in plugins/ writes it anew."""
    assert demo.listing(ROOT) == (ROOT / demo.MANIFEST).read_text("utf-8")


@needs_demo
def test_after_a_start_no_page_names_the_demo(tmp_path: Path) -> None:
    for name in ("content", "demo", "plugins", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    write(tmp_path, PULLED)
    begin(tmp_path)
    article = tmp_path / "content/articles/first-article.md"
    article.write_text(article.read_text("utf-8").replace("status: draft ", "status: published "), encoding="utf-8")
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "errors"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    pages = tree(tmp_path / "output")

    assert "index.html" in pages
    assert any("first-article" in path for path in pages)
    assert [path for path, text in pages.items() if b"cardan" in text.lower() or "cardan" in path] == []
