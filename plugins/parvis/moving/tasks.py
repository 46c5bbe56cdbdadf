"""The two verbs of this room, which tasks.py names."""

from __future__ import annotations

import os
from pathlib import Path

from invoke.context import Context

from .. import project
from ..verb import verb

ROOT = Path(__file__).resolve().parents[3]


@verb(
    into="community or testimonials, for sources",
    images="a folder with the pictures of a WordPress or Ghost export",
    dry_run="says what would come, and writes nothing",
)
def import_(c: Context, file: str, into: str = "community", images: str = "", dry_run: bool = False) -> int:
    """Takes over a list of feeds (OPML, a planet's .ini) or the texts of WordPress (WXR) or Ghost (JSON)."""
    from . import verbs

    return verbs.bring(
        hub := project.known(ROOT), verbs.Asked(file, into, images, dry_run), now=project.now(hub), say=print
    )


@verb(to="the folder that gets the files")
def export(c: Context, to: str = "exports/hub") -> int:
    """Sources as OPML, all items as JSON lines and as a table that no spreadsheet runs."""
    from . import verbs

    return verbs.take(hub := project.known(ROOT), to, environ=os.environ, now=project.now(hub), say=print)
