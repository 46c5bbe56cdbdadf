"""Who builds what, of one size: stock Pelican, fastbuild, Hugo, a hub, and a process that only looks at the files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from . import corpus, race, shards, sites
from . import hugo as hugos
from .race import Run
from .sites import Site

SETTINGS = Path(__file__).parent / "stock/pelicanconf.py"
HERE = '''"""The settings of the bench, around the content of this folder."""

from pathlib import Path
from runpy import run_path

globals().update({{name: value for name, value in run_path({settings!r}).items() if name.isupper()}})
'''
FAST = "from fastbuild import Pelican as PELICAN_CLASS\nFASTBUILD = {options!r}\n"
FLOOR = """
import os, sys
def look(folder):
    with os.scandir(folder) as found:
        for entry in found:
            look(entry.path) if entry.is_dir() else entry.stat()
for folder in sys.argv[1:]:
    look(folder)
"""
EDIT = "\nOne more sentence, number {}.\n"
STOCK_AT_MOST = 20_000
"""Texts that stock Pelican is asked to build: beyond, its quadratic lists take it minutes, and no row needs it."""


@dataclass
class Contest:
    """One size, and what a round of it gives: each run by its name. `edits` numbers the sentences that were added."""

    folder: Path
    items: int
    chance: Random
    sites: dict[str, Site]
    edits: int = 0
    rounds: list[dict[str, Run]] = field(default_factory=list)

    def round(self, tell: Callable[[str], None]) -> None:
        """All in turn, each cold build from an empty output."""
        runs: dict[str, Run] = {}
        self.rounds.append(runs)
        for name, site in self.sites.items():
            tell(f"  {self.items} texts: {name}")
            with shards.workers() if name == "Dask" else nullcontext("") as address:
                run = race.measured(replace(site, own=(*site.own, "--cluster", address)) if address else site)
            runs[name] = replace(run, cpu=0.0) if address else run  # the workers' own is not told
            if name in WARM:
                self._again(name, site, runs)

    def _again(self, name: str, site: Site, runs: dict[str, Run]) -> None:
        runs[f"{name}, no change"] = race.built(site)
        runs[f"{name}, floor"] = race.built(_floor(site))
        self.edit(site)
        runs[f"{name}, one edit"] = race.built(site)

    def edit(self, site: Site) -> tuple[Path, str]:
        """One more sentence in one of the editorial texts; gives the file and the sentence."""
        texts = sorted((site.folder / "content").rglob("*.md"))
        articles = [text for text in texts if text.parent.name in EDITORIAL] or texts
        self.edits += 1
        sentence = EDIT.format(self.edits)
        file = self.chance.choice(articles)
        with file.open("a", encoding="utf-8") as text:
            text.write(sentence)
        return file, sentence.strip()


WARM = {"fastbuild", "Parvis"}
"""Those that are built again, with nothing changed and after an edit."""
EDITORIAL = {"articles", "editorial"}


def contest(folder: Path, items: int, seed: int, given: tuple[str, str], hugo: Path | None) -> Contest:
    """Everybody of one size, ready to run; `given` are folders with the texts of a hub's and of stock Pelican's."""
    hub, stock = race.given(given) if any(given) else corpus.write(folder, items, seed)
    items = items or sum(1 for _ in (stock / "content").rglob("*.md"))
    found: dict[str, Site] = {}
    if items <= STOCK_AT_MOST:
        found["stock"] = themed(stock, folder / "stock")
        found["simple"] = sites.stock(stock, folder / "simple")
    if hugo:
        found["Hugo"] = hugos.site(stock, folder / "hugo", hugo)
    found["fastbuild"] = fast(stock, folder / "fast")
    found["one job"] = one = fast(stock, folder / "one", jobs=1)
    found["shards"] = replace(one, own=(one.own[0], shards.__file__, *one.own[3:]))
    if shards.DASK:
        found["Dask"] = one
    if items <= STOCK_AT_MOST:
        found["Parvis"] = quick(sites.hub(hub, folder / "hub"))
    return Contest(folder, items, Random(seed), found)


def themed(texts: Path, folder: Path) -> Site:
    """Stock Pelican with the theme and settings of the bench."""
    shutil.copytree(texts / "content", folder / "content")
    (folder / "pelicanconf.py").write_text(HERE.format(settings=str(SETTINGS)), "utf-8")
    return Site("stock Pelican", folder)


def fast(texts: Path, folder: Path, **asked: object) -> Site:
    """The same with fastbuild."""
    site = themed(texts, folder)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(FAST.format(options=asked))
    return quick(site)


def quick(site: Site) -> Site:
    """By fastbuild's own command, which knows when nothing changed."""
    command = sys.executable, "-m", "fastbuild", *site.command[3:]
    return Site(f"{site.name} by fastbuild", site.folder, command)


def _floor(site: Site) -> Site:
    """A process of Python that asks for the size and time of each text and each file of the output."""
    folders = [name for name in ("content", "theme", "output") if (site.folder / name).is_dir()]
    return Site("floor", site.folder, (sys.executable, "-c", FLOOR, *folders))
