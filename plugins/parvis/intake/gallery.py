"""Pictures that a brand's own texts show elsewhere, fetched for `invoke import` through the same guard as all else."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import islice

from ..errors import Unread
from ..settings import Settings
from .http import Client
from .picture import Copy, copied

MOST = 500
MOST_BYTES = 256 * 2**20  # of all copies


def fetched(settings: Settings, addresses: Collection[str]) -> Mapping[str, Copy | str]:
    """By address: the picture made ours, or what kept it from being had."""
    fetch, brand = settings.operator.fetch, settings.brand
    client = Client(replace(fetch, contact=fetch.contact or brand.contact or brand.address))
    return asyncio.run(taken(client, addresses))


async def taken(client: Client, addresses: Collection[str]) -> dict[str, Copy | str]:
    """The same with a client at hand: some at once, each host one after the other."""
    room = MOST_BYTES

    async def one(address: str) -> Copy | str:
        nonlocal room
        try:
            answer = await client.get(address)
            copy = await asyncio.to_thread(copied, answer.body)
        except Unread as unread:
            return unread.what
        except ValueError as error:
            return str(error)
        room -= len(copy.body)
        return copy if room >= 0 else f"is one too many: all together are larger than {MOST_BYTES // 2**20} MiB"

    asked = list(islice(addresses, MOST))
    found = await asyncio.gather(*map(one, asked))
    others = dict.fromkeys(islice(addresses, MOST, None), f"is one too many: {MOST} are fetched at once")
    return dict(zip(asked, found, strict=True)) | others
