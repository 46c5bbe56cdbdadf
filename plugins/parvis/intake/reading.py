"""One source, from its address or file to Items; or that it says what it said last time, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from .. import sources
from ..errors import SOURCES, Fault, Refused, Unread, refuse
from ..model import Item
from ..options import Source
from ..sources import About, Got, Secret
from . import local
from .answers import Answer
from .cage import Cage
from .departures import Look
from .http import Client
from .memory import Page, digest
from .robots import Robots

ITEMS, ENTRIES = (
    10_000,
    1_000,
)  # that are read at least, for filters and `max_items` to choose among: a table's, a feed's


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a source. `same` says that it has nothing new, `faults` that it could not be read.

    `pages` are to be remembered once the items have their files; `retry_after` is how many seconds it asks us to wait,
    `status` that of the HTTP answer that failed. `moved` is where it lies now for good. `look` is what it has no more.
    `asked` is false where it was left alone.
    """

    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)
    same: bool = False
    faults: tuple[Fault, ...] = ()
    retry_after: int | None = None
    status: int = 0
    moved: str = ""
    about: About = About()
    look: Look = Look({})
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sources of the project in `folder`, files of at most `limit` bytes."""

    folder: Path
    limit: int
    client: Client
    cage: Cage
    robots: Robots
    environ: Mapping[str, str] = field(default_factory=dict)

    async def read(self, source: Source, known: Mapping[str, Page]) -> Read:
        """`known` are the pages it was last read from, if all that they said is still where it was put."""
        file = FromFile(self.folder, source.path, self.limit, sources.folders(source.kind)) if source.path else None
        robots = self.robots if sources.robots(source.kind) else None
        pages: Pages = file or FromAddress(self.client, source.url, Key.of(source.kind, self.environ), robots)
        try:
            if known and await pages.same_as(known):
                notes = tuple(pages.notes)
                return Read(notes=notes, pages=known, same=True, moved=pages.moved, retry_after=pages.pause or None)
            most = max(ITEMS, source.max_items)
            reading = await self.cage.read(source.kind, source.name, pages.get, _options(source), most=most)
        except Refused as refused:
            wait, status = (refused.retry_after, refused.status) if isinstance(refused, Unread) else (None, 0)
            faults = tuple(_of(source.name, fault) for fault in refused.faults)
            return Read(faults=faults, retry_after=wait, status=status, moved=pages.moved)
        wait = max(reading.pause, pages.pause) or None
        whole = {} if pages.missed else pages.read
        notes = (*reading.notes, *pages.notes)
        return Read(reading.items, notes, whole, retry_after=wait, moved=pages.moved, about=reading.about)

    async def status(self, source: Source, url: str) -> int:
        """The HTTP status of an item's own page, 0 where none came or robots.txt keeps us out."""
        try:
            if not await self.robots.allow(url, source.url):
                return 0
            return (await self.client.get(url, home=source.url)).status
        except Unread as unread:
            return unread.status


class Pages(Protocol):
    """Where a source is read from. `read` is what to remember of each page, `notes` what a person should know.

    `missed` says that some page could not be had, `pause` how many seconds are to pass before another is asked for.
    `moved` is where it lies now for good.
    """

    read: dict[str, Page]
    notes: list[str]
    missed: bool
    pause: int
    moved: str

    async def same_as(self, known: Mapping[str, Page]) -> bool:
        """Whether every page is what it was."""

    async def get(self, url: str) -> Got:
        """What its kind asks for."""


@dataclass
class FromFile:
    """The one file that `path:` names. What a file says of other places is not followed."""

    folder: Path
    path: str
    limit: int
    folders: bool = False
    read: dict[str, Page] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missed: bool = False
    pause: int = 0
    moved: str = ""

    async def same_as(self, known: Mapping[str, Page]) -> bool:
        return known.keys() == {self.path} and known[self.path].same(await self.get(self.path))

    async def get(self, url: str) -> Got:
        if url != self.path:
            raise refuse(url, "is named by a file, and files are not followed", code=SOURCES)
        body = local.read(self.folder, self.path, self.limit, folders=self.folders)
        self.read[self.path] = Page(digest=digest(body))
        return Got(body)


