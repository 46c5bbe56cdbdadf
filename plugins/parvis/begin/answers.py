"""The four questions of `invoke start`: name, address, colour, languages; asked again until the answer will do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .. import colours, html, nodes, options
from ..errors import CONFIG, Fault, Refused
from ..nodes import Text
from ..schema import Place

Ask = Callable[[str], str]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Answers:
    """What makes a hub somebody's own. `authority` is the domain and year that feed ids are made with."""

    name: str
    address: str
    colour: str
    languages: tuple[str, ...]
    authority: str


@dataclass(frozen=True, slots=True)
class Question:
    option: str
    words: str
    read: Callable[[str, Place], Any]
    default: str = ""


def name(given: str, place: Place) -> str | None:
    read = html.text(given)
    if not 0 < len(read) <= LONGEST:
        place.wrong(0, f"want the brand's name, up to {LONGEST} characters, got {len(read)}")
        return None
    return read


def address(given: str, place: Place) -> str | None:
    """The site's address, https:// added where it is left out, without a last slash."""
    url = html.address(given if "://" in given else f"https://{given}").rstrip("/")
    parts = urlsplit(url)
    if not url or parts.query or parts.fragment or not _authority(url, 2026, Place("", [])):
        what = f"want the address where the site will be read, got '{given}'"
        place.wrong(0, what, "as https://brand.example, or https://name.github.io/repository")
        return None
    return url


def colour(given: str, place: Place) -> str | None:
    return colours.read(Text(given, quoted=True), place)


def languages(given: str, place: Place) -> tuple[str, ...] | None:
    words = [word for word in given.replace(",", " ").split() if word]
    return options.languages(nodes.of(words), place)


LONGEST = 80
QUESTIONS = (
    Question("name", "Name of the brand", name),
    Question("address", "Address where the site will be read", address),
    Question("colour", "Colour, as #0b4f6c", colour, "#8a3a1f"),
    Question("languages", "Languages, the first one first (fr, en)", languages, "fr,en"),
)


def read(given: Mapping[str, str], known: Mapping[str, str], year: int, ask: Ask | None, say: Say) -> Answers:
    """Answers from options, from questions where `ask` is there, else from what is known or the defaults.

    Raises Refused with every answer that is missing or will not do.
    """
    faults: list[Fault] = []
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        default = known.get(question.option) or question.default
        if given.get(question.option) or ask is None:
            place = Place(f"--{question.option}", faults, code=CONFIG)
            found[question.option] = question.read(given.get(question.option) or default, place)
        else:
            found[question.option] = _asked(question, default, ask, say)
    if faults:
        raise Refused(faults)
    authority = known.get("authority") or _authority(found["address"], year, Place("--address", faults)) or ""
    return Answers(**found, authority=authority)


def _asked(question: Question, default: str, ask: Ask, say: Say) -> Any:
    while True:
        faults: list[Fault] = []
        answer = ask(f"{question.words}{f' [{default}]' if default else ''}: ").strip() or default
        value = question.read(answer, Place(answer or "nothing", faults))
        if not faults:
            return value
        for fault in faults:
            say(str(fault))
        if question.read is colour and (pale := colours.whole(answer)):
            default = colours.nearest(pale, colours.PAPER)


def _authority(url: str, year: int, place: Place) -> str | None:
    try:
        host = (urlsplit(url).hostname or "").encode("idna").decode()
    except UnicodeError:
        host = ""
    read: str | None = options.AUTHORITY(Text(f"{host},{year}"), place)
    return read
