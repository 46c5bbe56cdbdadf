"""Types for what people write in YAML: each option is declared once, every fault is collected.

A reader takes a node and the place it stands at, and gives a value; what it cannot read it reports to the place,
then gives None. A value is used only where its place has no fault.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from .errors import CONTENT, Fault, did_you_mean
from .html import address, prose
from .html import text as one_line
from .nodes import Many, Node, Pairs, Text

T = TypeVar("T")
YES, NO = {"true", "yes", "oui", "on"}, {"false", "no", "non", "off"}
ZONE = re.compile(r"\s+([+-]\d\d:?\d\d|Z)$")
YEARS = 1000, 9000
"""Of moments: at the ends of the calendar a change of zone overflows."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands (file and dotted path), and the list that its faults go to."""

    where: str
    faults: list[Fault]
    path: str = ""
    code: int = CONTENT

    def wrong(self, line: int, what: str, hint: str = "") -> None:
        self.faults.append(Fault(self.where, line, f"{self.path}: {what}" if self.path else what, hint, self.code))

    def inner(self, key: str) -> Place:
        return Place(self.where, self.faults, f"{self.path}.{key}" if self.path else key, self.code)


Reader = Callable[[Node, Place], Any]


def text(node: Node, place: Place) -> str | None:
    """Text of any kind, on one or more lines, without characters that XML cannot hold."""
    if isinstance(node, Text):
        return "" if node.empty else prose(node.value)
    _want(node, place, "text")
    return None


def line(node: Node, place: Place) -> str | None:
    """Text on one line, without characters that nobody sees."""
    read = text(node, place)
    return None if read is None else one_line(read)


def matching(pattern: str, wanted: str) -> Reader:
    """Text that a regular expression matches whole; `wanted` says in words what that is."""
    compiled = re.compile(pattern)

    def read(node: Node, place: Place) -> str | None:
        if isinstance(node, Text) and compiled.fullmatch(node.value):
            return node.value
        _want(node, place, wanted)
        return None

    return read


def number(kind: type[int] | type[float], low: float, high: float) -> Reader:
    """A number from `low` to `high`."""
    wanted = f"a {'whole ' if kind is int else ''}number from {low} to {high}"
    digits = re.compile(r"-?(0|[1-9][0-9]*)" + (r"(\.[0-9]+)?" if kind is float else ""))  # 010 is 10 or 8: ask

    def read(node: Node, place: Place) -> int | float | None:
        written = isinstance(node, Text) and digits.fullmatch(node.value) and len(node.value) < 20
        value = kind(node.value) if isinstance(node, Text) and written else None
        if value is not None and low <= value <= high:
            return value
        _want(node, place, wanted)
        return None

    return read


def boolean(node: Node, place: Place) -> bool | None:
    """true or false; yes, no, oui and non are understood."""
    word = node.value.lower() if isinstance(node, Text) else ""
    if word in YES | NO:
        return word in YES
    _want(node, place, "true or false")
    return None


