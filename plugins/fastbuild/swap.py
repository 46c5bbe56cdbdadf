"""The next site goes live in one step, or, where a platform has no such step, in two that a later start can undo."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from .places import Places
from .refusal import MACHINE, refuse
from .trees import wipe

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h; renameat2(2)


def swap(places: Places, fresh: Path) -> None:
    """Afterwards `live` is what `fresh` was, and `fresh` holds the old site, if there was any."""
    try:
        if not places.live.exists():
            fresh.rename(places.live)
        elif not exchange(places, fresh):
            _two_renames(places, fresh)
    except OSError as error:
        hint = 'close what uses the folder; if it is a mount point, set FASTBUILD = {"in_place": True}'
        refuse(f"{places.live} cannot be exchanged: {error.strerror}; it is as it was", hint, code=MACHINE)


def exchange(places: Places, fresh: Path) -> bool:
    """Whether the kernel did it. Where not, for whatever reason, two renames work or say why."""
    if sys.platform != "linux":
        return False
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except AttributeError:  # a C library older than the call
        return False
    new, live = os.fsencode(fresh), os.fsencode(places.live)
    return bool(renameat2(AT_FDCWD, new, AT_FDCWD, live, RENAME_EXCHANGE) == 0)


def _two_renames(places: Places, fresh: Path) -> None:
    try:
        places.live.rename(places.old)
        fresh.rename(places.live)
    except BaseException:  # Ctrl-C too
        if not places.live.exists():
            places.old.rename(places.live)
        raise
    places.old.rename(fresh)


def recover(places: Places) -> None:
    """Ends what a killed `_two_renames` began. `old` is always whole: it is renamed before it is deleted."""
    if not places.old.exists():
        return
    if places.live.exists():
        wipe(places.next)
        places.old.rename(places.next)
    else:
        places.old.rename(places.live)
