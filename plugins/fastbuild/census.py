"""Whose is each file: what this build wrote, what a person put there, and what is left of pages that are gone."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from . import notes
from .places import Places
from .refusal import CONTENT, refuse
from .trees import below

MANIFEST = "written.json"

logger = logging.getLogger(__name__)


class Census(NamedTuple):
    """Sets of paths as `entries` gives them."""

    live: frozenset[str]
    written: frozenset[str]
    """What the next site holds, the copies of OUTPUT_RETENTION included, and `standing`."""
    standing: frozenset[str]
    """What was not made, for it would come out as it is live."""
    kept: frozenset[str]
    """What is live, was not built now, and stays: no build of ours put it there."""
    owned: frozenset[str]
    """What was built now, and may be swept once it is no longer built."""
    owned_before: frozenset[str]

    @property
    def vanished(self) -> frozenset[str]:
        return self.live - self.written - self.kept

    @property
    def made(self) -> frozenset[str]:
        return self.written - self.standing

    @property
    def owned_meanwhile(self) -> frozenset[str]:
        """Right before and after the exchange, whenever the process dies: it never holds a person's live file."""
        return self.owned_before | (self.owned - (self.live - self.owned_before))


def take(
    places: Places,
    live: frozenset[str],
    made: frozenset[str],
    standing: frozenset[str],
    *,
    delete: bool,
    retention: Collection[str],
) -> Census:
    """`live` are the entries of the live site, `made` those of the next one; `delete` and `retention` are Pelican's
    DELETE_OUTPUT_DIRECTORY and OUTPUT_RETENTION."""
    written = made | standing
    owned_before = read(places.notes)
    strange = frozenset() if delete else live - written - (owned_before or frozenset())
    strange = frozenset(path for path in strange if not (path.endswith("/") and (places.next / path).is_dir()))
    owned = frozenset(path for path in written if path.split("/", 1)[0] not in retention)
    if strange and owned_before is None:
        message = (
            "fastbuild: %s file(s) in %s are from before its first build and stay; empty the folder to be rid of them"
        )
        logger.warning(message, len(strange), places.live)
    _refuse_clash(places, strange, written)
    return Census(live, written, standing - made, strange, owned, owned_before or frozenset())


def _refuse_clash(places: Places, kept: Collection[str], written: Collection[str]) -> None:
    for path in sorted(kept):
        if os.path.lexists(places.next / path) or below(path, written):
            what = f"{places.live / path} is not from this site, and is in the way of a file or folder that is"
            refuse(what, "move it away", code=CONTENT)


def read(folder: Path) -> frozenset[str] | None:
    """What earlier builds wrote; None where nobody knows, as before the first build or after damage."""
    paths = notes.read(folder, MANIFEST)
    return frozenset(map(str, paths)) if isinstance(paths, list) else None


def write(folder: Path, paths: Collection[str]) -> None:
    notes.write(folder, MANIFEST, sorted(paths))
