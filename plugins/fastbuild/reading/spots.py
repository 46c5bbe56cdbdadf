"""Where contents lie below the folder of a site's content."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from pelican.utils import sanitised_join

ROOT_OR_DOT = ("", ".", "/")


def below(path: str, base: str) -> str | None:
    """What `os.path.relpath` gives for a path, from the base on or absolute, that leads to something below the base;
    None where it does not, or a base is spelt in another way."""
    start = _start(base)
    full = os.path.normpath(f"{start}{path}" if path[:1] != os.sep else path)
    return full[len(start) :] if start and full.startswith(start) else None


def is_plain(name: Any) -> bool:
    """Whether a name leads to something below each folder that it is joined to, and is spelt in the one way."""
    return os.sep == "/" and type(name) is str and name[:1] not in ROOT_OR_DOT and os.path.normpath(name) == name


def joined(base: str, name: str) -> str:
    """What Pelican's `sanitised_join` gives. Raises RuntimeError where the name leads out of the folder."""
    start = _start(base) if is_plain(name) else ""
    return f"{start}{name}" if start else str(sanitised_join(base, name))


@lru_cache(maxsize=16)
def _start(base: str) -> str:
    plain = os.sep == "/" and base.startswith(os.sep) and os.path.normpath(base) == base != os.sep
    return base + os.sep if plain else ""
