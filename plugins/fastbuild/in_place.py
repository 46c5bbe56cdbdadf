"""The live folder stays and takes each changed file by itself: never half a file, for a moment two builds' pages."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from .census import Census
from .places import Places
from .trees import below, same_link, unchanged, wipe

ASIDE = ".fastbuild"


def merge(places: Places, census: Census) -> None:
    """Unchanged files are untouched; what vanished goes last."""
    wipe(places.live / ASIDE)
    for path in sorted(census.written):
        built, live = places.next / path, places.live / path
        if path not in census.live or not (unchanged(live, built) or same_link(live, built)):
            _make_way(places.live, path)
            _put(built, live, places.live / ASIDE)
    for path in census.vanished:
        if not below(path, census.written):
            _sweep(places.live, path)


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


def _sweep(live: Path, path: str) -> None:
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
