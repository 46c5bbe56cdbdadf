"""Copies of the pictures that go with items, for sources that permit it: fetched through the same guard as all else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import Unread
from ..model import Item
from ..options import Source
from .draft import Kept
from .http import Client
from .picture import copied

MOST = 4  # of one item
BUSY = 429
FOLDER = "images/community"


@dataclass
class Album:
    """Pictures of one pull: by item, and their bytes by path below content/; `notes` by source.

    `missed` are ids of items of which a picture could not be had now, and may be another time.
    """

    of: dict[str, tuple[Kept, ...]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)

    async def fill(self, client: Client, wanted: Mapping[str, tuple[Source, Iterable[Item]]]) -> None:
        """Fetches what items of sources with `media: copy` bring along."""
        jobs = [(source, item) for source, items in wanted.values() for item in items if item.media]
        await asyncio.gather(*(self._item(client, source, item) for source, item in jobs))

    async def _item(self, client: Client, source: Source, item: Item) -> None:
        kept = []
        for medium in item.media[:MOST]:
            if medium.type and not medium.type.startswith("image"):
                continue
            try:
                answer = await client.get(medium.url, home=source.url)
                copy = await asyncio.to_thread(copied, answer.body)
            except Unread as unread:
                self._note(source, item, unread.what)
                if unread.status in (0, BUSY) or unread.status >= 500:
                    self.missed.add(item.id)
                continue
            except ValueError as error:
                self._note(source, item, f"it {error}")
                continue
            path = f"{FOLDER}/{source.name}/{copy.name}"
            self.files[path] = copy.body
            kept.append(Kept(path, medium.alt, copy.width, copy.height))
        self.of[item.id] = tuple(kept)

    def _note(self, source: Source, item: Item, what: str) -> None:
        self.notes.setdefault(source.name, []).append(f"a picture of {item.id} was not copied: {what}")
