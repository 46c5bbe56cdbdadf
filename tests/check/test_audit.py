"""The audit of a built site finds what readers would."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis.check import pages

PAGE = "<!doctype html><html lang=fr><title>t</title><body><h1 id=a>T</h1>{}</body></html>"


def site(folder: Path, body: str, **more: str) -> Path:
    files = {"index.html": PAGE.format(body), "b/index.html": PAGE.format(""), "x y.png": ""} | more
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "body",
    [
        '<a href="b/">x</a>', '<a href="b/#a">x</a>', '<a href="#a">x</a>', '<a href="/b/">x</a>', '<a href="./">x</a>',
        '<img src="x%20y.png" alt="">', '<img srcset="x%20y.png 1x, x%20y.png 2x" src="x%20y.png" alt="">',
        '<a href="https://elsewhere.example/gone">x</a>', '<a href="mailto:a@b.example">x</a>',
        '<a href="https://brand.example/hub/b/">x</a>', '<a href="/hub/b/">x</a>', '<a href="b/?q=1">x</a>',
        '<script type="application/ld+json">{}</script>',
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_no_fault(tmp_path: Path, body: str) -> None:
    assert list(pages.audit(site(tmp_path, body), "https://brand.example/hub")) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<a href="c/">x</a>', "leads nowhere"),
        ('<a href="b">x</a>', "leads nowhere"),
        ('<a href="../x">x</a>', "leads out of the site"),
        ('<a href="b/#z">x</a>', "leads to no place on that page"),
        ('<a href="https://brand.example/hub/c/">x</a>', "leads nowhere"),
        ('<img src="z.png" alt="">', "leads nowhere"),
        ('<img srcset="x%20y.png 1x, z.png 2x" src="x%20y.png" alt="">', "leads nowhere"),
        ('<img src="x%20y.png">', "a picture without alt"),
        ("<p id=a>", "stands 2 times"),
        ("<h1>again</h1>", "2 elements h1"),
        ("<script>1</script>", "an active element"),
        ("<p onclick=x>", "an event handler"),
        ('<a href="http://[a">x</a>', "is no address"),
        ("<a href=javascript:x>x</a>", "a link that runs something"),
    ],
)
def test_what_a_reader_would_stumble_over_is_a_fault_with_its_page(tmp_path: Path, body: str, what: str) -> None:
    (fault,) = pages.audit(site(tmp_path, body), "https://brand.example/hub")

    assert fault.where == "output/index.html"
    assert what in fault.what
