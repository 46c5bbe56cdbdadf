"""Room 1, READ: bytes become Items. A kind of source is one file here; there is nothing to register.

Such a file has a `KIND` of its own name and

    def read(name: str, get: Get, *, url: str, …options) -> Iterator[Item | Note | Pause]

`name` is the source's permanent name. `get(url)` gives bytes that know where they came from, so an adapter meets
neither the network nor the disk. Every further keyword of `read` is a key that an entry of this kind may have in
sources.yml; its annotation (str, int, bool, dict[str, str], tuple[str, …]) is what the key is checked against. Beside
Items it may yield a `Note` for what was left out, and a `Pause` where the source asks for one. An Item that is
`deleted` says that its source has it no more.

A file may also say of its sources: `PRIVATE = True`, they hold private text; `ROBOTS = True`, they are pages for
people, so that robots.txt is asked; `FOLDERS = True`, `path:` may name a folder of messages; `PAGED = True`, no more
items than `max_items` are asked for; `SECRET`, a `Secret` that its requests carry; `begin(url)`, the address it asks
first, or a ValueError that says what address is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Protocol, get_args, get_origin, get_type_hints

from ..errors import CONFIG, SOURCES, Refused, did_you_mean, refuse
from ..model import Item

MARK = re.compile(r'^KIND = "(\w+)"$', re.MULTILINE)
HINT = "open the address in a browser: does it still give what this kind of source reads?"
NAMES = {dict: "an object", list: "a list", str: "text", bool: "yes or no", int: "a number", float: "a number"}


class Got(bytes):
    """What an address gave. `url` is the one after redirects, "" for a file; `type` the content-type header or "".

    `next` is the address of the page after it, where the answer's Link header names one (RFC 8288).
    """

    url: str
    type: str
    next: str

    def __new__(cls, body: bytes, url: str = "", type: str = "", next: str = "") -> Got:
        got = super().__new__(cls, body)
        got.url, got.type, got.next = url, type, next
        return got


class Wrong(ValueError):
    """A value that is not what its place wants, in words: `topics[3].id: want text, got a list`."""

    def __init__(self, where: str, want: str, got: object) -> None:
        found = "nothing" if got is None else NAMES.get(type(got), "something else")
        super().__init__(f"{where or 'the whole answer'}: want {want}, got {found}")


class Get(Protocol):
    """Reads one address, within the limits of whoever handed it in. For a file it knows that file's `url` only."""

    def __call__(self, url: str) -> Got: ...


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know although reading went on, such as rows left out."""

    what: str


@dataclass(frozen=True, slots=True)
class Pause:
    """The source asks, in what it says, to be left alone for so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Secret:
    """What requests to addresses that begin with `home` carry, from the variable `name` of the environment, if set.

    It stands in the parameter `parameter` of the address, or where that is "" in the Authorization header.
    """

    name: str
    home: str
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a source says of itself: its title, and what it was made with."""

    title: str = ""
    generator: str = ""


@cache
def kinds() -> frozenset[str]:
    """Every kind there is, presets of `feed` and `table` among them. The files are looked at, not imported."""
    files = (file for folder in __path__ for file in Path(folder).glob("*.py"))
    return frozenset(kind for file in files for kind in MARK.findall(file.read_text(encoding="utf-8"))) | set(
        _presets()
    )


@cache
def _presets() -> Mapping[str, Any]:
    from .exports import EXPORTS  # what reads feeds and tables is not needed to know of this room
    from .presets import PRESETS

    return {**PRESETS, **EXPORTS}


def load(kind: str) -> Any:
    """The file of a kind, or the preset. Raises Refused where there is neither."""
    if preset := _presets().get(kind):
        return preset
    if kind not in kinds():
        hint = f"there are {', '.join(sorted(kinds()))}"
        raise refuse(
            "sources.yml", f"no kind of source is named '{kind}'{did_you_mean(kind, kinds())}", hint, code=CONFIG
        )
    return import_module(f"{__name__}.{kind}")


def options(kind: str) -> dict[str, type]:
    """What an entry of this kind may say beside its address: names, and str, int, bool, dict or tuple."""
    read = load(kind).read
    hints = get_type_hints(read)
    own = (p.name for p in signature(read).parameters.values() if p.kind is p.KEYWORD_ONLY and p.name != "url")
    return {name: _plain(hints[name]) for name in own}


def _plain(hint: Any) -> type:
    """The type alone: `dict` of `dict[str, str] | None`."""
    given = next(part for part in get_args(hint) if part is not NoneType) if isinstance(hint, UnionType) else hint
    origin = get_origin(given) or given
    return origin if isinstance(origin, type) else str


def private(kind: str) -> bool:
    """Whether sources of this kind hold text that was not public before."""
    return bool(getattr(load(kind), "PRIVATE", False))


def paged(kind: str) -> bool:
    """Whether each further item costs the source requests."""
    return bool(getattr(load(kind), "PAGED", False))


def folders(kind: str) -> bool:
    """Whether a source of this kind may be a folder of messages."""
    return bool(getattr(load(kind), "FOLDERS", False))


def misplaced(kind: str, url: str) -> str:
    """What address a kind wants in place of this one; "" where this one will do."""
    begin = getattr(load(kind), "begin", None)
    try:
        return "" if begin is None or begin(url) else "want another address"
    except ValueError as error:
        return str(error)


def secret(kind: str) -> Secret | None:
    """What requests of this kind may carry."""
    found = getattr(load(kind), "SECRET", None)
    return found if isinstance(found, Secret) else None


def robots(kind: str) -> bool:
    """Whether sources of this kind are pages for people, for which robots.txt is asked."""
    return bool(getattr(load(kind), "ROBOTS", False))


def read(kind: str, name: str, get: Get, *, url: str, **options: Any) -> Iterator[Item | Note | Pause]:
    """What a source says. Raises Refused where it is not what this kind of source gives, and never another fault."""
    try:
        yield from load(kind).read(name, get, url=url, **options)
    except (Refused, OSError, MemoryError):
        raise
    except Wrong as wrong:
        raise refuse(name, str(wrong), HINT, code=SOURCES) from None
    except Exception as error:  # whatever an adapter did not foresee costs its own source only
        what = f"this is not what a source of kind '{kind}' gives ({type(error).__name__}: {str(error)[:200]})"
        raise refuse(name, what, HINT, code=SOURCES) from error
