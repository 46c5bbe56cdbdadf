"""Where contents lie below the folder of a site's content."""

from __future__ import annotations

import os
from functools import lru_cache


def below(path: str, base: str) -> str | None:
    """What `os.path.relpath` gives for a path, from the base on or absolute, that leads to something below the base;
    None where it does not, or a base is spelt in another way."""
    start = _start(base)
    full = os.path.normpath(f"{start}{path}" if path[:1] != os.sep else path)
    return full[len(start) :] if start and full.startswith(start) else None


@lru_cache(maxsize=16)
def _start(base: str) -> str:
    plain = os.sep == "/" and base.startswith(os.sep) and os.path.normpath(base) == base != os.sep
    return base + os.sep if plain else ""
