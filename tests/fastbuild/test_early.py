"""A plugin that looks at a summary before links in it are known, as pelican-share-post does."""

from __future__ import annotations

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from tests.fastbuild.sites import Site, tree


def look(generators: list[object]) -> None:
    for generator in generators:
        for article in generator.articles if isinstance(generator, ArticlesGenerator) else ():
            assert article.summary


def test_what_a_plugin_asked_for_early_stays_as_pelican_keeps_it(site: Site) -> None:
    site.write("content/images/dot.png", "not really a picture")
    site.article("linked", head="Summary: See [it]({static}/images/dot.png)\n")
    with signals.all_generators_finalized.connected_to(look):
        wanted = site.stock()
        site.build()

    assert tree(site.output) == wanted
