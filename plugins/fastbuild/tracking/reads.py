"""Who reads what: each look at a content, a list or a name of the context is noted while something is rendered.

A key says what was read by a letter and a name:

    m PATH    metadata and attributes of a content        b PATH    its body        t PATH    its translations
    l NAME    members and order of a list                 n NAME    its length      i NAME FROM TO STEP    a part of it
    g NAME    a value of the context
    a NAME    the words of a text that a plugin has read        a *    those of any of them
    !         something that nobody can know the next time        !!    something changed that others see too
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jinja2.runtime import Context

Keys = dict[str, None]
UNKNOWABLE, CHANGED = "!", "!!"
CHANCE = {"lipsum"}
"""Globals of Jinja that give something else each time."""


def _as_it_is(value: Any) -> Any:
    return value


class Reads:
    """What is noted now. `keys` is None where nobody wants to know."""

    def __init__(self) -> None:
        self.keys: Keys | None = None
        self.watching = False
        """Whether looks at contents are noted too."""
        self.given: frozenset[str] = frozenset()
        """Names that what is rendered was given itself: the page says what these are."""
        self.settings: frozenset[str] = frozenset()
        """Names of the context that are settings, and nothing else."""
        self.tracked: Callable[[Any], Any] = _as_it_is

    def note(self, key: str) -> None:
        if self.keys is not None:
            self.keys[key] = None

    @contextmanager
    def noted(self) -> Iterator[Keys]:
        """What is read meanwhile, for a value that is kept: who gets it later has read the same (`replay`)."""
        outer, self.keys = self.keys, {}
        try:
            yield self.keys
        finally:
            inner, self.keys = self.keys, outer
            self.replay(inner)

    def replay(self, keys: Keys) -> None:
        if self.keys is not None:
            self.keys.update(keys)


READS = Reads()


class NotingContext(Context):
    """Jinja's, which notes the names that a template asks for, and hands out lists that note in their turn."""

    def resolve_or_missing(self, key: str) -> Any:
        value = super().resolve_or_missing(key)
        if READS.keys is None:
            return value
        if key in CHANCE:
            READS.note(UNKNOWABLE)
        if key not in READS.given and key not in READS.settings and key not in self.vars:
            READS.keys[f"g {key}"] = None
        return READS.tracked(value) if type(value) is list else value


class Tracked(list[Any]):
    """A list of the context as templates see it. Each look at it is noted; nobody else sees what is changed in it."""

    __slots__ = ("name",)
    name: str

    def __len__(self) -> int:
        READS.note(f"n {self.name}")
        return super().__len__()

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            READS.note(f"i {self.name} {at.start} {at.stop} {at.step}")
            return super().__getitem__(at)
        READS.note(f"i {self.name} {at} {at + 1 or None} None" if isinstance(at, int) else f"l {self.name}")
        return super().__getitem__(at)


def _looking(name: str) -> Callable[..., Any]:
    plain = getattr(list, name)

    def look(self: Tracked, *args: Any, **more: Any) -> Any:
        READS.note(f"l {self.name}")
        return plain(self, *args, **more)

    look.__name__ = name
    return look


def _changing(name: str) -> Callable[..., Any]:
    plain = getattr(list, name)

    def change(self: Tracked, *args: Any, **more: Any) -> Any:
        READS.note(CHANGED)
        return plain(self, *args, **more)

    change.__name__ = name
    return change


def _added_to(self: Tracked, other: Any) -> Any:
    READS.note(f"l {self.name}")
    return other + list(self) if isinstance(other, list) else NotImplemented


CHANGES = {"append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"} | {
    f"__{name}__" for name in ("setitem", "delitem", "iadd", "imul")
}
PLAIN = {
    "__class__",
    "__class_getitem__",
    "__doc__",
    "__new__",
    "__init__",
    "__init_subclass__",
    "__subclasshook__",
} | {
    "__getattribute__",
    "__setattr__",
    "__delattr__",
    "__dir__",
    "__hash__",
    "__len__",
    "__getitem__",
    "__getstate__",
}
for _name in set(dir(list)) - PLAIN:
    setattr(Tracked, _name, (_changing if _name in CHANGES else _looking)(_name))
Tracked.__radd__ = _added_to  # type: ignore[attr-defined]
