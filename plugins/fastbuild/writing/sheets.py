"""Pages, feeds and artifacts that are still to be made, each rendered as Pelican's writer would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from jinja2 import Template
from pelican.paginator import Paginator
from pelican.utils import get_relative_path, path_to_url

from ..reading.light import Light
from ..reading.looks import noted_at_once
from ..tracking.reads import READS
from .entries import Feeding

OURS = frozenset({"SITEURL", "localsiteurl", "output_file"})
"""Names that the writer itself gives a page."""
ARTIFACT = "artifact"
"""What the spec of an output that is made by a plugin begins with."""


class Sheet(Protocol):
    name: str
    """Its path below the output folder, as it was asked for."""
    file: str
    """Where it goes."""
    spec: str
    """What it is, in a word that is another as soon as anything but what a render reads has changed; or none."""

    def text(self) -> str | bytes: ...

    def announced(self) -> dict[str, Any] | None:
        """The context that others are told of; None where they are told of nothing."""


@dataclass
class Page:
    name: str
    file: str
    spec: str
    template: Template
    context: dict[str, Any]
    given: dict[str, Any]
    relative: bool
    shared: dict[str, Any]
    """The context that all contents look into; `context` may be a copy of it with some names added."""
    siteurl: Any
    """What the page before this one left there."""
    part: Part | None = None
    own: str = ""
    """The path of the content that it is the page of."""

    def text(self) -> str:
        self.shared["localsiteurl"] = self.siteurl
        local = self._local(READS.tracked)
        if local["localsiteurl"]:  # as Pelican does: contents adjust their links by it
            self.context["localsiteurl"] = local["localsiteurl"]
        if READS.keys is not None:
            READS.given = OURS | self.given.keys() | (local.keys() - self.context.keys() if self.part else set())
            if self.context is not self.shared:
                READS.given |= {key for key, value in self.context.items() if self.shared.get(key, self) is not value}
        content = self.given.get("article") or self.given.get("page")
        with noted_at_once(content) if content is not None and self.own else nullcontext():
            made = self.template.render(local)
        if isinstance(content, Light):  # its body was wanted here; where it is wanted again, it can be fetched again
            content.forget()
        return made

    def announced(self) -> dict[str, Any]:
        return self._local(_as_it_is)

    def left(self) -> Any:
        """What it leaves in the shared context for the next page."""
        if self.context is not self.shared:
            return self.siteurl
        return (path_to_url(get_relative_path(self.name)) if self.relative else self.siteurl) or self.siteurl

    def _local(self, seen: Callable[[Any], Any]) -> dict[str, Any]:
        local = self.context.copy()
        local["localsiteurl"] = local.get("localsiteurl", None)
        if self.relative:
            local["SITEURL"] = local["localsiteurl"] = path_to_url(get_relative_path(self.name))
        local["output_file"] = self.name
        local.update(self.given)
        if self.part:
            local.update(self.part.names(seen))
        return local


class Part(NamedTuple):
    """One page of lists that are too long for one."""

    name: str
    url: str
    lists: Mapping[str, Sequence[Any]]
    settings: Mapping[str, Any]
    per_page: int
    number: int

    def names(self, seen: Callable[[Any], Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, members in self.lists.items():
            pages = Paginator(self.name, self.url, seen(members), self.settings, self.per_page)
            found[f"{key}_paginator"] = pages
            found[f"{key}_page"] = pages.page(self.number)
            found[f"{key}_previous_page"] = pages.page(self.number - 1) if self.number > 1 else None
            found[f"{key}_next_page"] = pages.page(self.number + 1) if self.number < pages.num_pages else None
        return found

    def save_as(self) -> str:
        """Of the last list, as with Pelican."""
        pages = Paginator(self.name, self.url, list(self.lists.values())[-1], self.settings, self.per_page)
        return str(pages.page(self.number).save_as)

    def all(self) -> Iterator[Part]:
        first = Paginator(self.name, self.url, next(iter(self.lists.values())), self.settings, self.per_page)
        for number in range(1, first.num_pages + 1):
            yield Part(self.name, self.url, self.lists, self.settings, self.per_page, number)


@dataclass
class Feed:
    name: str
    file: str
    spec: str
    writer: Feeding
    elements: list[Any]
    context: dict[str, Any]
    url: str
    kind: str
    title: str | None
    siteurl: Any
    kin: int
    """As of artifacts."""

    def text(self) -> str:
        self.context["localsiteurl"] = self.siteurl
        return self.writer.feed_text(READS.tracked(self.elements), self.context, self.url, self.kind, self.title)

    def announced(self) -> None:
        return None


@dataclass
class Artifact:
    name: str
    file: str
    spec: str
    make: Callable[[], bytes | str]
    kin: int = 0
    """Those of one number, but for 0, have costly parts in common: one hand makes them."""
    keys: Sequence[str] = ()
    """Of the texts that it shows."""

    def text(self) -> str | bytes:
        for key in self.keys:
            READS.note(key)
        return self.make()

    def announced(self) -> dict[str, Any]:
        return {"output_file": self.name, "localsiteurl": None}


def _as_it_is(value: Any) -> Any:
    return value
