"""Typed values as JSON, and back the same: frozen dataclasses with slots, of text, numbers, dates, tuples, mappings."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING
from datetime import date, datetime
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

AS_IT_IS = (str, int, bool, float)
Read = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """What JSON can hold. Of a dataclass, only fields that say something else than by default."""
    if value is None or type(value) in AS_IT_IS:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    kind: Any = type(value)
    said = ((field.name, getattr(value, field.name), default) for field, default in _fields(kind))
    return {name: plain(inner) for name, inner, default in said if inner != default}


def reader(wanted: Any) -> Read | None:
    """What gives a value of this type back from what `plain` made of it; None where that is the value itself."""
    origin, inside = get_origin(wanted), get_args(wanted)
    if wanted in AS_IT_IS or wanted is NoneType:
        return None
    if wanted in (date, datetime):
        iso: Read = wanted.fromisoformat
        return iso
    if origin in (Union, UnionType):
        (one,) = (option for option in inside if option is not NoneType)
        read = reader(one)
        return None if read is None else _maybe(read)
    if origin is tuple:
        read = reader(inside[0])
        return tuple if read is None else _each(read)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(reader(inside[1]))
    return _record(wanted)


def _maybe(read: Read) -> Read:
    return lambda said: None if said is None else read(said)


def _each(read: Read) -> Read:
    return lambda said: tuple(map(read, said))


def _mapping(read: Read | None) -> Read:
    if read is None:
        return lambda said: MappingProxyType(dict(said))
    return lambda said: MappingProxyType({name: read(inner) for name, inner in said.items()})


@cache
def _record(kind: Any) -> Read:
    """Slots are set one by one: a frozen dataclass takes four times as long to make itself."""
    hints = get_type_hints(kind)
    slots = [(field.name, getattr(kind, field.name).__set__, default, reader(hints[field.name]))
             for field, default in _fields(kind)]  # fmt: skip

    def read(said: Any) -> Any:
        made = kind.__new__(kind)
        for name, put, default, typed in slots:
            if name in said:
                put(made, typed(said[name]) if typed else said[name])
            else:
                put(made, default)
        return made

    return read


@cache
def _fields(kind: Any) -> list[tuple[dataclasses.Field[Any], Any]]:
    """With what each is by default, which for those without a default nothing is equal to."""
    return [
        (field, field.default_factory() if field.default_factory is not MISSING else field.default)
        for field in dataclasses.fields(kind)
    ]