def choice(*words: str) -> Reader:
    """One of a few words."""

    def read(node: Node, place: Place) -> str | None:
        if isinstance(node, Text) and node.value in words:
            return node.value
        hint = did_you_mean(node.value, words) if isinstance(node, Text) else ""
        _want(node, place, " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))), hint)
        return None

    return read


def day(node: Node, place: Place) -> date | None:
    """A day, as 2026-11-02."""
    try:
        value = date.fromisoformat(node.value) if isinstance(node, Text) else None
    except ValueError:
        value = None
    if value is None:
        _want(node, place, "a day, as 2026-11-02")
    return value


def moment(node: Node, place: Place) -> datetime | None:
    """A date with time and zone, as 2026-11-02T09:00:00+01:00; a blank before the zone does no harm."""
    try:
        value = datetime.fromisoformat(ZONE.sub(r"\1", node.value)) if isinstance(node, Text) else None
    except ValueError:
        value = None
    if value and not YEARS[0] <= value.year <= YEARS[1]:
        place.wrong(node.line, f"want a year from {YEARS[0]} to {YEARS[1]}, got {value.year}")
        return None
    if value and value.tzinfo:
        return value
    hint = "" if value is None else "add the zone, as +01:00 for winter in Paris, or Z for UTC"
    _want(node, place, "a date with time and zone, as 2026-11-02T09:00:00+01:00", hint=hint)
    return None


def web(node: Node, place: Place) -> str | None:
    """An absolute http(s) address."""
    if isinstance(node, Text) and address(node.value) and "://" in node.value:
        return node.value.strip()
    _want(node, place, "an address that begins with https:// or http://")
    return None


def many(of: Reader) -> Reader:
    """A list; a single value counts as a list of one."""

    def read(node: Node, place: Place) -> tuple[Any, ...] | None:
        if isinstance(node, Text) and node.empty:
            return ()
        items = node.items if isinstance(node, Many) else (node,)
        return tuple(of(item, place) for item in items)

    return read


def mapping(of: Reader, keys: Reader = text) -> Reader:
    """A mapping from words to values of one type, read-only."""

    def read(node: Node, place: Place) -> Any:
        if isinstance(node, Text) and node.empty:
            return MappingProxyType({})
        if not isinstance(node, Pairs):
            _want(node, place, "names with values, one `name: value` a line")
            return None
        unique(node, place)
        return MappingProxyType({keys(name, place): of(value, place.inner(name.value)) for name, value in node.pairs})

    return read


def record(kind: type[T], **readers: Reader) -> Callable[[Node, Place], T | None]:
    """A dataclass. Each field is read as its `option` says, or by the reader of its name in `readers`.

    Unknown, missing and doubled keys are faults. A field `lines` of the dataclass gets the line of each key.
    """
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    read_by = {name: readers.get(name) or field.metadata.get("read") for name, field in fields.items()}
    by_name = {name: reader for name, reader in read_by.items() if reader}
    never_empty = {name for name, field in fields.items() if field.metadata.get("never_empty")}

    def read(node: Node, place: Place) -> T | None:
        if isinstance(node, Text) and node.empty:
            node = Pairs((), node.line)
        if not isinstance(node, Pairs):
            _want(node, place, "several `name: value` lines")
            return None
        before = len(place.faults)
        unique(node, place)
        values: dict[str, Any] = {}
        for key, value in node.pairs:
            if key.value not in by_name:
                place.inner(key.value).wrong(key.line, f"no such option{did_you_mean(key.value, by_name)}")
            elif not (isinstance(value, Text) and value.empty) or key.value in never_empty:
                values[key.value] = by_name[key.value](value, place.inner(key.value))
        if "lines" in fields:
            values["lines"] = MappingProxyType({key.value: key.line for key, _ in node.pairs})
        for name in by_name.keys() - values.keys():
            _required(fields[name], node, place)
        return kind(**values) if len(place.faults) == before else None

    return read


def _required(field: dataclasses.Field[Any], node: Pairs, place: Place) -> None:
    if field.default is MISSING and field.default_factory is MISSING:
        key = next((key for key, _ in node.pairs if key.value == field.name), None)
        state, line = ("empty", key.line) if key else ("missing", node.line)
        place.inner(field.name).wrong(line, f"{state}. {field.metadata.get('doc', '')}".strip())


def option(read: Reader, default: Any = MISSING, *, doc: str, never_empty: bool = False) -> Any:
    """A field of a `record`: how it is read, what it is when absent, and one sentence on what it is for.

    A key without a value counts as absent, but for `never_empty` ones: there a value was meant and got lost.
    """
    known = {"read": read, "doc": doc, "never_empty": never_empty}
    if getattr(default, "__hash__", None) is None:  # a dataclass takes no such default, read-only or not
        return dataclasses.field(default_factory=lambda: default, metadata=known)
    return dataclasses.field(default=default, metadata=known)


def unique(node: Pairs, place: Place) -> None:
    """Reports keys that stand twice."""
    seen: dict[str, int] = {}
    for key, _ in node.pairs:
        if key.value in seen:
            place.inner(key.value).wrong(key.line, f"stands twice, first on line {seen[key.value]}")
        seen.setdefault(key.value, key.line)


def _want(node: Node, place: Place, wanted: str, meant: str = "", hint: str = "") -> None:
    got = {Many: "a list", Pairs: "a mapping"}.get(type(node)) or _shown(node)
    place.wrong(node.line, f"want {wanted}, got {got}{meant}", hint)


def _shown(node: Node) -> str:
    value = node.value if isinstance(node, Text) else ""
    return f"'{value[:60]}…'" if len(value) > 60 else f"'{value}'" if value else "nothing"
