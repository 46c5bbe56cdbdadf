"""The next site: an empty folder at the start, all that stays live beside the new at the end."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from .census import Census
from .places import Places
from .refusal import MACHINE, refuse
from .trees import make_folder, unchanged, wipe


def begin(places: Places, retention: Collection[str]) -> None:
    """An empty next site, but for copies of what OUTPUT_RETENTION names: a build may look at them, or write to them."""
    try:
        wipe(places.next)
        places.next.mkdir()
    except OSError as error:
        refuse(f"{places.next} cannot be made anew: {error.strerror}", "see who owns it", code=MACHINE)
    if places.live.is_dir():
        dress(places.next, places.live.stat())
        for path in places.live.iterdir():
            if path.name in retention:
                _copy(path, places.next / path.name)


def dress(folder: Path, like: os.stat_result) -> None:
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


def complete(places: Places, census: Census) -> frozenset[str] | None:
    """Nobody writes to the next site any more: what is unchanged, or stays, becomes a link to the live file. Gives the
    entries that are others; None where not all that is the same could be linked."""
    live, built, aside = places.live, places.next, places.notes / "link"
    aside.unlink(missing_ok=True)
    both = census.made & census.live
    linked = {path for path in both if unchanged(live / path, built / path)}
    whole = [_link(live / path, built / path, aside) for path in linked]
    whole += carried(str(live), str(built), sorted(census.kept | census.standing))
    return frozenset(both - linked) if all(whole) else None


def _link(live: Path, built: Path, aside: Path) -> bool:
    if live.samefile(built):
        return True
    try:
        os.link(live, aside)
        aside.replace(built)
        return True
    except OSError:  # a filesystem without hard links, or one that refuses this one: the time at least stays
        aside.unlink(missing_ok=True)
        time = live.stat()
        os.utime(built, ns=(time.st_atime_ns, time.st_mtime_ns))
        return False


def carried(live: str, built: str, paths: Iterable[str]) -> Iterator[bool]:
    """Whether each of these entries became a link to the same file. Thousands at a time, so it asks and makes as little
    as it can."""
    there: set[str] = set()
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder not in there:
            there.add(folder)
            make_folder(f"{built}/{folder}")
        if name:
            yield _linked(f"{live}/{path}", f"{built}/{path}")


def _linked(live: str, target: str) -> bool:
    try:
        os.link(live, target, follow_symlinks=False)
        return True
    except (OSError, NotImplementedError):
        shutil.copy2(live, target, follow_symlinks=False)
        return False
