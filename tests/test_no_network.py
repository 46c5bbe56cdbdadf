"""The guard of every test: sockets stay on this machine."""

from __future__ import annotations

import asyncio
import socket

import pytest

REFUSED = pytest.fail.Exception


@pytest.mark.parametrize("address", ["93.184.216.34", "10.0.0.1", "169.254.169.254"])
def test_a_socket_to_another_machine_is_refused(address: str) -> None:
    with socket.socket() as one, pytest.raises(REFUSED, match="loopback"):
        one.connect((address, 80))


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(REFUSED, match="loopback"):
        one.sendto(b"?", ("93.184.216.34", 53))


def test_an_asyncio_connection_to_another_machine_is_refused() -> None:
    with pytest.raises(REFUSED, match="loopback"):
        asyncio.run(asyncio.open_connection("93.184.216.34", 80))


def test_no_name_is_looked_up() -> None:
    with pytest.raises(REFUSED, match="name server"):
        socket.getaddrinfo("example.org", 80)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as one:
        assert one.getpeername() == server.getsockname()
