"""Tags, categories and authors that know their slug and address after the first time they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pelican.contents import Author, Category, Tag
from pelican.urlwrappers import URLWrapper

COMPUTED = {"url", "save_as", "page_name", "_hash"}
OWN = {"settings", "_name", "_slug", "_slug_from_name", "name", "slug", *COMPUTED}
"""What Pelican itself, or one of ours, keeps in one; anything else is a plugin's."""


class once:
    """A value that is computed at the first look, and again after anything was set."""

    def __init__(self, key: str, *, page_name: bool = False) -> None:
        self._key, self._page_name = key, page_name

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, wrapper: Any, owner: type) -> Any:
        if wrapper is None:
            return self
        made = URLWrapper._from_settings(wrapper, self._key, self._page_name)
        wrapper.__dict__[self._name] = made
        return made


class Known(URLWrapper):
    """What is common to the three below."""

    kind: type[URLWrapper]
    url, save_as, page_name = once("URL"), once("SAVE_AS"), once("URL", page_name=True)

    def __setattr__(self, name: str, value: object) -> None:
        for made in COMPUTED:
            self.__dict__.pop(made, None)
        super().__setattr__(name, value)

    def __hash__(self) -> int:
        known = self.__dict__
        if "_hash" not in known:
            known["_hash"] = hash(self.slug)
        return int(known["_hash"])

    def __eq__(self, other: object) -> bool:
        return self is other or (self.slug == other.slug if isinstance(other, self.kind) else super().__eq__(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: object) -> bool:
        return bool(self.slug < other.slug) if isinstance(other, self.kind) else bool(super().__lt__(other))


def _known(kind: type[URLWrapper]) -> type[Known]:
    """Of the same name: Pelican finds the settings of a wrapper by it."""
    return type(kind.__name__, (Known, kind), {"kind": kind, "__module__": __name__, "__hash__": Known.__hash__})


KINDS: dict[str, type[Known]] = {kind.__name__: _known(kind) for kind in (Tag, Category, Author)}
PLAIN = {Tag, Category, Author, *KINDS.values()}


class Named(dict[str, Known]):
    """One object for each name, made when it is first asked for."""

    def __init__(self, kind: type[Known], settings: Mapping[str, Any]) -> None:
        super().__init__()
        self._kind, self._settings = kind, settings

    def __missing__(self, name: str) -> Known:
        made = self[name] = self._kind(name, self._settings)
        return made


class Names:
    """Of one build."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.tags, self.categories, self.authors = (Named(kind, settings) for kind in KINDS.values())


def slugged(made: Any, known: dict[tuple[type, str], str]) -> None:
    """Gives tags, categories and authors the slug that they would compute when asked, once for all of a name."""
    for wrapper in made if isinstance(made, list) else [made]:
        if isinstance(wrapper, URLWrapper) and wrapper._slug is None:
            key = type(wrapper), wrapper.name
            if key not in known:
                known[key] = wrapper._normalize_key(wrapper.name)
            wrapper._slug = known[key] or None  # an empty one is told of when it is asked for


def is_plain(wrapper: URLWrapper) -> bool:
    """Whether its class and name say all of it."""
    return bool(type(wrapper) in PLAIN and wrapper._slug_from_name and wrapper.__dict__.keys() <= OWN)


def plain(wrapper: Known) -> URLWrapper:
    """The same, of Pelican's own class."""
    made: URLWrapper = object.__new__(wrapper.kind)
    made.__dict__.update((name, value) for name, value in wrapper.__dict__.items() if name not in COMPUTED)
    return made
