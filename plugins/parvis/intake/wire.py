"""What crosses the pipe between cage and cell: frames that begin with their length, and Items as JSON, never pickle."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from ..model import Item

LENGTH = struct.Struct(">I")
PIECE = 2**16  # bytes that go into a pipe at once
LONGEST = 8 * 2**20  # bytes of one frame that a cell sends
MOST = 64 * 2**20  # bytes of all the items of one job


def frame(content: bytes) -> bytes:
    return LENGTH.pack(len(content)) + content


def pieces(content: bytes) -> Iterator[bytes | memoryview]:
    """The frame of a long content without a copy of it."""
    yield LENGTH.pack(len(content))
    whole = memoryview(content)
    yield from (whole[at : at + PIECE] for at in range(0, len(content), PIECE))


def message(*said: object) -> bytes:
    """A frame of JSON; Items and dates are taken apart. Raises TypeError or ValueError where a part has no JSON."""
    return frame(json.dumps(said, default=_plain, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def parts(content: bytes) -> Any:
    """What a message says. Raises ValueError where it is none."""
    try:
        return json.loads(content.decode("utf-8", "surrogatepass"))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def rebuilt(value: object) -> Item:
    """An Item that was taken apart. Raises ValueError where it is not whole: this comes from a stranger's hands."""
    try:
        item: Item = _whole(Item, value)
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return item


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON")


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What puts a value of some kind together again. It raises ValueError for any other value."""
    if get_origin(kind) in (Union, UnionType):
        made = _maker(next(one for one in get_args(kind) if one is not NoneType))
        return lambda value: None if value is None else made(value)
    if get_origin(kind) is tuple:
        made = _maker(get_args(kind)[0])
        return lambda value: tuple(map(made, _exactly(list, value)))
    if isinstance(kind, type) and is_dataclass(kind):
        return partial(_whole, kind)
    if kind is str:
        return _text
    if kind in (date, datetime):
        return lambda value: kind.fromisoformat(_exactly(str, value))
    return partial(_exactly, kind)


def _whole(kind: type, value: Any) -> Any:
    makers = _makers(kind)
    if unknown := _exactly(dict, value).keys() - makers.keys():
        raise ValueError(f"{kind.__name__} has no {min(unknown)}")
    return kind(**{name: makers[name](inner) for name, inner in value.items()})


def _text(value: Any) -> str:
    said: str = _exactly(str, value)
    return said if said.isascii() else said.encode("utf-8", "replace").decode()  # half a character has no file


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is kind:
        return value
    raise ValueError(f"want {kind.__name__}, got {type(value).__name__}")


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _makers(kind: type) -> dict[str, Callable[[Any], Any]]:
    return {name: _maker(hint) for name, hint in get_type_hints(kind).items()}
