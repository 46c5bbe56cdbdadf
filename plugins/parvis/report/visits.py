"""`invoke report --visits`: reads tables of visits, tells what each share brought, writes it where it is asked to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import files
from ..errors import CONFIG, DONE, refuse
from ..library import Library
from ..settings import Settings
from . import chart, headings, joins, lines, page, reading, sheets, views


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for: tables, columns as declared, a folder to write to, the least figure that is told."""

    visits: str
    columns: str = ""
    to: str = ""
    least: int = views.LEAST
    json: bool = False


def report(settings: Settings, library: Library, asked: Asked, width: int, say: Callable[[str], None]) -> int:
    """Tells what each share brought. Raises Refused for tables that do not tell it, and writes nothing then."""
    if asked.least < 1:
        raise refuse("--least", f"want 1 or more, got {asked.least}", code=CONFIG)
    target = _target(settings.folder, asked.to) if asked.to else None
    known = joins.known(settings, library)
    tallies = reading.read(settings.folder, asked.visits, headings.declared(asked.columns), known)
    told = views.told(tallies, asked.least)
    items = {item.id: item for item in known.items.values()}
    if asked.json:
        say(sheets.as_json(told, items, asked.least))
    else:
        for line in lines.lines(told, items, asked.least, width):
            say(line)
    if target:
        made = dict(sheets.sheets(told, items))
        made["chart.svg"] = chart.svg(told, items, settings.brand).encode()
        made["report.html"] = page.html(told, items, settings.brand, asked.least).encode()
        _write(target, made)
    return DONE


def _write(folder: Path, made: Mapping[str, bytes]) -> None:
    """Writes the files, and takes those of an earlier report away that this one has nothing for."""
    for name in sheets.NAMES:
        if name not in made:
            (folder / name).unlink(missing_ok=True)
    for name, data in made.items():
        files.put(folder / name, data)


def _target(root: Path, to: str) -> Path:
    """The folder to write to: never one that is published or committed with the content."""
    target = (root / to).resolve()
    for folder in ("content", "output", "theme", "plugins"):
        if target.is_relative_to((root / folder).resolve()):
            raise refuse(
                "--to", f"{folder}/ is no place for a report", "exports/report is never published", code=CONFIG
            )
    return target