@dataclass(frozen=True, slots=True)
class Key:
    """A secret of the environment, and the requests that carry it. It is never told, remembered or shown."""

    secret: Secret
    value: str

    @classmethod
    def of(cls, kind: str, environ: Mapping[str, str]) -> Key | None:
        secret = sources.secret(kind)
        value = environ.get(secret.name, "").strip() if secret else ""
        return cls(secret, value) if secret and value else None

    async def get(self, client: Client, url: str, **asked: str) -> Answer:
        """What an address gives to whoever has the key. Only addresses of its home see it."""
        if not url.startswith(self.secret.home):
            return await client.get(url, **asked)
        named = f"{'&' if '?' in url else '?'}{self.secret.parameter}={quote(self.value, safe='')}"
        with_key = url + named if self.secret.parameter else url
        try:
            answer = await client.get(with_key, bearer="" if self.secret.parameter else self.value, **asked)
        except Unread as unread:
            told = unread.what.replace(quote(self.value, safe=""), "…").replace(self.value, "…")
            raise Unread(told, unread.hint, where=url, status=unread.status, retry_after=unread.retry_after) from None
        return replace(answer, url=answer.url.replace(named, ""), moved=answer.moved.replace(named, ""))


@dataclass
class FromAddress:
    """The address that `url:` names, and those that its kind finds from there."""

    client: Client
    url: str
    key: Key | None = None
    robots: Robots | None = None
    read: dict[str, Page] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    missed: bool = False
    pause: int = 0
    moved: str = ""

    async def same_as(self, known: Mapping[str, Page]) -> bool:
        """Asks for each page as long as they are the same; what came meanwhile is not asked for again."""
        for url, page in known.items():
            try:
                answer = await self._ask(url, etag=page.etag, modified=page.modified)
            except Unread:
                if url == next(iter(known)):
                    raise
                return False
            if not answer.not_modified:
                self.answers[url] = answer
                if not page.same(answer.body):
                    return False
        return True

    async def get(self, url: str) -> Got:
        answer = self.answers.get(url) or await self._ask(url)
        self.read[url] = Page(answer.etag, answer.modified, digest(answer.body))
        return Got(answer.body, answer.url, answer.type, answer.next)

    async def _ask(self, url: str, **conditions: str) -> Answer:
        """One request, unless the source has asked to be left alone, or its robots.txt asks not to read the page."""
        try:
            if self.pause:
                raise Unread(f"asks us to wait {self.pause} s", where=url, retry_after=self.pause)
            if self.robots and not await self.robots.allow(url, self.url):
                what, hint = "its robots.txt asks programs not to read this page", "ask its owner, or for a feed"
                raise Unread(what, hint, where=url)
            asked = {"home": self.url} | conditions
            answer = await (self.key.get(self.client, url, **asked) if self.key else self.client.get(url, **asked))
        except Unread as unread:
            self.missed, self.pause = True, unread.retry_after or self.pause
            raise
        self.pause = answer.pause
        if answer.moved and url == self.url and not self.moved:
            self.moved = answer.moved
            self.notes.append(f"has moved for good to {answer.moved}; write that in content/sources.yml")
        return answer


def _options(source: Source) -> dict[str, Any]:
    """The keywords of its kind's `read`, as plain values that can cross to another process."""
    own = {name: dict(value) if isinstance(value, Mapping) else value for name, value in source.options.items()}
    most = source.max_items if sources.paged(source.kind) else max(ENTRIES, source.max_items)
    counted = {"max_items": most} if "max_items" in sources.options(source.kind) else {}
    return {"url": source.url or source.path} | counted | own


def _of(name: str, fault: Fault) -> Fault:
    """A fault of a page, told of its source."""
    what = fault.what if fault.where == name else f"{fault.where}: {fault.what}"
    return replace(fault, where=name, what=what)
