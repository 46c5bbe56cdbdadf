"""Which code makes the feeds: a part of what their bytes depend on."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

PARVIS = Path(__file__).resolve().parents[2]
PACKAGES = ("feedgen", "lxml", "nh3", "markupsafe")


@cache
def marks() -> tuple[str, ...]:
    """A hash of our own sources, and the packages that write for us."""
    sources = sorted([*PARVIS.glob("*.py"), *PARVIS.glob("site/**/*.py")])
    known = blake2b(b"\0".join(file.read_bytes() for file in sources), digest_size=16).hexdigest()
    return known, *(f"{name} {version(name)}" for name in PACKAGES)
