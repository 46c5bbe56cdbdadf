"""What only an operator sets: the dict PARVIS of pelicanconf.py. Declared here and nowhere else, as in options.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .nodes import Node, Text
from .schema import Place, Reader, choice, line, many, matching, moment, number, option, record, web

HOST = matching(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z](:\d{1,5})?", "a server's name, as mastodon.example")
HOST_AND_PORT = matching(r"[^\s/:]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}", "host:port, as intranet.example:8080")
INDEXNOW = matching(r"[A-Za-z0-9-]{8,128}", "a key of 8 to 128 letters, digits and hyphens")


def or_none(read: Reader) -> Reader:
    """The same, or '' where nothing is to be set: an environment variable that is empty, say."""

    def optional(node: Node, place: Place) -> Any:
        return "" if isinstance(node, Text) and not node.value else read(node, place)

    return optional


@dataclass(frozen=True, slots=True)
class Fetch:
    allow: tuple[str, ...] = option(many(HOST_AND_PORT), (), doc="host:port that may be reached although not public.")
    folders: tuple[str, ...] = option(many(line), (), doc="Folders that `path:` may read beside exports/ and demo/.")
    timeout: float = option(number(float, 0.1, 600), 20.0, doc="Seconds for one request, redirects and body included.")
    max_bytes: int = option(number(int, 1024, 2**30), 16 * 2**20, doc="Bytes of one answer, after inflation.")
    contact: str = option(line, "", doc="Where a source's owner can reach you; sent with each request.")


@dataclass(frozen=True, slots=True)
class Feeds:
    items: int = option(number(int, 1, 1000), 40, doc="Entries of one feed.")
    max_bytes: int = option(
        number(int, 16 * 1024, 2**30),
        512 * 1024,
        doc="Bytes of one feed; beyond, it has fewer entries, never shorter ones.",
    )
    hub: str = option(
        or_none(web), "", doc="The WebSub hub that feeds name and that is told of changed ones; none where empty."
    )


@dataclass(frozen=True, slots=True)
class Publish:
    indexnow: str = option(
        or_none(INDEXNOW),
        "",
        doc="The key that search engines are told of changed pages with; none where empty. It is public.",
    )
    indexnow_at: str = option(
        web, "https://api.indexnow.org/indexnow", doc="Where they are told; each engine tells the others."
    )
    wait: int = option(
        number(int, 0, 3600), 300, doc="Seconds that `--notify` waits at most for the site to serve what was sent."
    )


@dataclass(frozen=True, slots=True)
class Share:
    cards: int = option(
        number(int, 0, 10_000),
        20,
        doc="How many of the newest items get card images, beside those with `share:`; about 40 kB an item.",
    )
    tags: str = option(
        choice("utm", "mtm"), "utm", doc="What marks shared links: utm_… for any counter, mtm_… for Matomo alone."
    )
    instances: tuple[str, ...] = option(
        many(HOST), (), doc="Mastodon servers that share pages open, beside the page that asks for the reader's own."
    )


@dataclass(frozen=True, slots=True)
class Operator:
    """The dict PARVIS of pelicanconf.py: what only an operator sets."""

    fetch: Fetch = option(record(Fetch), Fetch(), doc="How sources are read.")
    feeds: Feeds = option(record(Feeds), Feeds(), doc="What feeds hold.")
    publish: Publish = option(record(Publish), Publish(), doc="Who is told of changes, and when.")
    share: Share = option(record(Share), Share(), doc="What is made for sharing.")
    now: datetime | None = option(moment, None, doc="The time of the build, for a reproducible one.")
