"""The register: all contents of one kind and the lists that they stand in, as the last build had them.

After an edit that changes no list, nothing else is needed: contents are hollow until somebody asks for more than their
path. Only of lists that no plugin had a hand in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..run import Run
from .light import Light
from .names import Named, slugged
from .states import ATTACHING

TABLE = "registers"
Places = list[int]
Groups = Iterable[tuple[Any, list[Any]]]


@dataclass(frozen=True, slots=True)
class Register:
    """Contents are numbered in the order of their files."""

    epoch: str
    until: float | None
    """Seconds since 1970 when the first of the texts has to be read again."""
    paths: list[str]
    sources: list[str]
    """The path of each as contents know it; empty where all are the same."""
    lists: dict[str, Places]
    groups: dict[str, list[tuple[str, str, Places]]]
    """Name, slug and contents of tags and their like, in their order."""
    translations: list[tuple[int, Places]]
    linked: Places
    """Those whose metadata may hold links to others."""
    static_links: list[str]

    def has(self, path: str) -> str:
        """The path as files are named here, of one below the folder of contents; nothing where it is none of these."""
        return next((each for each in (path, f"./{path}") if each in self.paths), "")

    def source(self, path: str) -> str:
        return (self.sources or self.paths)[self.paths.index(path)]


def kept(run: Run, kind: str) -> Register | None:
    """The register of a kind, where it is of this epoch and no text has to be read again."""
    row = run.store.row(TABLE, kind)
    found = Register(*json.loads(row)) if row else None
    return found if found and found.epoch == run.epoch and (found.until or float("inf")) > run.now else None


def keep(run: Run, kind: str, made: Register) -> None:
    row = [getattr(made, field.name) for field in fields(made)]
    run.last.setdefault(TABLE, {})[kind] = json.dumps(row, separators=(",", ":")).encode()


def of(  # noqa: PLR0917 - the parts of a register
    epoch: str,
    until: float | None,
    contents: list[Any],
    lists: Mapping[str, Iterable[Any]],
    groups: Mapping[str, Groups],
    refreshed: Iterable[Any],
) -> Register | None:
    """None where contents have something that a register does not say. `refreshed` are those whose metadata Pelican
    looks through for links."""
    if not all(isinstance(each, Light) and _is_plain(each.__dict__) for each in contents):
        return None
    known = [each.__dict__ for each in contents]
    place = {id(each): number for number, each in enumerate(contents)}
    paths, sources = [each["_path"] for each in known], [each["relative_source_path"] for each in known]
    translated = ((each, content.translations) for each, content in enumerate(contents) if content.translations)
    return Register(
        epoch,
        until,
        paths,
        [] if sources == paths else sources,
        {name: [place[id(each)] for each in members] for name, members in lists.items()},
        {
            name: [(wrapper.name, wrapper.slug, [place[id(each)] for each in members]) for wrapper, members in pairs]
            for name, pairs in groups.items()
        },
        [(each, [place[id(other)] for other in others]) for each, others in translated],
        [place[id(each)] for each in refreshed if each.__dict__["_linked"]],
        sorted({link for each in known for link in each["_static_links"]}),
    )


def _is_plain(known: Mapping[str, Any]) -> bool:
    return "_digests" in known and "_set" not in known and not known["_flags"] & ATTACHING


@dataclass
class Shelf:
    """The contents of a register, and its lists of them."""

    register: Register
    contents: list[Light]

    def members(self, name: str) -> list[Any]:
        contents = self.contents
        return [contents[place] for place in self.register.lists[name]]

    def group(self, name: str, named: Named) -> list[tuple[Any, list[Any]]]:
        contents = self.contents
        found = []
        for said, slug, places in self.register.groups[name]:
            wrapper = named[said]
            slugged(wrapper, {(type(wrapper), said): slug})
            found.append((wrapper, [contents[place] for place in places]))
        return found

    @property
    def linked(self) -> list[Light]:
        return [self.contents[place] for place in self.register.linked]


def shelf(register: Register, kind: type[Light]) -> Shelf:
    """All hollow."""
    contents = []
    for path, source in zip(register.paths, register.sources or register.paths, strict=True):
        content = kind.__new__(kind)
        known = content.__dict__
        known["_path"], known["relative_source_path"], known["translations"], known["_hollow"] = path, source, [], True
        contents.append(content)
    for place, others in register.translations:
        contents[place].__dict__["translations"] = [contents[other] for other in others]
    return Shelf(register, contents)
