"""What `invoke report` tells: counts of the hub, or what each share brought."""

from __future__ import annotations

from collections.abc import Mapping

from .. import library
from .. import settings as setting
from ..settings import Settings
from . import counts, visits
from .visits import Asked


def tell(settings: Settings, asked: Asked, environ: Mapping[str, str], width: int) -> int:
    """Prints it, and gives the exit code."""
    there = library.read(settings, environ, setting.now(settings, environ))
    if asked.visits or asked.columns or asked.to:
        return visits.report(settings, there, asked, width, print)
    return counts.report(settings, there, environ, json=asked.json, say=print)
