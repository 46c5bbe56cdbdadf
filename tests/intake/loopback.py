"""A server on this machine that answers as badly as a test asks for, and a client that may reach it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from ssl import SSLContext
from typing import Any

import httpcore2

from parvis.intake.http import Client, dial
from parvis.operator import Fetch

Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]
Reply = bytes | Behaviour

PUBLIC = "93.184.216.34"
FETCH = Fetch(allow=(), folders=(), timeout=5.0, max_bytes=16 * 2**20, contact="https://hub.example/about")


def reply(body: bytes = b"<rss/>", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole HTTP/1.1 answer. `length` lies about the body's."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return reply(b"", f"Location: {to}", status=status)


@dataclass
class Site:
    """What the server saw: the heads of requests in order, and how many it had open at once."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    open: int = 0
    most_open: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.asked]


@asynccontextmanager
async def serving(
    routes: Mapping[str, Reply] | Reply, *, tls: SSLContext | None = None, after: bytes = b"\r\n\r\n"
) -> AsyncIterator[Site]:
    """Serves one reply for each path, or one for all; bytes are sent as they are, a behaviour does what it likes.

    It answers once a request has come to `after`.
    """
    site = Site()
    tasks: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            tasks.add(task)
        site.open += 1
        site.most_open = max(site.most_open, site.open)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(after) if after else b"").decode("latin-1")
            site.asked.append(head)
            found = routes[head.split(" ")[1]] if isinstance(routes, Mapping) else routes
            if isinstance(found, bytes):
                writer.write(found)
                await writer.drain()
            else:
                await found(writer)
        site.open -= 1
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def allowed(site: Site, **fetch: Any) -> Client:
    """A client with a door to the site on this machine."""
    return Client(replace(FETCH, allow=(f"127.0.0.1:{site.port}", f"localhost:{site.port}"), **fetch))


@dataclass
class Net:
    """A pretended internet: names to addresses (a list for each look-up in turn), and every dial counted.

    Whatever is dialled leads to `site` where there is one, else nowhere.
    """

    names: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    site: Site | None = None
    dialled: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        answers = self.names.get(host, [[]])
        self.looked_up.append(host)
        return answers[min(self.looked_up.count(host), len(answers)) - 1]

    async def dial(self, address: str, port: int) -> httpcore2.AsyncNetworkStream:
        self.dialled.append(address)
        if self.site is None:
            raise httpcore2.ConnectError
        return await dial("127.0.0.1", self.site.port)

    def client(self, **fetch: Any) -> Client:
        return Client(replace(FETCH, **fetch), resolve=self.resolve, dial=self.dial)
