"""Which addresses may be reached: public ones, and those that `fetch.allow` names."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread

from ..errors import Unread

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

PORTS = (80, 443)
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*")
NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")  # what inet_aton reads as an address: 127.1, 0x7f000001

# The special-purpose registries of IANA (RFC 6890 and what it lists since), and what clouds keep for themselves.
# IPv6 is the other way round: 2000::/3 is all that is given out, and these are its exceptions.
UNICAST = ip_network("2000::/3")
SPECIAL = {
    ip_network(block): use
    for block, use in {
        "0.0.0.0/8": "this network",
        "10.0.0.0/8": "private",
        "100.64.0.0/10": "shared by carriers",
        "127.0.0.0/8": "loopback",
        "168.63.129.16/32": "a cloud's own services",
        "169.254.0.0/16": "link-local",
        "172.16.0.0/12": "private",
        "192.0.0.0/24": "protocol assignments",
        "192.0.2.0/24": "documentation",
        "192.31.196.0/24": "a sink",
        "192.52.193.0/24": "multicast relays",
        "192.88.99.0/24": "6to4 relays",
        "192.168.0.0/16": "private",
        "192.175.48.0/24": "a sink",
        "198.18.0.0/15": "benchmarks",
        "198.51.100.0/24": "documentation",
        "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved",
        "::/128": "unspecified",
        "::1/128": "loopback",
        "::ffff:0:0/96": "IPv4 in disguise",
        "64:ff9b::/96": "IPv4 in disguise",
        "64:ff9b:1::/48": "IPv4 in disguise",
        "fc00::/7": "private",
        "fe80::/10": "link-local",
        "fec0::/10": "site-local",
        "ff00::/8": "multicast",
        "2001::/23": "protocol assignments",
        "2001:db8::/32": "documentation",
        "2002::/16": "IPv4 in disguise",
        "2620:4f:8000::/48": "a sink",
        "3ffe::/16": "given back",
        "3fff::/20": "documentation",
    }.items()
}


def host_name(written: str) -> str:
    """A lower-case name, or an IP address in its one short spelling. Raises Unread at any other host."""
    host = _plain(written.removesuffix("."))
    if not literal(host) and (not NAME.fullmatch(host) or len(host) > 253 or NUMBER.fullmatch(host)):
        raise Unread(f"'{shown(host)}' is not a host name", "write a name, or an address as 192.0.2.1 or [2001:db8::1]")
    return host


def doors(allow: Iterable[str]) -> frozenset[tuple[str, int]]:
    """`fetch.allow` as pairs of host and port: `127.0.0.1:8000`, `intranet.example:80`, `[::1]:8000`."""
    pairs = (entry.rpartition(":")[::2] for entry in allow)
    return frozenset((_plain(host.strip("[]").lower()), int(port)) for host, port in pairs)


async def reachable(host: str, port: int, resolve: Resolve, *, door: bool) -> Sequence[str]:
    """The IP addresses to dial, resolved once. Raises Unread unless every one of them is public, or `door` is open."""
    hint = f"PARVIS['fetch']['allow'] can name '{host}:{port}' where that is meant"
    if not door and port not in PORTS:
        raise Unread(f"port {port} is neither 80 nor 443", hint)
    known = literal(host)
    found = [str(known)] if known else await resolve(host, port)
    if not found:
        raise Unread(f"{host} has no address", "look at its spelling")
    for address in found if not door else ():
        if use := barred(address):
            behind = "" if known else f", and {host} leads there"
            raise Unread(f"{address} is not a public address ({use}){behind}", hint)
    return found


def barred(address: str) -> str:
    """What an IP address is kept for, or nothing where it is public."""
    known = literal(address)
    if known is None:
        return "not an address"
    for block, use in SPECIAL.items():
        if known.version == block.version and known in block:
            return use
    return "" if known.version == 4 or known in UNICAST else "not given out"


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """An IP address in its plain spelling. A zone (`fe80::1%eth0`) is none: it names a wire of this machine."""
    try:
        return None if "%" in host else ip_address(host)
    except ValueError:
        return None


async def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a name, none where it has none. A thread of its own: a name server that hangs delays nobody."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()

    def tell(found: Sequence[str]) -> None:
        if not answer.done():
            answer.set_result(found)

    def look_up() -> None:
        found: list[str] = []
        try:
            with suppress(OSError, UnicodeError):
                found += [str(known[4][0]) for known in socket.getaddrinfo(host, port)]
        finally:
            with suppress(RuntimeError):  # nobody waits any more: the loop is closed
                loop.call_soon_threadsafe(tell, tuple(dict.fromkeys(found)))

    Thread(target=look_up, daemon=True).start()
    return await answer


def shown(address: str) -> str:
    """An address for people and logs: one short line, without passwords and tokens."""
    head, mark, _ = re.sub(r"//[^/?#]*@", "//", address).partition("?")
    head = "".join(letter if letter.isprintable() and letter != " " else "·" for letter in head)
    return (head[:120] + "…" if len(head) > 120 else head) + ("?…" if mark else "")


def _plain(host: str) -> str:
    """An IP address in its one short spelling, a name as it is."""
    return str(literal(host) or host)
