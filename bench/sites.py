"""Two sites of the same texts: a hub as this project builds its own, and stock Pelican with its `simple` theme."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[1]
BRAND = """name: Bench
authority: bench.example,2026
url: https://bench.example
languages: [fr, en]
topics: {topics}
"""
HUB = '''"""The project's own settings, around other content."""

from runpy import run_path

globals().update({{name: value for name, value in run_path({settings!r}).items() if name.isupper()}})
PATH, OUTPUT_PATH = "content", "output"
THEME, PLUGIN_PATHS = {theme!r}, [{plugins!r}]
'''
STOCK = '''"""Stock Pelican, with the feeds, tags, categories and authors that it has by itself."""

SITENAME, SITEURL = "Bench", "https://bench.example"
PATH, OUTPUT_PATH, THEME = "content", "output", "simple"
TIMEZONE, DEFAULT_LANG = "Europe/Paris", "fr"
'''


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with `content`, and `pelicanconf.py` where it is Pelican that is run in it."""

    name: str
    folder: Path
    own: tuple[str, ...] = ()
    """The command, where it is not Pelican's own."""

    @property
    def command(self) -> list[str]:
        return list(self.own) or [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "errors", "-q"]

    def empty(self) -> None:
        """No output of an earlier build, nor any note of it. Cards stay: to draw them is measured apart.

        They are put aside, not deleted: for seconds after many files went, ext4 is ten times slower to make new ones.
        """
        for path in (*self.folder.glob("*output*"), *self.folder.glob(".cache/build")):
            aside = self.folder / "aside"
            aside.mkdir(exist_ok=True)
            path.rename(Path(mkdtemp(dir=aside)) / path.name)

    def pages(self) -> int:
        return sum(1 for _ in (self.folder / "output").rglob("*.html"))


def hub(texts: Path, folder: Path) -> Site:
    """`texts` has a `content` as a hub has it; `topics.txt` in it names the brand's topics, one a line."""
    content = Path(shutil.copytree(texts / "content", folder / "content"))
    named, brand = content / "topics.txt", content / "brand.yml"
    topics = named.read_text("utf-8").splitlines() if named.is_file() else []
    if not brand.exists():
        brand.write_text(BRAND.format(topics=json.dumps(topics, ensure_ascii=False)), "utf-8")
    named.unlink(missing_ok=True)
    paths = {"settings": "pelicanconf.py", "theme": "theme", "plugins": "plugins"}
    settings = HUB.format(**{name: str(ROOT / path) for name, path in paths.items()})
    (folder / "pelicanconf.py").write_text(settings, "utf-8")
    return Site("Parvis", folder)


def stock(texts: Path, folder: Path) -> Site:
    """`texts` has a `content` as Pelican reads it by itself."""
    shutil.copytree(texts / "content", folder / "content")
    (folder / "pelicanconf.py").write_text(STOCK, "utf-8")
    return Site("stock Pelican, simple", folder)


def environment() -> Mapping[str, str]:
    """What builds run in: the project's plugins are found by name, and compiled once, as those of libraries are."""
    ours = {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONPYCACHEPREFIX": str(ROOT / ".cache" / "bench" / "bytecode")}
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **ours}
