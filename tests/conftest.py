"""What holds for every test: no socket leaves this machine."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

HERE = {"", "localhost", "ip6-localhost", "ip6-loopback"}


def _is_here(host: object) -> bool:
    if host is None:
        return True
    name = (host.decode() if isinstance(host, bytes) else str(host)).partition("%")[0]
    try:
        return ip_address(name).is_loopback or name == "0.0.0.0"
    except ValueError:
        return name in HERE


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches out fails at once, by name, instead of passing today and hanging tomorrow."""

    def guard(name: str) -> None:
        real = getattr(socket.socket, name)

        def reach(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                pytest.fail(f"a test reached for {address[0]}:{address[1]}; tests stay on loopback")
            return real(self, *args)

        monkeypatch.setattr(socket.socket, name, reach)

    for name in ("connect", "connect_ex", "sendto"):
        guard(name)
    real_look_up = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_here(name):
            try:
                ip_address(str(name).partition("%")[0])
            except ValueError:
                pytest.fail(f"a test looked up {name}; tests ask no name server")
        return real_look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
