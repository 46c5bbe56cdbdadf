"""Many servers on this machine, some of them hostile.

    python -m bench.servers COUNT SHARE ITEMS

serves COUNT sources on as many loopback addresses, SHARE of them hostile and the others feeds of ITEMS entries, and
prints its port once it is there.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from .hostile import HOSTILE, Act, Hostile, feed, reply

ADDRESSES = 250  # of one net that are used
SAME = '"same"'  # the validator of each good feed


def sources(count: int, hostile: float) -> Iterator[tuple[str, str, str]]:
    """The name, the address's host and the behaviour of each source; "" for a good one. Hostile ones lie between."""
    every, names = (round(1 / hostile) if hostile else count + 1), list(HOSTILE)
    for n in range(count):
        act = names[n // every % len(names)] if n % every == every - 1 else ""
        yield f"s{n}", f"127.0.{1 + n // ADDRESSES}.{1 + n % ADDRESSES}", act


async def serve(count: int, hostile: float, items: int, said: Callable[[int], object]) -> None:
    """Serves until it is cancelled; `said` hears the port."""
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # handshakes fail here, and are meant to
    servers: list[asyncio.Server] = []
    port = 0
    for name, host, act in sources(count, hostile):
        behaviour = HOSTILE[act] if act else Hostile(reply(feed(items, name=name), f"ETag: {SAME}"), "")
        tls = behaviour.tls() if behaviour.tls else None
        servers.append(await asyncio.start_server(partial(_answer, behaviour), host, port, ssl=tls))
        port = servers[0].sockets[0].getsockname()[1]
    said(port)
    try:
        await asyncio.sleep(3600)
    finally:
        for server in servers:
            server.close()


def address(name: str, host: str, act: str, port: int) -> str:
    """Where a source is asked."""
    return f"{HOSTILE[act].scheme if act else 'http'}://{host}:{port}/{name}"


async def _answer(behaviour: Hostile, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        asked = await (reader.read(1) if behaviour.early else reader.readuntil(b"\r\n\r\n"))
        known = f"If-None-Match: {SAME}".encode() in asked
        await _act(writer, reply(status="304 Not Modified") if known else behaviour.act)
    with suppress(ConnectionError):
        writer.close()


async def _act(writer: asyncio.StreamWriter, act: Act) -> None:
    if isinstance(act, bytes):
        writer.write(act)
        await writer.drain()
        return
    made = act(writer) if asyncio.iscoroutinefunction(act) else act()  # type: ignore[call-arg]
    if isinstance(made, bytes):
        await _act(writer, made)
    else:
        await made


def main(count: str, hostile: str, items: str) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65_536), most))
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(int(count), float(hostile), int(items), lambda port: print(port, flush=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
