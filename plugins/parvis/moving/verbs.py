"""`invoke import` and `invoke export`: what is in a file decides what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import files, library
from ..errors import CONFIG, CONTENT, DONE, Fault, Refused, refuse
from ..ledger import Ledger
from ..settings import Settings
from . import arriving, ghost, leaving, lists, subscribing, wxr
from .pictures import Pictures
from .posts import Export

Say = Callable[[str], None]
PLACES = ("community", "testimonials")
START = 4096
KNOWN = "an OPML list, settings of a planet (.ini), a WordPress export (WXR) or a Ghost export (JSON)"


@dataclass(frozen=True, slots=True)
class Asked:
    """The file, where items of new sources go, the folder with an export's pictures, and whether to write at all."""

    file: str
    into: str = "community"
    images: str = ""
    dry_run: bool = False


def bring(settings: Settings, asked: Asked, *, now: datetime, say: Say) -> int:
    """Takes over what is in a file; raises Refused where nobody knows it."""
    if asked.into not in PLACES:
        raise refuse("--into", f"want {' or '.join(PLACES)}, got '{asked.into}'", code=CONFIG)
    try:
        body = Path(asked.file).read_bytes()
    except OSError as error:
        raise refuse(asked.file, str(error.strerror).lower(), "name a file", code=CONFIG) from None
    export = _export(body, asked.file)
    return _texts(settings, export, asked, now, say) if export else _sources(settings, body, asked, say)


def _export(body: bytes, where: str) -> Export | None:
    """The posts of another system, where the file is such an export."""
    start = body[:START]
    if b"wordpress.org/export/" in start:
        return wxr.read(body, where)
    if start.lstrip().startswith(b"{"):
        try:
            document = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise refuse(where, f"this JSON cannot be read ({str(error)[:100]})", code=CONTENT) from None
        return ghost.read(document, where)
    return None


def _texts(settings: Settings, export: Export, asked: Asked, now: datetime, say: Say) -> int:
    folder = Path(asked.images) if asked.images else None
    if folder and not folder.is_dir():
        raise refuse("--images", f"there is no folder '{asked.images}'", code=CONFIG)
    pictures = Pictures(folder)
    arrival = arriving.arrive(settings, export, pictures, now)
    for path in arrival.texts:
        say(f"content/{path}")
    if not asked.dry_run:
        arriving.write(settings, arrival, pictures)
    if missing := len(pictures.missing):
        say(f"  {_counted(missing, 'picture')} not found: linked where it lay; --images names their folder")
    for note in export.notes:
        say(f"  {note}")
    there = f", {arrival.known} there already" if arrival.known else ""
    done = "found" if asked.dry_run else "written"
    say(f"{_counted(len(arrival.texts), 'text')} {done}, {_counted(len(pictures.copies), 'picture')}{there}")
    return DONE


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _sources(settings: Settings, body: bytes, asked: Asked, say: Say) -> int:
    listed = _feeds(body, asked.file)
    new = subscribing.added(settings, listed.feeds, asked.into)
    for name in new.names:
        say(f"{name:<40}  {'would be ' if asked.dry_run else ''}added to {subscribing.FILE}")
    if new.names and not asked.dry_run:
        subscribing.write(settings, new)
    for note in listed.notes:
        say(f"  {note}")
    there = f", {new.known} there already" if new.known else ""
    say(f"{_counted(len(new.names), 'source')} {'found' if asked.dry_run else 'added'}{there}")
    return DONE


def _feeds(body: bytes, where: str) -> lists.Listed:
    start = body[:START].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<"):
        return lists.opml(body, where)
    found = lists.planet(body)
    if not found.feeds and not found.notes:
        raise refuse(where, f"this is not known: want {KNOWN}", code=CONTENT)
    return found


def take(settings: Settings, to: str, *, environ: Mapping[str, str], now: datetime, say: Say) -> int:
    """Writes sources and items into a folder. Raises Refused where the ledger cannot be read."""
    folder = settings.folder / to
    faults: list[Fault] = []
    ledger = Ledger(settings.folder, environ, faults)
    if faults:
        raise Refused(faults)
    listed = leaving.items(library.read(settings, environ, now), ledger)
    made = {
        "sources.opml": leaving.opml(settings),
        "items.jsonl": leaving.lines(listed),
        "items.csv": leaving.table(listed),
    }
    for name, data in made.items():
        files.put(folder / name, data)
        say(f"{Path(to, name).as_posix()}")
    named = sum(bool(source.url) for source in settings.sources.values())
    say(f"{_counted(named, 'source')}, {_counted(len(listed), 'item')}")
    return DONE
