"""The next site: an empty folder at the start, all that stays live beside the new at the end."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Collection
from pathlib import Path

from .census import Census
from .places import Places
from .refusal import MACHINE, refuse
from .trees import unchanged, wipe


def begin(places: Places, retention: Collection[str]) -> None:
    """An empty next site, but for copies of what OUTPUT_RETENTION names: a build may look at them, or write to them."""
    try:
        wipe(places.next)
        places.next.mkdir()
    except OSError as error:
        refuse(f"{places.next} cannot be made anew: {error.strerror}", "see who owns it", code=MACHINE)
    if places.live.is_dir():
        _dress(places.next, places.live.stat())
        for path in places.live.iterdir():
            if path.name in retention:
                _copy(path, places.next / path.name)


def _dress(folder: Path, like: os.stat_result) -> None:
    """The live folder's group and mode, a set-group-id bit included, pass on to the next one."""
    if hasattr(os, "chown") and folder.stat().st_gid != like.st_gid:
        with contextlib.suppress(PermissionError):
            os.chown(folder, -1, like.st_gid)
    folder.chmod(stat.S_IMODE(like.st_mode))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)


def complete(places: Places, census: Census) -> None:
    """Nobody writes to the next site any more: what is unchanged or kept becomes a link to the live file."""
    live, built, aside = places.live, places.next, places.notes / "link"
    aside.unlink(missing_ok=True)
    for path in census.written & census.live:
        _link_unchanged(live / path, built / path, aside)
    for path in census.kept:
        _carry(live / path, built / path, folder=path.endswith("/"))


def _link_unchanged(live: Path, built: Path, aside: Path) -> None:
    if not unchanged(live, built) or live.samefile(built):
        return
    try:
        os.link(live, aside)
        aside.replace(built)
    except OSError:  # a filesystem without hard links, or one that refuses this one: the time at least stays
        aside.unlink(missing_ok=True)
        time = live.stat()
        os.utime(built, ns=(time.st_atime_ns, time.st_mtime_ns))


def _carry(live: Path, target: Path, *, folder: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if folder:
        target.mkdir(exist_ok=True)
    elif live.is_symlink():
        target.symlink_to(live.readlink())
    else:
        try:
            os.link(live, target)
        except OSError:
            shutil.copy2(live, target)
