"""Where no other plugin asks for Pelican's contents none are made, and the site is the same to the byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pelican import signals

from tests import hub
from tests.site.conftest import Build, article

PNG = Path(__file__).parents[1] / "corpus"
LINKED = """[an anchor]({filename}/articles/wheel.md#top) [beside]({filename}wheel.md) [by name]({filename}un%20mot.md)
[page]({filename}/pages/nous.md) [file]({static}/files/prix.txt) [root]({index})

![drawing]({static}/images/mot.svg) ![its own]({attach}photo.svg) [again]({attach}/files/tarif.txt)
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"></svg>\n'
SITE = (
    article(
        body=LINKED, more="tags: [jardin]\nquotes: [forum-1]\ntranslation_key: roue\nimage: images/mot.svg\nalt: mot\n"
    )
    + article("wheel", lang="en", body="[file]({attach}/files/tarif.txt)", more="translation_key: roue\n")
    + article("un mot", more="status: hidden\n").replace("id: un mot", "id: un-mot")
    + "-- content/pages/nous.md --\n---\nid: nous\ntitle: Nous\nlang: fr\n---\n\n[roue]({filename}/articles/roue.md)\n"
    + "-- content/ambassadors/ana.md --\n---\nid: ana\ntitle: Ana\nlang: fr\nhandle: ana\ncode: ANA1\nname: Ana\n"
    + "consent: {version: '1', scope: [all]}\n---\n\n[roue]({filename}/articles/roue.md)\n"
    + hub.item()
    + "-- content/files/prix.txt --\n1\n-- content/files/tarif.txt --\n2\n"
    + f"-- content/images/mot.svg --\n{DRAWING}-- content/articles/photo.svg --\n{DRAWING}"
)


def digests(output: Path) -> dict[str, str]:
    files = (file for file in output.rglob("*") if file.is_file())
    return {file.relative_to(output).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize(
    "site", [SITE, SITE.replace("{attach}/files", "{static}/files").replace("{attach}photo", "{static}photo")]
)
def test_the_site_is_the_same_with_pelicans_contents_and_without(build: Build, site: str) -> None:
    seen: list[str] = []

    def listen(content: object) -> None:
        seen.append(str(content))

    alone = digests(build(site).output)
    again = digests(build(site).output)
    with signals.content_object_init.connected_to(listen):
        heard = digests(build(site).output)

    assert alone == heard == again
    assert seen and "articles/roue/index.html" in alone


def test_the_end_of_a_run_tells_how_many_texts_there_were(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    build(SITE)

    said = " ".join(capsys.readouterr().out.split())
    assert "Processed 2 articles, 0 drafts, 1 hidden article, 1 page" in said


def test_a_link_to_a_text_that_goes_is_a_fault_of_the_text_that_stayed_as_it_was(build: Build, tmp_path: Path) -> None:
    site = article(body="[x]({filename}wheel.md)") + article("wheel")
    build(site)
    (tmp_path / "hub/content/articles/wheel.md").unlink()

    with pytest.raises(SystemExit):
        build(article(body="[x]({filename}wheel.md)"))


def test_an_address_that_changes_is_that_of_links_in_texts_that_stay(build: Build) -> None:
    site = article(body="[x]({filename}wheel.md)") + article("wheel")
    build(site)
    page = build(site.replace("La roue\ndate", "La roue\nslug: disque\ndate").replace("slug: disque\n", "", 1))

    assert page("articles/roue/index.html").select_one(".article-text a, article a[href*=disque]")
    assert page("articles/roue/index.html").select_one("a[href='../../articles/disque/']")
