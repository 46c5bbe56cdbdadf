"""A JSON answer: its objects, their values by path, and where one of them is not what it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..errors import SOURCES, refuse
from ..html import prose
from . import HINT, Got, Wrong, dates
from .discovery import title
from .encoding import charset, decode
from .values import moment, web, words

DEEPEST = 3  # lists in lists: saved pages, one after the other
COMPLAINTS = ("message", "error_message", "error_description", "error.message", "error", "errors")


@dataclass(frozen=True, slots=True)
class Part:
    """An object of an answer. Values are asked for by path, such as `account.url`; what is absent or null is empty.

    Numbers count as text and text as numbers. Where a value is of quite another kind, asking for it raises Wrong.
    """

    fields: Mapping[str, Any]
    where: str = ""

    def text(self, *paths: str) -> str:
        """The first of these values that says something; "" where none does."""
        return next(filter(None, map(self._text, paths)), "")

    def needed(self, *paths: str) -> str:
        """The same where it must be there. Raises Wrong where it is not."""
        if found := self.text(*paths):
            return found
        raise Wrong(self._place(paths[0]), "text", None)

    def marked(self, *paths: str) -> None:
        """Raises Wrong where it has none of these values: then it is a thing of another kind."""
        if all(self.at(path) is None for path in paths):
            raise Wrong(self.where, f"an object with {', '.join(paths[:-1])} or {paths[-1]}", self.fields)

    def html(self, *paths: str) -> str:
        return prose(self.text(*paths))

    def web(self, *paths: str, base: str = "") -> str:
        """The first of these values that is an address, complete; "" where none is."""
        return next(filter(None, (web(self._text(path), base) for path in paths)), "")

    def flag(self, path: str) -> bool:
        return self.at(path) in (True, 1, "true", "True", "1")

    def number(self, path: str) -> int | None:
        value = self.at(path)
        try:
            return int(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
        except (ValueError, OverflowError):
            return None

    def moment(self, *paths: str) -> datetime | None:
        """The first of these values that is a date: ISO 8601, or seconds since 1970."""
        return next(filter(None, (_moment(self._text(path)) for path in paths)), None)

    def part(self, path: str) -> Part:
        value = self.at(path)
        if isinstance(value, dict):
            return Part(value, self._place(path))
        if value in (None, [], False, ""):  # as PHP writes an object without fields
            return Part({}, self._place(path))
        raise Wrong(self._place(path), "an object", value)

    def parts(self, path: str) -> list[Part]:
        """The objects of a list; what else stands in it is passed over."""
        value = self.at(path) or []
        if isinstance(value, dict):
            value = [value]
        if not isinstance(value, list):
            raise Wrong(self._place(path), "a list", value)
        return [Part(one, f"{self._place(path)}[{n}]") for n, one in enumerate(value) if isinstance(one, dict)]

    def texts(self, path: str) -> list[str]:
        """The words of a list, or the one that stands alone."""
        value = self.at(path) or []
        if isinstance(value, dict) or value is True:
            raise Wrong(self._place(path), "a list", value)
        return [str(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str | int)]

    def _text(self, path: str) -> str:
        value = self.at(path)
        if isinstance(value, list | dict) and value:
            raise Wrong(self._place(path), "text", value)
        return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""

    def at(self, path: str) -> Any:
        """A value as it stands there; None where there is none."""
        value: Any = self.fields
        for step in path.split("."):
            if not isinstance(value, dict):
                return None
            value = value.get(step)
        return value

    def _place(self, path: str) -> str:
        return f"{self.where}.{path}" if self.where else path


def _moment(said: str) -> datetime | None:
    if said.replace(".", "", 1).isdecimal() and len(said) > 8:
        try:
            return moment(datetime.fromtimestamp(float(said), UTC))
        except (ValueError, OverflowError, OSError):
            return None
    return dates.iso(said)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: what it lists, the object around the list (of each saved page one), and the bytes it came in."""

    got: Got
    roots: list[Part]
    rows: list[Part | Wrong]

    @property
    def root(self) -> Part:
        return self.roots[0]


def page(name: str, got: Got, *lists: str) -> Page:
    """What an answer lists: under one of the paths `lists`, or as a list, or one object alone.

    A saved answer may hold several pages, as a list or one a line. Raises Refused where it is no JSON, or a complaint.
    """
    documents = _documents(name, decode(got, charset(got.type)).strip())
    whole = documents[0] if len(documents) == 1 else documents
    roots = [Part(one) for one in (whole if isinstance(whole, list) else [whole]) if isinstance(one, dict)] or [
        Part({})
    ]
    listed = any(isinstance(roots[0].at(path), list) for path in lists)
    if isinstance(whole, dict) and not listed and roots[0].at("id") is None and (complaint := _complaint(roots[0])):
        raise refuse(name, f"the source answers “{complaint}”", HINT, code=SOURCES)
    return Page(got, roots, list(_rows(whole, "", lists, DEEPEST)))


def _rows(value: Any, where: str, lists: tuple[str, ...], deepest: int) -> Iterator[Part | Wrong]:
    if isinstance(value, list) and deepest:
        for number, one in enumerate(value):
            yield from _rows(one, f"{where}[{number}]", lists, deepest - 1)
    elif isinstance(value, dict):
        part = Part(value, where)
        for path in lists:
            if isinstance(found := part.at(path), list):
                here = part._place(path)
                for number, one in enumerate(found):
                    place = f"{here}[{number}]"
                    yield Part(one, place) if isinstance(one, dict) else Wrong(place, "an object", one)
                return
        yield part
    else:
        yield Wrong(where, "an object", value)


def _documents(name: str, text: str) -> list[Any]:
    """The one document, or one for each line."""
    if not text:
        raise refuse(name, "there is nothing at this address", HINT, code=SOURCES)
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError) as error:
        fault = str(error)[:100]
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        page = f"a web page (“{called}”)" if (called := title(text)) else "something else"
        what = f"{page} stands where JSON is wanted" if text.startswith("<") else f"this JSON cannot be read ({fault})"
        raise refuse(name, what, HINT, code=SOURCES) from None


def _complaint(root: Part) -> str:
    """What an interface says in place of an answer."""
    for path in COMPLAINTS:
        said = root.at(path)
        said = said[0] if isinstance(said, list) and said else said
        if isinstance(said, str) and said.strip():
            return words(said)[:200]
    return ""
