"""A path that a text had before leads to where it is now, and is on no map."""

from __future__ import annotations

from tests.site.conftest import Build


def test_old_paths_lead_to_new_ones(build: Build) -> None:
    site = build("""
-- content/articles/pain.md --
---
id: pain
title: Du <pain>
date: 2020-01-01T08:00:00+01:00
lang: fr
moved_from: [/2020/01/du-pain/, /p/1.html, /articles/pain/, "/%C3%A9t%C3%A9"]
---

Bonjour.
""")

    for path, way in (("2020/01/du-pain/index.html", "../../../"), ("p/1.html", "../"), ("été/index.html", "../")):
        page = site(path)
        assert page.h1.string == "Du <pain>"
        assert page.find("a")["href"] == f"{way}articles/pain/"
        assert page.find("meta", {"http-equiv": "refresh"})["content"] == f"0; url={way}articles/pain/"
        assert page.find("link", rel="canonical")["href"].endswith("/articles/pain/")
    assert site("articles/pain/index.html").find("meta", {"http-equiv": "refresh"}) is None
    assert "2020/01/du-pain" not in (site.output / "sitemap.xml").read_text("utf-8")
