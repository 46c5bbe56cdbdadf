"""The sources that have addresses: a process that says what they say at a moment, until it says no more."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from socket import SO_LINGER, SOL_SOCKET

from bench.hostile import reply
from tests.crash.world import FIRST, LATEST, Voice

ENDLESS = 10**9


@dataclass
class Upstream:
    """`moment` is which one the sources are at, `left` how many answers there are before the network is lost."""

    port: int
    moment: Synchronized[int]
    left: Synchronized[int]

    def lost_after(self, answers: int) -> None:
        self.left.value = answers

    @property
    def given(self) -> int:
        """Answers since `lost_after(ENDLESS)`."""
        return ENDLESS - self.left.value


@contextmanager
def serving(voices: list[Voice]) -> Iterator[Upstream]:
    """Serves each source at an address of its own on this machine (Linux has all of 127/8)."""
    fork = multiprocessing.get_context("fork")
    moment, left = fork.Value("i", FIRST), fork.Value("i", ENDLESS)
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_run, args=(voices, moment, left, theirs), daemon=True)
    process.start()
    try:
        yield Upstream(ours.recv(), moment, left)
    finally:
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()


def _run(voices: list[Voice], moment: Synchronized[int], left: Synchronized[int], said: Connection) -> None:
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve([voice for voice in voices if voice.start], moment, left, said))


async def _serve(voices: list[Voice], moment: Synchronized[int], left: Synchronized[int], said: Connection) -> None:
    routes: dict[tuple[str, int], dict[str, bytes]] = {}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
            left.value -= 1
            if left.value >= 0:
                host = writer.get_extra_info("sockname")[0]
                found = routes[host, moment.value].get(path)
                writer.write(reply(found or b"", status="200 OK" if found is not None else "404 Not Found"))
                await writer.drain()
            elif left.value % 2:  # half of those that are lost are broken off, and half just end
                writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            writer.close()

    first = await asyncio.start_server(answer, voices[0].host, 0)
    port = first.sockets[0].getsockname()[1]
    servers = [first, *[await asyncio.start_server(answer, voice.host, port) for voice in voices[1:]]]
    for voice in voices:
        for when in range(FIRST, LATEST + 1):
            routes[voice.host, when] = dict(voice.answers(when, f"http://{voice.host}:{port}"))
    said.send(port)
    await asyncio.gather(*(server.serve_forever() for server in servers))
