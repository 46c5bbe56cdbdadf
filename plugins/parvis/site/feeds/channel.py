"""What a feed is, whatever bytes it becomes, and where one document of it stands among the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from ...model import Picture

RSS, ATOM, JSON = "application/rss+xml", "application/atom+xml", "application/feed+json"
TYPES: Mapping[str, str] = MappingProxyType({"xml": RSS, "atom": ATOM, "json": JSON})
NAMES: Mapping[str, str] = MappingProxyType({RSS: "RSS", ATOM: "Atom", JSON: "JSON"})


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry that was here and was taken down (RFC 6721): its id, and when."""

    id: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """What all documents of a feed share. `id` is a `tag:` URI that outlives every address, `home` its page.

    `author` is who publishes it, and `site` their address; `hub` is where changes are announced (WebSub).
    """

    id: str
    home: str
    title: str
    description: str
    lang: str
    author: str
    site: str
    image: Picture | None = None
    hub: str = ""
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document of a feed in one format, `updated` with its newest entry. All addresses are absolute.

    RFC 5005: `older` and `newer` are its neighbours, `current` the document to subscribe to, '' where this is it.
    Of the neighbours those in `archives` are such documents as will not grow any more.
    """

    url: str
    updated: datetime
    older: str = ""
    newer: str = ""
    current: str = ""

    @property
    def following(self) -> str:
        """The next archive, where there is a newer one."""
        return self.newer if self.newer != self.current else ""

    def links(self) -> dict[str, str]:
        """Its neighbours by relation; `prev` is no relation of RFC 5005, and validators know `previous` alone."""
        links = {
            "next": self.older,
            "previous": self.newer,
            "prev-archive": self.older,
            "next-archive": self.following,
            "current": self.current,
        }
        return {relation: address for relation, address in links.items() if address}

    @property
    def archive(self) -> bool:
        """Whether to say so: an archive without another one beside it looks cut off to validators."""
        return bool(self.current and (self.older or self.following))
