"""Contents of Pelican's own classes, for plugins that nobody vouches for: some ask for the very class."""

from __future__ import annotations

from typing import Any

from pelican.contents import Content

from .light import Light
from .names import Known
from .names import plain as plain_name
from .states import WRAPPED

OURS = {"url", "save_as", "_path", "_flags", "_digests", "_linked", "_static_links", "_key", "_set"}
"""Attributes that Pelican's contents do not have, or compute each time."""


def plain(content: Light, kind: type[Content]) -> Content:
    """All of a content, as the class of Pelican would have made it."""
    shared = {"settings": content.settings, "_context": content._context, "_content": content._content}
    metadata = dict(content.metadata)
    known = {name: value for name, value in content.__dict__.items() if name not in OURS}
    named: dict[int, Any] = {}
    for name in WRAPPED.keys() & known.keys():
        known[name] = _named(known[name], named)
        if name in metadata:
            metadata[name] = known[name]
    made: Content = object.__new__(kind)
    made.__dict__.update(known, **shared, metadata=metadata)
    return made


def _named(value: Any, named: dict[int, Any]) -> Any:
    """What is one object in a content stays one."""
    if isinstance(value, list):
        return [_named(each, named) for each in value]
    if id(value) not in named:
        named[id(value)] = plain_name(value) if isinstance(value, Known) else value
    return named[id(value)]
