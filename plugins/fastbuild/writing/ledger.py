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
    _noted: int = 0
    """What stands for the note of all that the build before saw and left, where it was whole."""
    whole: bool = True
    """Whether there is a row for each output that was asked for."""
    _before: dict[str, Row] = field(default_factory=dict)
    _standing: set[str] = field(default_factory=set)
    _made: dict[str, Made] = field(default_factory=dict)
    _changed: frozenset[int] | None = None
    _late: frozenset[int] = frozenset()
    fallen: dict[str, str] | None = None
    """After an edit, the names of all outputs that do not stay, with what they are; None where each has to be looked
    at."""

    def open(self, facts: Facts) -> None:
        """Before the first output: what the last build left, if all pages of facts are there."""
        self._facts = facts
        self._read()
        edit = self.run.edit
        self.run.edit = edit if edit and self._noted == edit.note.build else None
        if self.run.edit:
            changed = self._changed = self._since() | self._late
            self.fallen = {name: row[0] for name, row in self._before.items() if not changed.isdisjoint(row[3])}
            self._standing.update(self._before.keys() - self.fallen.keys())

    @property
    def standing(self) -> set[str]:
        return self._standing

    def _read(self) -> None:
        noted = {name: json.loads(value) for name, value in self.run.store.rows(TABLE).items()}
        head = noted.pop("head", {})
        pages = [noted.pop(f"facts {number}", None) for number in range(head.get("pages", 0))]
        if head.get("epoch") != self.run.epoch or None in pages:
            self.run.store.clear(TABLE)
            return
        for keys, words in pages:
            self._keys += keys
            self._words += words
        self._noted = head.get("seen", 0)
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
        if self.fallen is None and not self._is_live(name, row):
            return False
        self._standing.add(name)
        return True

    def _since(self) -> frozenset[int]:
        """The places of facts that are not what they were. What is not known before a page is asked for comes later."""
        self._now = self._words_now()
        self._late = frozenset([place for place, each in enumerate(self._now) if each == UNNAMED])
        pairs = zip(self._words, self._now, strict=True)
        other = {place for place, (before, each) in enumerate(pairs) if not before or before != each}
        return frozenset(other - self._late)

    def _words_now(self) -> list[str]:
        """After an edit, only contents that were read anew and values that are no lists may be others."""
        if not self._facts:
            return []
        if not self.run.edit:
            return self._facts.words(self._keys)
        word, sources = self._facts.word, self.run.edit.sources
        pairs = zip(self._keys, self._words, strict=True)
        return [word(key) if key[0] in "g!" or key[2:] in sources else before for key, before in pairs]

    def _same(self, read: list[int]) -> bool:
        word = self._facts.word if self._facts else str
        return all(word(self._keys[place]) == self._words[place] != UNNAMED for place in self._late.intersection(read))

    def take(self, name: str, made: Made | None) -> None:
        """What was made; None where nobody knows of what."""
        if made and made.spec:
            self._made[name] = made
        else:
            self.whole = False

    def save(self, live: Mapping[str, Stamp], noted: int) -> None:
        """When the next site is live, and `noted` stands for the note of it. Only what is another than before is
        written."""
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
            if name not in live:
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
        head = {"epoch": self.run.epoch, "seen": noted if self.whole and not self.run.doubts else 0}
        shelves = {crc32(name.encode("utf-8", "surrogateescape")) % SHELVES for name in changed}
        self._write(head, rows, shelves, keys, words)

    def _write(
        self, head: dict[str, Any], rows: Mapping[str, Row], shelves: set[int], keys: list[str], words: list[str]
    ) -> None:
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
        said["head"] = {**head, "pages": len(starts)}
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
