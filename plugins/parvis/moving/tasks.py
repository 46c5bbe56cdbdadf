"""The two verbs of this room, which tasks.py names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from invoke.context import Context

from .. import project
from ..verb import verb

ROOT = Path(__file__).resolve().parents[3]
Fetch = Callable[..., Any]


def bringing(fetch: Fetch) -> Any:
    """The verb `import`; this room never reaches the network, so that it is handed what does."""

    @verb(
        into="community or testimonials, for sources",
        images="a folder with the pictures of a WordPress or Ghost export; without it they are fetched",
        dry_run="says what would come, and writes nothing",
    )
    def import_(c: Context, file: str, into: str = "community", images: str = "", dry_run: bool = False) -> int:
        """Takes over a list of feeds (OPML, a planet's .ini) or the texts of WordPress (WXR) or Ghost (JSON)."""
        from . import verbs

        asked = verbs.Asked(file, into, images, dry_run)
        return verbs.bring(hub := project.known(ROOT), asked, now=project.now(hub), say=print, fetch=fetch)

    return import_


@verb(to="the folder that gets the files")
def export(c: Context, to: str = "exports/hub") -> int:
    """Sources as OPML, all items as JSON lines and as a table that no spreadsheet runs."""
    from . import verbs

    return verbs.take(hub := project.known(ROOT), to, environ=os.environ, now=project.now(hub), say=print)
