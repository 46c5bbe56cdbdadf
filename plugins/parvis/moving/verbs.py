"""`invoke import` and `invoke export`: what is in a file decides what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import files, library
from ..errors import CONFIG, CONTENT, DONE, Fault, Refused, refuse
from ..intake.picture import Copy
from ..ledger import Ledger
from ..settings import Settings
from ..sources.values import web
from . import arriving, ghost, leaving, lists, subscribing, wxr
from .pictures import Pictures
from .posts import Export

Say = Callable[[str], None]
Fetch = Callable[[Settings, Collection[str]], Mapping[str, Copy | str]]
PLACES = ("community", "testimonials")
START = 4096
MOST_TOLD = 20
KNOWN = "an OPML list, settings of a planet (.ini), a WordPress export (WXR) or a Ghost export (JSON)"


@dataclass(frozen=True, slots=True)
class Asked:
    """The file, where items of new sources go, the folder with an export's pictures, and whether to write at all."""

    file: str
    into: str = "community"
    images: str = ""
    dry_run: bool = False


def bring(settings: Settings, asked: Asked, *, now: datetime, say: Say, fetch: Fetch | None = None) -> int:
    """Takes over what is in a file; raises Refused where nobody knows it. `fetch` gets pictures that no folder has."""
    if asked.into not in PLACES:
        raise refuse("--into", f"want {' or '.join(PLACES)}, got '{asked.into}'", code=CONFIG)
    try:
        body = Path(asked.file).read_bytes()
    except OSError as error:
        raise refuse(asked.file, str(error.strerror).lower(), "name a file", code=CONFIG) from None
    export = _export(body, asked.file)
    return _texts(settings, export, asked, now, say, fetch=fetch) if export else _sources(settings, body, asked, say)


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


def _texts(settings: Settings, export: Export, asked: Asked, now: datetime, say: Say, *, fetch: Fetch | None) -> int:
    folder = Path(asked.images) if asked.images else None
    if folder and not folder.is_dir():
        raise refuse("--images", f"there is no folder '{asked.images}'", code=CONFIG)
    pictures = Pictures(folder)
    arrival = arriving.arrive(settings, export, pictures, now)
    missed = [
        f"{_counted(len(pictures.missing), 'picture')} not found: linked where it lay; --images names their folder"
    ]
    if fetch and folder is None and pictures.missing and not asked.dry_run:
        pictures, missed = _fetched(settings, export, pictures.missing, fetch)
        arrival = arriving.arrive(settings, export, pictures, now)
    for path in arrival.texts:
        say(f"content/{path}")
    if not asked.dry_run:
        arriving.write(settings, arrival, pictures)
    for note in (*(missed if pictures.missing else ()), *export.notes):
        say(f"  {note}")
    there = f", {arrival.known} there already" if arrival.known else ""
    done = "found" if asked.dry_run else "written"
    say(f"{_counted(len(arrival.texts), 'text')} {done}, {_counted(len(pictures.copies), 'picture')}{there}")
    return DONE


def _fetched(settings: Settings, export: Export, missing: Collection[str], fetch: Fetch) -> tuple[Pictures, list[str]]:
    """The pictures that can be had from where they lie, and a note on each that cannot."""
    wanted = {address: web(address, export.base) for address in sorted(missing)}
    found = fetch(settings, sorted({*filter(None, wanted.values())}))
    had = {address: found.get(url, "is an address without the site that it is of") for address, url in wanted.items()}
    missed = [f"{address[:120]}: {what}" for address, what in had.items() if isinstance(what, str)]
    notes = [f"{_counted(len(missed), 'picture')} not fetched: linked where it lay", *missed[:MOST_TOLD]]
    notes += [f"and {len(missed) - MOST_TOLD} more"] if len(missed) > MOST_TOLD else []
    return Pictures(None, {address: copy for address, copy in had.items() if not isinstance(copy, str)}), notes


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
