"""The verb of this folder."""

from __future__ import annotations

from functools import partial

from invoke.context import Context

from parvis.verb import verb


@verb(
    feeds="only what feeds cost, with 200 topics and 20 ambassadors: all made, none made, one text changed",
    builds="every figure that builds are held to, beside stock Pelican and Hugo; --items 1000,10000 measures two sizes",
    pull="what a pull costs: 1,000 sources of which 6 % are hostile, and 100,000 items",
    items="how many texts are made to measure with; 1000 where not given, and 2000 for feeds",
    rounds="how often each site is built; the table has the medians",
    seed="other texts of the same kind",
    corpus="a folder with texts in content/ as a hub has them, instead of those made here; needs --stock",
    stock="a folder with the same texts in content/ as stock Pelican reads them",
    most="ends with 1 where a hub takes more than so many times as long as stock Pelican; with --builds, of any limit",
)
def bench(
    c: Context,
    *,
    feeds: bool = False,
    builds: bool = False,
    pull: bool = False,
    items: str = "",
    rounds: int = 3,
    seed: int = 7,
    corpus: str = "",
    stock: str = "",
    most: float = 0.0,
) -> int:
    """How long a hub takes to build beside stock Pelican on the same texts, as ratios: they hold on any machine."""
    from bench.measure import Asked, run

    return run(Asked(feeds, builds, items, rounds, seed, (corpus, stock), most, pull), partial(print, flush=True))
