"""Words of the interface: one plain gettext catalogue per language, read without being compiled.

A catalogue is `locales/LANG.po`. A brand's own (`theme/brand/locales/LANG.po`) may hold a few entries only; they win.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

THEME = Path(__file__).resolve().parents[3] / "theme"


def themes(theme: Path) -> tuple[Path, Path]:
    """A theme and the brand's own in it, the strongest first."""
    return theme / "brand", theme


THEMES = themes(THEME)
ADDRESS = "address"
SEGMENTS = (
    "all",
    "ambassadors",
    "archives",
    "articles",
    "blogroll",
    "categories",
    "community",
    "feeds",
    "frames",
    "join",
    "kit",
    "page",
    "share",
    "sources",
    "testimonials",
    "thanks",
    "topics",
)


def read(lang: str, themes: Sequence[Path] = THEMES) -> Translations:
    """The catalogue of one language, from the strongest theme to the weakest. An unknown msgid stays as it is."""
    found = [(path, changed) for path in _places(lang, tuple(themes)) if (changed := _changed(path))]
    return _read(lang, tuple(found))


def segment(lang: str, name: str, themes: Sequence[Path] = THEMES) -> str:
    """A part of an address in one language: `community` is `communaute` in French. Raises KeyError for no such part."""
    if name not in SEGMENTS:
        raise KeyError(name)
    return str(read(lang, themes).pgettext(ADDRESS, name))


@cache
def _places(lang: str, themes: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(theme / "locales" / f"{lang}.po" for theme in themes)


def _changed(path: Path) -> int:
    """When it was written; 0 where it is not there."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=16)
def _read(lang: str, files: tuple[tuple[Path, int], ...]) -> Translations:
    merged = Catalog(locale=lang)
    for path, _ in files:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=lang)
        for message in catalogue:
            if message.id and message.string and merged.get(message.id, message.context) is None:
                merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)
