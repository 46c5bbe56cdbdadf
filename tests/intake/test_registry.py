"""Every block of IANA's special-purpose registries, in every way that leads there: no connection is ever begun.

The blocks stand in tests/corpus/addresses/special-blocks.txt. `pytest -s` prints how many cases each way has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, ip_address, ip_network

import pytest

from parvis.intake.http import Unread
from tests.intake.loopback import PUBLIC, Net, redirect, reply, serving
from tests.intake.test_addresses import REGISTERED

BLOCKS = [ip_network(block) for block in REGISTERED]
EDGES = sorted({str(block[place]) for block in BLOCKS for place in (0, block.num_addresses // 2, -1)})
PUBLIC6 = "2606:4700:4700::1111"
REBINDS = 1_000


def literal(address: str) -> Iterator[str]:
    yield f"[{address}]" if ":" in address else address


def odd(address: str) -> Iterator[str]:
    """Other spellings that some resolver or browser reads as the same address."""
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        a, b, c, d = ip.packed
        number = int(ip)
        yield from (f"{number}", f"{number:#x}", f"0{number:o}", f"{a}.{(b << 16) + (c << 8) + d}")
        yield from (f"{a}.{b}.{(c << 8) + d}", f"{a:#04x}.{b:#x}.{c:#x}.{d:#x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}")
        yield from (f"{address}.", f"[::ffff:{address}]", f"[::{address}]", f"[64:ff9b::{address}]")
        yield f"[2002:{(a << 8) + b:x}:{(c << 8) + d:x}::1]"
        yield "".join(chr(ord("０") + int(sign)) if sign.isdigit() else "。" for sign in address)
    else:
        yield from (f"[{ip.exploded}]", f"[{ip.exploded.upper()}]", f"[{address}%25eth0]", f"[{address}%eth0]")
        yield f"[{':'.join(part.lstrip('0') or '0' for part in ip.exploded.split(':'))}]"


def refused(net: Net, url: str) -> bool:
    try:
        asyncio.run(net.client().get(url))
    except Unread:
        return True
    return False


def by_spelling(spell: Callable[[str], Iterator[str]]) -> Iterator[tuple[str, list[str]]]:
    for address in EDGES:
        for host in spell(address):
            for scheme in ("http", "https"):
                net = Net()
                assert refused(net, f"{scheme}://{host}/feed"), host
                yield host, net.dialled


def by_name(*answers: Callable[[str], list[str]]) -> Iterator[tuple[str, list[str]]]:
    for address in EDGES:
        for answer in answers:
            net = Net({"forum.example": [answer(address)]})
            assert refused(net, "https://forum.example/feed"), address
            yield address, net.dialled


def by_redirect() -> Iterator[tuple[str, list[str]]]:
    """The first hop is public and answers; the second is what the redirect says, by address, spelling or name."""
    targets = [host for address in EDGES for host in (*literal(address), *odd(address))]
    names = {f"r{n}.example": [[address]] for n, address in enumerate(EDGES)}
    paths = {f"/{n}": host for n, host in enumerate([*targets, *names])}

    async def run() -> list[tuple[str, list[str]]]:
        routes = {
            path: redirect(f"http://{host.encode().decode('latin-1')}/", "307 Temporary Redirect")
            for path, host in paths.items()
        }
        async with serving(routes) as site:
            net = Net({"forum.example": [[PUBLIC]]} | names, site)
            client, seen = net.client(), []
            for path, host in paths.items():
                before = len(net.dialled)
                with pytest.raises(Unread):
                    await client.get(f"http://forum.example{path}")
                assert net.dialled[before] == PUBLIC
                seen.append((host, net.dialled[before + 1 :]))
            return seen

    yield from asyncio.run(run())


def by_rebinding() -> Iterator[tuple[str, list[str]]]:
    """A name that is public at the first look, and leads inside at every later one."""

    async def run() -> list[tuple[str, list[str]]]:
        inside = {f"r{n}.example": EDGES[n % len(EDGES)] for n in range(REBINDS)}
        async with serving(reply()) as site:
            net = Net({name: [[PUBLIC], [address], [PUBLIC, address]] for name, address in inside.items()}, site)
            client = net.client()
            for _ in range(3):
                await asyncio.gather(*(client.get(f"http://{name}/") for name in inside), return_exceptions=True)
            assert net.dialled.count(PUBLIC) == REBINDS
            return [(name, [one for one in net.dialled if one == address]) for name, address in inside.items()]

    yield from asyncio.run(run())


WAYS: dict[str, Callable[[], Iterator[tuple[str, list[str]]]]] = {
    "literal": lambda: by_spelling(literal),
    "odd spelling": lambda: by_spelling(odd),
    "answer of a name server": lambda: by_name(lambda address: [address]),
    "mixed answer": lambda: by_name(
        lambda address: [PUBLIC, address], lambda address: [address, PUBLIC], lambda address: [PUBLIC, PUBLIC6, address]
    ),
    "redirect": by_redirect,
    "rebinding": by_rebinding,
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_into_a_special_block(way: str) -> None:
    cases = list(WAYS[way]())

    assert [(case, dialled) for case, dialled in cases if dialled] == []
    assert len(cases) >= len(EDGES) >= 100
    print(f"{way}: {len(cases)} cases")
