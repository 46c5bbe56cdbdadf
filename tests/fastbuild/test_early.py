"""Plugins that look at a summary before links in it are known, as pelican-share-post does, or then set another one, as
pelican-render-math does, or ask what class a content is of, as pelican-read-more does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pelican.contents import Article, Author, Category, Tag
from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from tests.fastbuild.sites import Site, tree


def articles(generators: list[object]) -> Iterator[Article]:
    for generator in generators:
        yield from generator.articles if isinstance(generator, ArticlesGenerator) else ()


def look(generators: list[object]) -> None:
    for article in articles(generators):
        assert article.summary


def set_another(generators: list[object]) -> None:
    for article in articles(generators):
        article.metadata["summary"] = f"{article.summary} <script>0</script>"


def empty_and_set_another(generators: list[object]) -> None:
    for article in articles(generators):
        summary = article.summary
        article.get_summary.func.__self__.cache.clear()
        article.metadata["summary"] = f"{summary} <script>1</script>"


def ask_for_the_very_class(generators: list[object]) -> None:
    (article,) = (each for each in articles(generators) if each.slug == "linked")
    kinds = {type(each) for each in (article, article.category, *article.tags, *article.authors)}
    if kinds == {Article, Category, Tag, Author}:
        article.metadata["summary"] = f"{sorted(vars(article))} {sorted(article.metadata)} {article._content}"


@pytest.mark.parametrize("plugin", [look, set_another, empty_and_set_another, ask_for_the_very_class])
def test_what_a_plugin_asked_for_early_stays_as_pelican_keeps_it(site: Site, plugin: object) -> None:
    site.write("content/images/dot.png", "not really a picture")
    site.article("linked", head="Summary: See [it]({static}/images/dot.png)\nTags: a, b\nAuthors: Ana, Bo\n")
    with signals.all_generators_finalized.connected_to(plugin):
        wanted = site.stock()
        site.build()

    assert tree(site.output) == wanted


def put_elsewhere(generators: list[object]) -> None:
    for article in articles(generators):
        if article.slug == "first":
            article.override_save_as = "archives.html"


def test_what_a_plugin_puts_elsewhere_may_stand_in_place_of_another_page(site: Site) -> None:
    trusting = {"trust": [__name__]}
    with signals.all_generators_finalized.connected_to(put_elsewhere):
        wanted = site.stock()
        site.build(FASTBUILD=trusting)
        site.build(FASTBUILD=trusting)

    assert tree(site.output) == wanted
