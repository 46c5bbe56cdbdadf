"""Makes the hub a brand's own: the demo goes, settings and one example of each kind come.

What goes first is content, last demo/ with its manifest; so a killed run is finished by the next. A second run finds
nothing of the demo, and changes only what was answered.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from .. import files, matter, nodes
from ..errors import CONFIG
from ..nodes import Pairs
from . import demo, examples, marks
from .answers import Answers

FRESH = Path(__file__).parent / "fresh"
BRAND, SOURCES = "content/brand.yml", "content/sources.yml"
SETTINGS = (BRAND, SOURCES, "content/moderation.yml", "content/team.yml")
ICON, CNAME = "content/images/icon.svg", "content/CNAME"
SHARED_HOSTS = (".github.io", ".gitlab.io", ".codeberg.page", ".pages.dev", ".netlify.app", ".vercel.app")
TOLD = ("content/**/*.md", "content/*.yml", "README*.md", "CHANGELOG*.md", "docs/**/*.md", ".github/**/*.yml")


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen: paths that go, and those of the demo that stay because somebody changed them."""

    goes: tuple[str, ...]
    stays: tuple[str, ...]

    @property
    def first(self) -> bool:
        """Whether the demo is still here."""
        return bool(self.goes)


def plan(folder: Path) -> Plan:
    """Reads; changes nothing. The four settings are not in it: they are written, not removed."""
    goes = {path for path in demo.as_shipped(folder) if path not in SETTINGS}
    goes |= set(demo.pulled(folder))
    if BRAND in demo.as_shipped(folder):
        ledger = (folder / "content/ledger").rglob("*")
        goes |= {file.relative_to(folder).as_posix() for file in ledger if file.is_file()}
    if (folder / demo.MANIFEST).is_file():
        goes.add(demo.MANIFEST)
    stays = (path for path in demo.changed(folder) if path not in goes | set(SETTINGS))
    return Plan(tuple(sorted(goes, key=_last_first)), tuple(stays))


def start(
    folder: Path, answers: Answers, plan: Plan, now: datetime, fresh: Callable[[int], str] = secrets.token_hex
) -> Iterator[str]:
    """Does it, and gives the path of each file written. Raises Refused where settings of one's own are not YAML."""
    settings = {path: _settings(folder, path, answers) for path in SETTINGS}
    domain, before = _domain(answers.address), _domain(known(folder).get("address", ""))
    for path in plan.goes:
        if path != demo.MANIFEST:
            files.remove(folder / path, folder)
    shutil.rmtree(folder / ".cache", ignore_errors=True)  # copies of the demo's sources, pages made of them
    if plan.first:
        for path, text in {
            ICON: marks.icon(answers.name, answers.colour),
            **examples.texts(answers, now, fresh),
        }.items():
            if not (folder / path).exists():
                files.put(folder / path, text)
                yield path
    for path, text in {**settings, CNAME: domain}.items():
        if text and not _says(folder / path, text):
            files.put(folder / path, text)
            yield path
    if not domain and before and _says(folder / CNAME, before):
        files.remove(folder / CNAME, folder)
    files.remove(folder / demo.MANIFEST, folder)


def mentions(folder: Path) -> Iterator[str]:
    """Further places that name the demo brand, for a person to look at."""
    for pattern in TOLD:
        for file in sorted(folder.glob(pattern)):
            before, found, _ = file.read_text("utf-8", "replace").partition(demo.BRAND)
            if found:
                yield f"{file.relative_to(folder).as_posix()}:{before.count(chr(10)) + 1}"


def _settings(folder: Path, path: str, answers: Answers) -> str:
    """A settings file as it will be: the fresh one instead of the demo's, else one's own with the answers put in."""
    own = (folder / path).is_file() and path not in demo.as_shipped(folder)
    text = nodes.read(folder / path, path) if own else (FRESH / Path(path).name).read_text("utf-8")
    if path == SOURCES and own:
        return matter.change(text, path, dict.fromkeys(demo.demo_sources(folder)))
    if path != BRAND:
        return text
    changes: dict[str, object] = {
        "name": answers.name,
        "url": answers.address,
        "languages": list(answers.languages),
        "colours": {"brand": answers.colour},
    }
    if not own or demo.BRAND.lower() in text.partition("authority:")[2].partition("\n")[0]:
        changes["authority"] = answers.authority
    return matter.change(text, path, changes)


def known(folder: Path) -> dict[str, str]:
    """What one's own brand.yml answers already; nothing while it is the demo's."""
    root = nodes.load(folder / BRAND, BRAND, code=CONFIG) if (folder / BRAND).is_file() else None
    if not isinstance(root, Pairs) or BRAND in demo.as_shipped(folder):
        return {}
    said = {key.value: node for key, node in root.pairs}
    colours = said.get("colours")
    answers = {
        "name": said.get("name"),
        "address": said.get("url"),
        "colour": colours.get("brand") if isinstance(colours, Pairs) else None,
        "languages": said.get("languages"),
        "authority": said.get("authority"),
    }
    found = {name: ",".join(text.value for text in nodes.texts(node)) for name, node in answers.items() if node}
    return {name: value for name, value in found.items() if demo.BRAND.lower() not in value.lower()}


def _domain(address: str) -> str:
    """What GitHub Pages wants of a site with a domain of its own, '' for another."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return "" if not host or parts.path or parts.port or host.endswith(SHARED_HOSTS) else f"{host}\n"


def _says(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode()


def _last_first(path: str) -> tuple[bool, str]:
    return path.startswith("demo/"), path
