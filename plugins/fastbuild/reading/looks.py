"""Who looks at which content while a page is rendered: each look is noted, for the next build."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..tracking.reads import READS
from .light import Light

_own = object.__getattribute__


def _watched(content: Light, name: str) -> Any:
    """What starts with a line is Pelican's own business, or noted where it is fetched. Short: it is asked for each look
    at a content that a template takes."""
    keys = READS.keys
    if keys is not None and name[0] != "_":
        known = _own(content, "__dict__")
        key = known.get("_key") if name != "translations" else None
        if key or (key := _key(known, name)):
            keys[key] = None
    return _own(content, name)


def _key(known: dict[str, Any], name: str) -> str:
    path = known.get("relative_source_path")
    if path is None:  # it is only being made, of a file whose body was lost
        return ""
    if name == "translations":
        return f"t {path}"
    return str(known.setdefault("_key", f"m {path}"))


@contextmanager
def watched() -> Iterator[None]:
    """Meanwhile each look at a content is noted. It costs, so nobody looks over the shoulder at other times."""
    Light.__getattribute__ = _watched  # type: ignore[assignment,method-assign]  # for a while
    READS.watching = True
    try:
        yield
    finally:
        READS.watching = False
        del Light.__getattribute__


@contextmanager
def noted_at_once(content: Light) -> Iterator[None]:
    """Its own page, or entry of a feed, asks a content for nearly everything: meanwhile nobody looks over its shoulder,
    but for its translations."""
    READS.note(_key(content.__dict__, ""))
    if not READS.watching:
        yield
        return
    kind = type(content)
    object.__setattr__(content, "__class__", _unwatched(kind))
    try:
        yield
    finally:
        object.__setattr__(content, "__class__", kind)


def _unwatched(kind: type[Light]) -> type[Light]:
    made: type[Light] | None = vars(kind).get("_twin")
    if made is None:
        own = {"__module__": kind.__module__, "__getattribute__": _own, "translations": Translations()}
        made = kind._twin = type(kind.__name__, (kind,), own)
    return made


class Translations:
    """The attribute, where only looks at this one are noted."""

    def __get__(self, content: Any, owner: type) -> Any:
        if content is None:
            return self
        READS.note(_key(content.__dict__, "translations"))
        return content.__dict__["translations"]

    def __set__(self, content: Any, value: Any) -> None:
        content.__dict__["translations"] = value
