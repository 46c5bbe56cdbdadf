"""What all pages of a site have in common, in one word: code, theme, words, and what people set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ..settings import Settings
from . import catalogues, code, show

PLACES = {"PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH", "BIND", "PORT", "LISTEN"}
"""Pelican's settings that say where a site is made or served, not what it says."""
OF_A_BUILD = {"PARVIS_COMPILING", "PARVIS_FOLLOWING", "PARVIS_RECALLED"}
"""Ours that say how a build goes on from the one before."""


def stamp(settings: Mapping[str, Any]) -> str:
    """`settings` are Pelican's, after `setup`. Another one means that every page may be another."""
    known: Settings = settings["PARVIS_SETTINGS"]
    told = (known.brand, dict(known.sources), known.moderation, known.team, replace(known.operator, now=None))
    themes = dict.fromkeys((Path(settings["THEME"]), catalogues.THEME))
    folders = themes if settings["PARVIS_ALONE"] else [*themes, known.content / "images"]  # pieces know their own
    files = (said for folder in folders for said in _files(folder))
    return show.stamp([code.stamp(), *map(repr, told), *_plain(settings), *files])


def _plain(settings: Mapping[str, Any]) -> Iterator[str]:
    """Pelican's own settings, as far as they are text, numbers and yes or no."""
    for name, value in sorted(settings.items()):
        if name.isupper() and name not in PLACES | OF_A_BUILD and isinstance(value, str | int | float | bool | None):
            yield f"{name}={value!r}"


def _files(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest = blake2b(file.read_bytes(), digest_size=16).hexdigest()
            yield f"{file.relative_to(folder).as_posix()} {digest}"
