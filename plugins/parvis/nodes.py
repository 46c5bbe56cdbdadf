"""YAML kept as text, with lines: nothing is guessed (`no`, `12:30`, `010`, dates) until a schema types it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from .errors import CONTENT, Fault, Refused, refuse

EMPTY = {"", "~", "null", "Null", "NULL"}
LOADER: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 30
"""Levels of nesting. libyaml's composer has no limit of its own, and ends the process on 50,000."""
NO_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OTHER_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}
"""YAML 1.1 ends a line at these, an editor does not; taken as spaces, line numbers agree."""
PLAIN_WORDS = {
    "mapping values are not allowed": ("a ':' stands where none may", "put a text that holds ': ' between quotes"),
    "cannot start any token": ("a value begins with a sign that means something else", "put the value between quotes"),
    "unexpected end of stream": ("a quote is opened and never closed", "end the text with the same quote"),
    "could not find expected ':'": ("a line without ':'", "each field is `name: value`; indent what continues a text"),
    "did not find expected key": ("this line does not fit the ones above", "indent it as its neighbours, quote texts"),
    "unknown escape character": ("'\\' between double quotes", "use single quotes where a text holds '\\'"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One value as it stands in the file. `quoted` tells `"no"` from a bare `no`; `start` and `end` are offsets."""

    value: str
    line: int = 0
    quoted: bool = False
    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)

    @property
    def empty(self) -> bool:
        return not self.quoted and self.value in EMPTY


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    items: tuple[Node, ...]
    line: int = 0
    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping, its keys in the order of the file; a key that stands twice is here twice."""

    pairs: tuple[tuple[Text, Node], ...]
    line: int = 0
    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.pairs if name.value == key), None)


Node = Text | Many | Pairs


def load(file: Path, where: str, *, code: int = CONTENT) -> Node:
    """The YAML file `file`, called `where` in messages. Raises Refused, and OSError where it cannot be opened."""
    return parse(read(file, where, code=code), where, code=code)


def read(file: Path, where: str, *, code: int = CONTENT) -> str:
    """A text file: UTF-8, line ends as LF, a byte order mark left out. Raises Refused with the line of a bad byte."""
    return decoded(file.read_bytes(), where, code=code)


def decoded(raw: bytes, where: str, *, code: int = CONTENT) -> str:
    """The same for its bytes."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refuse(where, "not UTF-8", "save the file as UTF-8", code=code, line=line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str, where: str, *, first_line: int = 1, code: int = CONTENT) -> Node:
    """The document in `text`, whose first line is line `first_line` of the file `where`.

    Raises Refused with the line for what is not YAML, and for aliases and tags, which nobody needs here.
    """
    return _Reader(text.translate(OTHER_BREAKS), where, first_line, code).document()


class _Reader:
    """One pass over the events of a document."""

    def __init__(self, text: str, where: str, first_line: int, code: int) -> None:
        self._text, self._where, self._first, self._code = text, where, first_line, code

    def document(self) -> Node:
        if found := NO_YAML.search(self._text):
            what = f"not YAML: a character that nobody sees, U+{ord(found[0]):04X}"
            raise self._refused(self._text.count("\n", 0, found.start()), what, "delete it")
        try:
            self._events: Iterator[Any] = yaml.parse(self._text, Loader=LOADER)
            roots = [self._node(event, 1) for event in self._events if isinstance(event, yaml.NodeEvent)]
        except yaml.MarkedYAMLError as error:
            raise self._not_yaml(error) from error
        if len(roots) > 1:
            raise self._refused(roots[1].line - self._first, "a second document after '---'", "one a file")
        return roots[0] if roots else Text("", self._first)

    def _node(self, event: Any, depth: int) -> Node:
        self._check(event, depth)
        line, start, after = event.start_mark.line + self._first, event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            return Text(event.value, line, bool(event.style), start, after)
        if isinstance(event, yaml.SequenceStartEvent):
            items, after = self._inside(yaml.SequenceEndEvent, depth)
            return Many(tuple(items), line, start, self._end(start, items, after))
        inside, after = self._inside(yaml.MappingEndEvent, depth)
        pairs = tuple((self._key(key), value) for key, value in zip(inside[::2], inside[1::2], strict=True))
        return Pairs(pairs, line, start, self._end(start, inside, after))

    def _inside(self, end: type[yaml.CollectionEndEvent], depth: int) -> tuple[list[Node], int]:
        """What stands up to the end of a list or mapping, and the offset after that end."""
        found: list[Node] = []
        for event in self._events:
            after: int = event.end_mark.index
            if isinstance(event, end):
                return found, after
            found.append(self._node(event, depth + 1))
        raise AssertionError("libyaml ends what it begins")

    def _end(self, start: int, inside: list[Node], after: int) -> int:
        """Between brackets the closing one is part of it; else what follows the last value is another's comment."""
        return after if self._text[start] in "[{" or not inside else inside[-1].end

    def _key(self, node: Node) -> Text:
        if isinstance(node, Text):
            return node
        raise self._refused(node.line - self._first, "a key must be a word", "each field is `name: value`")

    def _check(self, event: Any, depth: int) -> None:
        line = event.start_mark.line
        if depth > DEEPEST:
            raise self._refused(line, f"nested more than {DEEPEST} levels deep")
        if event.anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            what = f"an anchor or alias ({sign}{event.anchor}) is not allowed here"
            raise self._refused(line, what, "write the value again, or put it between quotes")
        if event.tag:
            what = f"a tag ({event.tag}) is not allowed here"
            raise self._refused(line, what, "write a plain value, or put it between quotes")

    def _not_yaml(self, error: yaml.MarkedYAMLError) -> Refused:
        problem = error.problem or error.context or "unreadable"
        at = error.problem_mark.line if error.problem_mark else 0
        if "tab" in problem or ("token" in problem and "\t" in (self._text + "\n").split("\n")[at].partition("#")[0]):
            return self._refused(at, "not YAML: a tab stands before a value", "use spaces")
        opened = error.context_mark if "scanning" in (error.context or "") else None
        line = min(opened.line if opened else at, self._text.rstrip().count("\n"))
        what, hint = next(
            (told for said, told in PLAIN_WORDS.items() if said in problem), (problem, "put texts between quotes")
        )
        return self._refused(line, f"not YAML: {what}", hint)

    def _refused(self, line: int, what: str, hint: str = "") -> Refused:
        return Refused([Fault(self._where, line + self._first, what, hint, self._code)])


def of(value: object) -> Node:
    """A Python value as nodes, so that a dict of settings meets the same schema as a file."""
    if isinstance(value, Mapping):
        return Pairs(tuple((Text(str(key)), of(inner)) for key, inner in value.items()))
    if isinstance(value, Sequence | Set) and not isinstance(value, str | bytes):
        return Many(tuple(of(inner) for inner in value))
    if value is None:
        return Text("")
    if isinstance(value, bool):
        return Text("true" if value else "false")
    if isinstance(value, datetime | date):
        return Text(value.isoformat())
    return Text(str(value), quoted=isinstance(value, str))


def bare(node: Node) -> object:
    """What a node says, without where: equal for two files that say the same."""
    if isinstance(node, Text):
        return None if node.empty else node.value
    if isinstance(node, Many):
        return [bare(item) for item in node.items]
    return [(key.value, bare(value)) for key, value in node.pairs]


def texts(node: Node) -> Iterator[Text]:
    """Every value below `node`, keys left out."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Many):
        for item in node.items:
            yield from texts(item)
    else:
        for _, inner in node.pairs:
            yield from texts(inner)
