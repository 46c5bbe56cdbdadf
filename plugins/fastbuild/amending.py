"""One file of the live site, replaced between two builds, as for a preview of what somebody is writing."""

from __future__ import annotations

from . import lock, roll
from .in_place import ASIDE
from .places import Places
from .stamps import Stamp, look


def amend(places: Places, name: str, data: bytes) -> bool:
    """Whether the file was there and had other bytes. First the file is written, then noted: where nobody had touched
    it, the next build goes on to know the whole site."""
    target, aside = places.live / name, places.live / ASIDE
    if not target.is_file() or target.is_symlink() or target.read_bytes() == data:
        return False
    with lock.held(places.notes / "lock", places.live):
        before = _stamps(places, name)
        aside.write_bytes(data)
        aside.replace(target)
        known = roll.read(places.notes)
        if known and known.has(before):
            known.after(places.live, [name], known.folders).write(places.notes)
    return True


def _stamps(places: Places, name: str) -> dict[str, Stamp]:
    """Of the file and of each folder that it lies in."""
    folders = ["", *(name[: place + 1] for place, letter in enumerate(name) if letter == "/")]
    return {path: look(f"{places.live}/{path}", follow=False) for path in (name, *folders)}
