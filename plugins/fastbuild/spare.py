"""The spare: the site before the live one, which takes in what changed and goes live in its turn.

So a build that changes ten files of ten thousand links, moves and removes some twenty. The files of the spare are links
to the live ones, but for those that the last publication changed: these are brought up first.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from .census import Census
from .in_place import changes, sweep
from .places import Places
from .roll import Roll
from .staging import carried, dress
from .trees import wipe


def catch_up(places: Places, known: Roll) -> bool:
    """Makes the spare what is live; where that fails, as without hard links, there is none any more."""
    try:
        _remove(places.spare, known.since)
        for path in known.since:
            there = places.live / path
            if os.path.lexists(there) and path.endswith("/") == (there.is_dir() and not there.is_symlink()):
                _link(there, places.spare / path, folder=path.endswith("/"))
        dress(places.spare, places.live.stat())
    except (OSError, NotImplementedError):
        wipe(places.spare)
        return False
    return True


def take_in(places: Places, census: Census) -> frozenset[str]:
    """Moves in what was made and is another, removes what vanished. Gives the entries in which spare and live differ
    from now on."""
    changed = changes(places, census)
    after = census.written | census.kept
    _remove(places.spare, census.live - after)
    for path in sorted(changed):
        target = places.spare / path
        if path.endswith("/"):
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        (places.next / path).replace(target)
    return changed | (census.live ^ after)


def put_away(places: Places) -> None:
    """The old site, after the exchange, becomes the spare."""
    wipe(places.spare)
    if places.next.exists():
        places.next.rename(places.spare)


def lay(places: Places, paths: Iterable[str]) -> bool:
    """Makes a spare of links to these entries of the live site, where there is none; whether that could be done."""
    wipe(places.spare)
    places.spare.mkdir()
    if not all(carried(str(places.live), str(places.spare), sorted(paths))):
        wipe(places.spare)
        return False
    dress(places.spare, places.live.stat())
    return True


def _remove(spare: Path, paths: Iterable[str]) -> None:
    """Those that are there, and folders that are left empty."""
    for path in sorted(paths, reverse=True):
        there = spare / path
        if os.path.lexists(there) and (path.endswith("/") or not there.is_dir() or there.is_symlink()):
            sweep(spare, path)


def _link(live: Path, target: Path, *, folder: bool) -> None:
    if folder:
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(live, target, follow_symlinks=False)
