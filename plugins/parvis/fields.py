"""Values become YAML as the files of content/ have it, event by event: a serialiser writes it, and Python says little.

What `yaml.dump` would write, in a third of its time: it asks twice of each value what YAML would take it for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any

import yaml
from yaml.representer import SafeRepresenter

from . import html

DUMPER: type[yaml.CSafeDumper | yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
NAME = re.compile(r"[a-z_]+")
TIMESTAMP = "tag:yaml.org,2002:timestamp"
WIDE = 10**6
START = (yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False))
END = (yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent())


class _Scalars(SafeRepresenter):
    """Single values; dates as people write them, T and zone included."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Scalars.add_representer(datetime, lambda scalars, value: scalars.represent_scalar(TIMESTAMP, value.isoformat()))
_Scalars.add_representer(date, lambda scalars, value: scalars.represent_scalar(TIMESTAMP, value.isoformat()))
SCALARS = _Scalars()


def written(values: Mapping[str, Any], *, flow: bool = False) -> str:
    """As `matter.dump` says. `flow` is for what holds others: a mapping of single values has a line for each."""
    flow = flow and any(map(_is_many, values.values()))
    events = [*START, *_mapping(values, flow), *END]
    text: str = yaml.emit(events, Dumper=DUMPER, allow_unicode=True, width=WIDE)
    if "\\U" in text:  # the same in Python: slower, but it writes emoji as they are, and not as `\U0001F6B2`
        text = yaml.emit(events, Dumper=yaml.SafeDumper, allow_unicode=True, width=WIDE)
    return text


def _events(value: Any, flow: bool) -> Iterator[yaml.Event]:
    if isinstance(value, str):
        said = html.prose(value)
        yield yaml.ScalarEvent(None, None, (_taken_for(said) is None, True), said)
    elif isinstance(value, Mapping):
        yield from _mapping(value, flow)
    elif _is_many(value):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=flow and not any(map(_is_many, value)))
        for inner in value:
            yield from _events(inner, flow)
        yield yaml.SequenceEndEvent()
    else:
        node: yaml.ScalarNode = SCALARS.represent_data(value)  # type: ignore[assignment]  # nothing else is left
        bare = _taken_for(node.value) == node.tag
        yield yaml.ScalarEvent(None, node.tag, (bare, False), node.value, style=node.style)


def _mapping(values: Mapping[str, Any], flow: bool) -> Iterator[yaml.Event]:
    """A key of small letters needs no quotes, even `on`: whoever reads these files reads keys as text."""
    named = {html.text(str(key)): value for key, value in values.items()}
    yield yaml.MappingStartEvent(None, None, True, flow_style=flow and not any(map(_is_many, named.values())))
    for name, value in named.items():
        bare = NAME.fullmatch(name) is not None or _taken_for(name) is None
        yield yaml.ScalarEvent(None, None, (bare, True), name)
        yield from _events(value, flow)
    yield yaml.MappingEndEvent()


def _is_many(value: object) -> bool:
    return isinstance(value, Mapping | Sequence | Set) and not isinstance(value, str | bytes)


def _taken_for(said: str) -> str | None:
    """What YAML takes a value for that stands without quotes; None for text."""
    known = yaml.SafeDumper.yaml_implicit_resolvers.get(said[:1], ())
    return next((tag for tag, looks in known if looks.match(said)), None)
