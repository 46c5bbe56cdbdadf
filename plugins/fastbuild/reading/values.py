"""Values of metadata as JSON and back, exactly; what JSON cannot say in our words is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pelican.urlwrappers import URLWrapper

from . import moments
from .names import KINDS, is_plain

SIMPLE = {str, int, bool, float, type(None)}
Special = list[Any]
"""Key, code, value."""


class Unstorable(Exception):
    """The content has something that a row cannot hold."""


def split(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Special]]:
    """All keys in their order with what JSON can hold, and apart what it cannot. Raises Unstorable."""
    plain: dict[str, Any] = {}
    special: list[Special] = []
    for key, value in values.items():
        if type(key) is not str:
            raise Unstorable(f"{key!r} is no text")
        if is_json(value):
            plain[key] = value
        else:
            plain[key] = None
            special.append([key, *_special(key, value)])
    return plain, special


def is_json(value: Any) -> bool:
    kind = type(value)
    if kind is list:
        return all(map(is_json, value))
    if kind is dict:
        return all(type(key) is str and is_json(each) for key, each in value.items())
    return kind in SIMPLE


def _special(key: str, value: Any) -> Special:
    if isinstance(value, datetime) and (date := moments.encoded(value)):
        return ["date", date]
    if type(value) is ZoneInfo and value.key:
        return ["zone", value.key]
    if type(value) is Markup:
        return ["markup", str(value)]
    if type(value) is tuple and is_json(list(value)):
        return ["tuple", list(value)]
    if isinstance(value, URLWrapper) and is_plain(value):
        return ["name", [type(value).__name__, value.name]]
    raise Unstorable(f"{key} is {value!r}")


def restore(code: str, value: Any, settings: Mapping[str, Any]) -> Any:
    if code == "date":
        return moments.decoded(value)
    if code == "zone":
        return ZoneInfo(value)
    if code == "markup":
        return Markup(value)
    if code == "tuple":
        return tuple(value)
    return KINDS[value[0]](value[1], settings)
