"""The same words twice: items with one address, or whose beginnings are nearly the same.

Of the first 50 words all runs of three become numbers, and the 16 smallest numbers stand for the text (a bottom-k
sketch, Cohen and Kaplan 2007): what two texts share of them is what they share of their runs. Texts whose four smallest
have nothing in common are not compared. Measured on 329 real posts of 40 feeds: of their 53,956 pairs 3 are called
alike, each two advertisements that do begin alike; of copies with one word of the 50 changed 99.8 % are found, with two
97.6 %, with five 72 %.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

from .. import html, matter, nodes
from ..errors import Refused
from ..model import Item
from . import flags
from .shelf import Shelf

FIRST = 50  # words that are compared: an excerpt and a whole text begin alike
FEWEST = 12  # words below which all greetings are alike
RUN, KEPT, LOOKED_UP = 3, 16, 4
ALIKE = 0.5
BEGINNING = 4_000
MOST = 100  # texts beside the first that are looked at because they share a number: many begin with one greeting
TARGET = re.compile(r"\]\([^)\s]*\)|https?://\S+")
WORD = re.compile(r"[^\W_]+")
HOST = re.compile(r"^(?:www|m|mobile|amp)\.")
Sketch = tuple[int, ...]


@dataclass
class Doubles:
    """What is here already, by address and by sketch; each item that is asked about is remembered."""

    by_address: dict[str, str] = field(default_factory=dict)
    by_number: dict[int, str] = field(default_factory=dict)
    others: dict[int, list[str]] = field(default_factory=dict)
    """The ids that a number has beside its first: most have none, and a hub may hold many texts."""
    sketches: dict[str, array[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Path, shelf: Shelf) -> Doubles:
        """All that lies in content/."""
        known = cls()
        for id, place in shelf.places.items():
            known._put(id, canonical(place.original), sketch(_body(content / place.path)))
        return known

    def of_item(self, item: Item) -> str:
        """The id of another item that says the same, or "". The first one to come is the one that counts."""
        numbers, address = sketch(html.plain(item.html[:BEGINNING])), canonical(item.url)
        found = self.by_address.get(address, "") or self._alike(numbers)
        self._put(item.id, address, numbers)
        return found if found != item.id else ""

    def _alike(self, numbers: Sketch) -> str:
        known = (number for number in numbers[:LOOKED_UP] if number in self.by_number)
        near = (id for number in known for id in (self.by_number[number], *self.others.get(number, ())))
        return next((id for id in near if likeness(numbers, self.sketches[id]) >= ALIKE), "")

    def _put(self, id: str, address: str, numbers: Sketch) -> None:
        if address:
            self.by_address.setdefault(address, id)
        if numbers:
            self.sketches[id] = array("I", numbers)
            for number in numbers[:LOOKED_UP]:
                if self.by_number.setdefault(number, id) != id:
                    others = self.others.setdefault(number, [])
                    others += [id] if len(others) < MOST else []


def sketch(text: str) -> Sketch:
    """What stands for a text; nothing for one that is too short to be known again."""
    words = [word[0] for _, word in zip(range(FIRST), WORD.finditer(flags.folded(text)), strict=False)]
    if len(words) < FEWEST:
        return ()
    runs = {crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)}
    return tuple(sorted(runs)[:KEPT])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of both is in either, 0 to 1, as their smallest numbers tell."""
    first, second = {*one}, {*other}
    union = sorted(first | second)[:KEPT]
    return len(first & second & {*union}) / len(union) if union else 0.0


def canonical(url: str) -> str:
    """An address without what makes no other page of it: scheme, `www.`, `m.`, followers' marks, the last slash."""
    clean = html.address(url)
    if not clean:
        return ""
    parts = urlsplit(clean)
    path = parts.path.removesuffix("/").removesuffix("/amp").removesuffix("/")
    query = "&".join(sorted(filter(None, parts.query.split("&"))))
    host = HOST.sub("", parts.netloc.lower())
    return f"{host}{path}?{query}" if query else host + path if path else ""


def _body(file: Path) -> str:
    try:
        return TARGET.sub(" ", matter.split(nodes.read(file, file.name), file.name)[1][:BEGINNING])
    except (OSError, Refused):
        return ""
