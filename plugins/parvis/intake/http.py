"""The one HTTP client: public addresses only, bounded in time and bytes, polite.

Every hop is resolved once, each of its addresses is checked, and the checked address is dialled, so that no name can
lead elsewhere between the look and the leap. Proxies, cookies and passwords are unknown here.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cached_property
from math import ceil
from time import monotonic

import httpcore2

from .. import __version__
from ..errors import Unread
from ..operator import Fetch
from . import addresses, answers, failures, hops
from .addresses import Resolve, shown
from .answers import Answer, Asked, Redirect
from .hops import Hop

__all__ = ["Answer", "Client", "Hop", "Unread"]

Stream = httpcore2.AsyncNetworkStream
Dial = Callable[[str, int], Awaitable[Stream]]

AT_ONCE = 96  # many, so that hosts that never answer leave places for the others
REDIRECTS = 3
TRIED = 4
DIAL_TIME = 5.0
WANTED = "application/atom+xml, application/rss+xml, application/feed+json, application/json, */*;q=0.5"


async def dial(address: str, port: int) -> Stream:
    """A connection to an IP address that has been checked."""
    return await httpcore2.AnyIOBackend().connect_tcp(address, port, timeout=DIAL_TIME)


class Client:
    """Asks addresses, 96 at a time and one per host. Outside of async code: `asyncio.run(client.get(url))`.

    `fetch.allow` opens a door (a host and port that need not be public) only to a source that begins there: once the
    way has led over an address that is not on the list, no door opens any more. So no stranger's redirect gets in.
    """

    def __init__(self, fetch: Fetch, *, resolve: Resolve = addresses.resolve, dial: Dial = dial) -> None:
        self._fetch, self._resolve, self._dial = fetch, resolve, dial
        self._doors = addresses.doors(fetch.allow)
        self._hosts: defaultdict[str | tuple[str, int], asyncio.Lock] = defaultdict(asyncio.Lock)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._spared: dict[str | tuple[str, int], float] = {}

    async def get(self, url: str, *, etag: str = "", modified: str = "", home: str = "", bearer: str = "") -> Answer:
        """What `url` gives now. With `etag` or `modified` of an earlier answer it may say `not_modified`.

        `home` is the address in sources.yml whose content named `url`, if another: doors open only where they open to
        both. `bearer` is a secret that no redirect gets. Raises Unread with one fault that says where and why.
        """
        try:
            door = not home or self._is_door(Hop.to(home))
            return await self._follow(Hop.to(url), Asked(etag, modified, bearer), door=door)
        except Unread as unread:
            raise unread.at(shown(url)) from None

    async def post(self, url: str, body: bytes, type: str) -> int:
        """Sends `body`, and gives the status, any 2xx. What the answer says is not read, and no redirect followed.

        `url` comes from the settings, so that a door opens to it. Raises Unread as `get` does.
        """
        try:
            hop = Hop.to(url)
            asked = Asked(body=body, type=type)
            found, _ = await self._ask_within(self._fetch.timeout, hop, asked, door=self._is_door(hop))
            if isinstance(found, Redirect):
                raise Unread(f"redirects to {shown(found.location)}", "name that address instead", status=found.status)
            return found.status
        except Unread as unread:
            raise unread.at(shown(url)) from None

    async def _follow(self, hop: Hop, asked: Asked, *, door: bool) -> Answer:
        left, for_good, seen = self._fetch.timeout, True, {str(hop.url)}
        for _ in range(REDIRECTS + 1):
            door = door and self._is_door(hop)
            try:
                found, left = await self._ask_within(left, hop, asked, door=door)
            except Unread as unread:
                raise unread.after(shown(str(hop.url))) if len(seen) > 1 else unread from None
            if isinstance(found, Answer):
                return replace(found, moved=found.url if for_good and len(seen) > 1 else "")
            for_good = for_good and found.for_good
            hop, asked = hops.after(hop, found), replace(asked, bearer="")
            if str(hop.url) in seen:
                raise Unread("redirects in a circle")
            seen.add(str(hop.url))
        raise Unread(f"redirects more than {REDIRECTS} times")

    async def _ask_within(self, left: float, hop: Hop, asked: Asked, *, door: bool) -> tuple[Answer | Redirect, float]:
        """What the hop gives, and the seconds that remain. Waiting for its turn does not count."""
        async with self._turn(hop):
            began = monotonic()
            try:
                async with asyncio.timeout(left):
                    found = await self._ask(hop, asked, door=door)
            except TimeoutError:
                what = f"took longer than {self._fetch.timeout:g} s"
                raise Unread(what, "PARVIS['fetch']['timeout'] sets how long we wait") from None
            except Unread as unread:
                self._spare(hop, unread.retry_after)
                raise
            self._spare(hop, found.pause if isinstance(found, Answer) else None)
            return found, left - (monotonic() - began)

    @asynccontextmanager
    async def _turn(self, hop: Hop) -> AsyncIterator[None]:
        """Waits for the host, then for a place among all: so a queue at one host takes no other's place.

        Raises Unread where the host has asked, in this run, to be left alone.
        """
        async with self._hosts[hop.server], self._places:
            left = self._spared.get(hop.server, 0.0) - monotonic()
            if left > 0:
                raise Unread(f"asks us to wait {ceil(left)} s: its limit is reached", retry_after=ceil(left))
            yield

    def _spare(self, hop: Hop, wait: int | None) -> None:
        if wait:
            self._spared[hop.server] = monotonic() + wait

    async def _ask(self, hop: Hop, asked: Asked, *, door: bool) -> Answer | Redirect:
        found = await addresses.reachable(hop.host, hop.port, self._resolve, door=door)
        try:
            async with self._connected(hop, found) as connection:
                response = await connection.handle_async_request(self._request(hop, asked))
                answer = await answers.read(response, str(hop.url), asked, limit=self._fetch.max_bytes)
                if asked.body is None and connection.unread and isinstance(answer, Answer):
                    raise Unread("its answer is longer than its Content-Length says")
                return answer
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError) as error:
            raise Unread(failures.words(error)) from None

    def _request(self, hop: Hop, asked: Asked) -> httpcore2.Request:
        headers = [
            (b"Host", hop.origin.encode()),
            (b"User-Agent", self._name),
            (b"Accept", WANTED.encode()),
            (b"Accept-Encoding", b"gzip"),
            (b"Connection", b"close"),
            *asked.headers,
        ]
        url = httpcore2.URL(scheme=hop.scheme, host=hop.host, port=hop.port, target=hop.url.raw_path)
        return httpcore2.Request(asked.method, url, headers=headers, content=asked.body)

    @asynccontextmanager
    async def _connected(self, hop: Hop, found: Sequence[str]) -> AsyncIterator[Connection]:
        stream = await self._reach(hop, found)
        try:
            if hop.scheme == "https":
                stream = await stream.start_tls(self._tls, server_hostname=hop.host)
            yield Connection(httpcore2.Origin(hop.scheme.encode(), hop.host.encode(), hop.port), stream)
        finally:
            await stream.aclose()

    async def _reach(self, hop: Hop, found: Sequence[str]) -> Stream:
        """The first address that answers. Each gets a few seconds: a network without IPv6 often just swallows it."""
        for address in found[:TRIED]:
            try:
                return await self._dial(address, hop.port)
            except (httpcore2.NetworkError, httpcore2.TimeoutException, OSError) as error:
                if lacking := failures.here(error):
                    raise Unread(lacking) from None
        raise Unread(f"nothing answers at {hop.host}, port {hop.port}")

    def _is_door(self, hop: Hop) -> bool:
        return (hop.host, hop.port) in self._doors

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpcore2.default_ssl_context()

    @cached_property
    def _name(self) -> bytes:
        contact = re.sub(r"[^\x21-\x7e]|[()\\]", "", self._fetch.contact)
        return f"Parvis/{__version__}{f' (+{contact})' if contact else ''}".encode()


class Connection(httpcore2.AsyncHTTP11Connection):
    """One connection for one request."""

    @property
    def unread(self) -> bool:
        """Whether bytes have come after the answer's end; a line break there is an old habit of servers."""
        return bool(self._h11_state.trailing_data[0].strip())
