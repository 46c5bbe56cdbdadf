"""YAML kept as text, with lines: nothing is guessed (`no`, `12:30`, dates) until a schema types it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import yaml

from .errors import CONTENT, Fault, Refused

STANDARD = "tag:yaml.org,2002:"
EMPTY = {"", "~", "null", "Null", "NULL"}
LOADER: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """One value as it stands in the file. `quoted` tells `"no"` from a bare `no`."""

    value: str
    line: int = 0
    quoted: bool = False

    @property
    def empty(self) -> bool:
        return not self.quoted and self.value in EMPTY


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    items: tuple[Node, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping, its keys in the order of the file; a key that stands twice is here twice."""

    pairs: tuple[tuple[Text, Node], ...]
    line: int = 0

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.pairs if name.value == key), None)


Node = Text | Many | Pairs


def parse(text: str, where: str, *, first_line: int = 1, code: int = CONTENT) -> Node:
    """The document in `text`, whose first line is line `first_line` of the file `where`.

    Raises Refused with the line for what is not YAML, and for aliases and tags, which nobody needs here.
    """
    fault = partial(_fault, where, first_line, code)
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Refused([fault(mark.line if mark else 0, f"not YAML: {error.problem or error.context}")]) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = str(error).partition("\n")[0] or "nested too deeply"
        raise Refused([fault(0, f"not YAML: {what}")]) from error
    if root is None:
        return Text("", first_line)
    seen: set[int] = set()

    def walk(node: yaml.Node) -> Node:
        line = node.start_mark.line + first_line
        if id(node) in seen:
            raise Refused([fault(node.start_mark.line, "an alias (*name) is not allowed here; write the value again")])
        seen.add(id(node))
        if not node.tag.startswith(STANDARD):
            raise Refused([fault(node.start_mark.line, f"a tag ({node.tag}) is not allowed here; write a plain value")])
        if isinstance(node, yaml.MappingNode):
            return Pairs(tuple((_key(key, fault), walk(value)) for key, value in node.value), line)
        if isinstance(node, yaml.SequenceNode):
            return Many(tuple(walk(item) for item in node.value), line)
        return Text(node.value, line, getattr(node, "style", None) is not None)

    def _key(node: yaml.Node, fault: partial[Fault]) -> Text:
        key = walk(node)
        if not isinstance(key, Text):
            raise Refused([fault(node.start_mark.line, "a key must be a word")])
        return key

    return walk(root)


def _fault(where: str, first_line: int, code: int, line: int, what: str) -> Fault:
    hint = "put text that holds ':' or '#', or begins with '@', '*', '&' or '!', between quotes"
    return Fault(where, line + first_line, what, hint if what.startswith("not YAML") else "", code)


def of(value: object) -> Node:
    """A Python value as nodes, so that a dict of settings meets the same schema as a file."""
    if isinstance(value, Mapping):
        return Pairs(tuple((Text(str(key)), of(inner)) for key, inner in value.items()))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return Many(tuple(of(inner) for inner in value))
    if value is None:
        return Text("")
    if isinstance(value, bool):
        return Text("true" if value else "false")
    if isinstance(value, datetime | date):
        return Text(value.isoformat())
    return Text(str(value), quoted=isinstance(value, str))


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
