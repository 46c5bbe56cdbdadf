"""The live folder stays and takes each changed file by itself: never half a file, for a moment two builds' pages."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from .census import Census
from .places import Places
from .trees import below, same_link, unchanged, wipe

ASIDE = ".fastbuild"


def merge(places: Places, census: Census) -> frozenset[str]:
    """Unchanged files are untouched; what vanished goes last. Gives the entries that changed."""
    wipe(places.live / ASIDE)
    changed = changes(places, census)
    for path in sorted(changed):
        _make_way(places.live, path)
        _put(places.next / path, places.live / path, places.live / ASIDE)
    for path in census.vanished:
        if not below(path, census.written):
            sweep(places.live, path)
    return changed | census.vanished


def changes(places: Places, census: Census) -> frozenset[str]:
    """What was made and is not live as it was made."""
    new = census.made - census.live
    both = ((path, places.live / path, places.next / path) for path in census.made & census.live)
    return new | {path for path, live, built in both if not (unchanged(live, built) or same_link(live, built))}


def _make_way(live: Path, path: str) -> None:
    """A file may become a folder, and the other way round; the census has seen that nobody else's file is there."""
    target = live / path
    for parent in reversed(target.parents):
        if live in parent.parents and (parent.is_symlink() or parent.is_file()):
            parent.unlink()
    if target.is_dir() and not target.is_symlink() and not path.endswith("/"):
        wipe(target)
    target.parent.mkdir(parents=True, exist_ok=True)


def _put(built: Path, live: Path, aside: Path) -> None:
    if built.is_dir() and not built.is_symlink():
        live.mkdir(exist_ok=True)
        return
    try:
        built.replace(live)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copy2(built, aside, follow_symlinks=False)  # the output is a mount point: rename from within it
        aside.replace(live)


def sweep(live: Path, path: str) -> None:
    gone = live / path
    if not gone.is_dir() or gone.is_symlink():
        gone.unlink(missing_ok=True)
        gone = gone.parent
    while gone != live:
        try:
            gone.rmdir()
        except OSError:  # still in use
            return
        gone = gone.parent
