"""What each file of the live site was made from, so that the next build knows which of them stay as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..digests import digest
from ..places import Places
from ..roll import Roll
from ..run import Run
from ..tracking.facts import UNNAMED, Facts

TABLE = "outputs"
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
    _keys: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _before: dict[str, Row] = field(default_factory=dict)
    _standing: dict[str, Row] = field(default_factory=dict)
    _made: dict[str, Made] = field(default_factory=dict)
    _changed: frozenset[int] | None = None
    _late: frozenset[int] = frozenset()
    _facts: Facts | None = None

    def open(self, facts: Facts) -> None:
        """Before the first output: what the last build left, if it is still there."""
        self._facts = facts
        noted = self.run.store.row(TABLE, "ledger")
        told = json.loads(noted) if noted else {}
        if told.get("epoch") == self.run.epoch:
            self._keys, self._words, self._before = told["keys"], told["words"], told["rows"]

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
        self._standing[name] = row
        return True

    def _since(self) -> frozenset[int]:
        """The places of facts that are not what they were. What is not known before a page is asked for comes later."""
        word = self._facts.word if self._facts else str
        now = [word(key) for key in self._keys]
        self._late = frozenset([place for place, each in enumerate(now) if each == UNNAMED])
        pairs = zip(self._words, now, strict=True)
        other = {place for place, (before, each) in enumerate(pairs) if not before or before != each}
        return frozenset(other - self._late)

    def _same(self, read: list[int]) -> bool:
        word = self._facts.word if self._facts else str
        return all(word(self._keys[place]) == self._words[place] != UNNAMED for place in self._late.intersection(read))

    def take(self, name: str, made: Made) -> None:
        self._made[name] = made

    def save(self, live: Mapping[str, Stamp]) -> None:
        """When the next site is live."""
        if self._facts is None or (not self._made and self._standing.keys() == self._before.keys()):
            return
        facts = self._facts
        rows = {name: [*row[:2], live[name], row[3]] for name, row in self._standing.items() if name in live}
        keys, words = list(self._keys), [facts.word(key) for key in self._keys]
        places = {key: place for place, key in enumerate(keys)}
        for name, made in self._made.items():
            if name not in live or not made.spec:
                continue
            for key in made.keys:
                if key not in places:
                    places[key] = len(keys)
                    keys.append(key)
                    words.append(facts.word(key))
            rows[name] = [made.spec, made.bytes, live[name], [places[key] for key in made.keys]]
        told = {"epoch": self.run.epoch, "keys": keys, "words": words, "rows": rows}
        self.run.store.put(TABLE, {"ledger": json.dumps(told, separators=(",", ":")).encode()})

    def _is_live(self, name: str, row: Row) -> bool:
        """By its stamp where nobody has touched the site, else by its bytes."""
        if self.live is not None:
            return bool([*self.live.files.get(name, ())] == row[2])
        file = self.places.live / name
        try:
            return not file.is_symlink() and digest(file.read_bytes()) == str(row[1])
        except OSError:
            return False
