"""What each file of the live site was made from, so that the next build knows which of them stay as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from ..digests import digest
from ..places import Places
from ..roll import Roll
from ..run import Run
from ..tracking.facts import UNNAMED, Facts

TABLE = "outputs"
PAGE, SHELVES = 1000, 64
"""Facts on a page, and shelves for rows: of a large site only some are written anew."""
Stamp = tuple[int, int, int]
Row = list[Any]
"""What it is, digest of its bytes, stamp when live, and the places of what it read in the list of facts."""


@dataclass
class Made:
    """A file of the next site."""

    spec: str
    bytes: str
    keys: list[str]


@dataclass
class Ledger:
    run: Run
    places: Places
    live: Roll | None
    """Its files and their stamps, if nobody has touched them since the last build."""
    _facts: Facts | None = None
    _keys: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _now: list[str] = field(default_factory=list)
    _before: dict[str, Row] = field(default_factory=dict)
    _standing: set[str] = field(default_factory=set)
    _made: dict[str, Made] = field(default_factory=dict)
    _changed: frozenset[int] | None = None
    _late: frozenset[int] = frozenset()

    def open(self, facts: Facts) -> None:
        """Before the first output: what the last build left, if all pages of facts are there."""
        self._facts = facts
        noted = {name: json.loads(value) for name, value in self.run.store.rows(TABLE).items()}
        head = noted.pop("head", {})
        pages = [noted.pop(f"facts {number}", None) for number in range(head.get("pages", 0))]
        if head.get("epoch") != self.run.epoch or None in pages:
            self.run.store.clear(TABLE)
            return
        for keys, words in pages:
            self._keys += keys
            self._words += words
        for rows in noted.values():
            self._before.update(rows)

    def stands(self, name: str, spec: str) -> bool:
        """Whether the live file is what would be made now. It then counts as one of this build's."""
        row = self._before.get(name)
        if row is None or row[0] != spec or not spec:
            return False
        if self._changed is None:
            self._changed = self._since()
        read = row[3]
        if not self._changed.isdisjoint(read) or not (self._late.isdisjoint(read) or self._same(read)):
            return False
        if not self._is_live(name, row):
            return False
        self._standing.add(name)
        return True

    def _since(self) -> frozenset[int]:
        """The places of facts that are not what they were. What is not known before a page is asked for comes later."""
        self._now = self._facts.words(self._keys) if self._facts else []
        self._late = frozenset([place for place, each in enumerate(self._now) if each == UNNAMED])
        pairs = zip(self._words, self._now, strict=True)
        other = {place for place, (before, each) in enumerate(pairs) if not before or before != each}
        return frozenset(other - self._late)

    def _same(self, read: list[int]) -> bool:
        word = self._facts.word if self._facts else str
        return all(word(self._keys[place]) == self._words[place] != UNNAMED for place in self._late.intersection(read))

    def take(self, name: str, made: Made) -> None:
        self._made[name] = made

    def save(self, live: Mapping[str, Stamp]) -> None:
        """When the next site is live. Only what is another than before is written."""
        if self._facts is None:
            return
        gone = self._before.keys() - self._standing
        keys, word = list(self._keys), self._facts.word
        places = {key: place for place, key in enumerate(keys)}
        rows = {name: self._before[name] for name in self._standing if name in live}
        for name, row in rows.items() if self.live is None else ():
            row[2] = live[name]
        changed = {*gone, *self._made} if self.live is not None else {*gone, *self._made, *rows}
        for name, made in self._made.items():
            if name not in live or not made.spec:
                continue
            for key in made.keys:
                if key not in places:
                    places[key] = len(keys)
                    keys.append(key)
            rows[name] = [made.spec, made.bytes, live[name], [places[key] for key in made.keys]]
        now = self._now or self._words
        words = [
            word(key) if place in self._late else each for place, (key, each) in enumerate(zip(keys, now, strict=False))
        ]
        words += [word(key) for key in keys[len(words) :]]
        self._write(rows, {crc32(name.encode("utf-8", "surrogateescape")) % SHELVES for name in changed}, keys, words)

    def _write(self, rows: Mapping[str, Row], shelves: set[int], keys: list[str], words: list[str]) -> None:
        said: dict[str, Any] = {f"rows {shelf}": {} for shelf in shelves}
        for name, row in rows.items():
            shelf = crc32(name.encode("utf-8", "surrogateescape")) % SHELVES
            if shelf in shelves:
                said[f"rows {shelf}"][name] = row
        starts = range(0, len(keys), PAGE)
        for number, first in enumerate(starts):
            page = [keys[first : first + PAGE], words[first : first + PAGE]]
            if page != [self._keys[first : first + PAGE], self._words[first : first + PAGE]]:
                said[f"facts {number}"] = page
        said["head"] = {"epoch": self.run.epoch, "pages": len(starts)}
        if shelves or len(said) > 1:
            self.run.store.put(TABLE, {name: _bytes(each) for name, each in said.items()})

    def _is_live(self, name: str, row: Row) -> bool:
        """By its stamp where nobody has touched the site, else by its bytes."""
        if self.live is not None:
            return bool([*self.live.files.get(name, ())] == row[2])
        file = self.places.live / name
        try:
            return not file.is_symlink() and digest(file.read_bytes()) == str(row[1])
        except OSError:
            return False


def _bytes(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
