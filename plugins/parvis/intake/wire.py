"""What crosses the pipe between cage and cell: frames that begin with their length, and Items as JSON, never pickle."""

from __future__ import annotations

import json
import struct
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from ..model import Item

LENGTH = struct.Struct(">I")
LONGEST = 8 * 2**20  # bytes of one frame that a cell sends
MOST = 64 * 2**20  # bytes of all the items of one job


def frame(content: bytes) -> bytes:
    return LENGTH.pack(len(content)) + content


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
        item: Item = _rebuilt(Item, value)
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return item


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON")


def _rebuilt(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return None if value is None else _rebuilt(_but_none(kind), value)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_rebuilt(get_args(kind)[0], inner) for inner in value)
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
        hints = _hints(kind)
        return kind(**{name: _rebuilt(hints.get(name), inner) for name, inner in value.items()})
    if kind is str and isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a character cannot be written to a file
    if kind in (date, datetime) and isinstance(value, str):
        return kind.fromisoformat(value)
    if type(value) is kind:
        return value
    raise ValueError(f"want {getattr(kind, '__name__', kind)}, got {type(value).__name__}")


def _but_none(kind: Any) -> Any:
    return next(one for one in get_args(kind) if one is not NoneType)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
