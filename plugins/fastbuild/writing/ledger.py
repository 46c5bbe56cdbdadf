"""What each file of the live site was made from, so that the next build knows which of them stay as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from ..digests import digest
from ..edit import OTHERS
from ..following import ANY
from ..places import Places
from ..roll import Roll
from ..run import Run
from ..tracking.facts import UNNAMED, Facts
from .shelves import OPEN, Row, Shelves

Stamp = tuple[int, int, int]


class Made(NamedTuple):
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
    whole: bool = True
    """Whether there is a row for each output that was asked for."""
    fallen: dict[str, str] | None = None
    """After an edit, the names of all outputs that do not stay, with what they are; None where each has to be looked
    at."""
    _facts: Facts | None = None
    _shelves: Shelves | None = None
    _keys: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _now: list[str] = field(default_factory=list)
    _before: dict[str, Row] = field(default_factory=dict)
    _standing: set[str] = field(default_factory=set)
    _made: dict[str, Made] = field(default_factory=dict)
    _changed: frozenset[int] | None = None
    _late: frozenset[int] = frozenset()
    _others: dict[int, str] = field(default_factory=dict)
    """After an edit, the keys of facts that are others, by their places."""

    def open(self, facts: Facts) -> None:
        """Before the first output: what the last build left."""
        self._facts = facts
        self.heed_touched()
        shelves = self._shelves = Shelves(self.run.store, self.run.epoch)
        edit = self.run.edit
        self.run.edit = edit if edit and shelves.noted == edit.note.build else None
        if self.run.edit:
            self._others = dict(self._since_edit(shelves, facts, self.run.edit.sources))
            self._changed = frozenset(self._others)
            fallen = shelves.rows_of(self._changed.union(self._of_any(shelves)))
            self.fallen = {name: row[0] for name, row in fallen.items()}
        else:
            (self._keys, self._words), self._before = shelves.facts(), shelves.rows()

    def heed_touched(self) -> None:
        """Waits for what the look at the outputs found: where somebody touched them, there is more to do."""
        if self.run.edit and self.run.edit.found == OTHERS:
            self.run.edit = self.live = None

    @property
    def count(self) -> int:
        """How many outputs the last build left."""
        return self._shelves.count if self._shelves else 0

    @property
    def vanished(self) -> bool:
        """Whether, after an edit, an output of the last build neither stays nor was made anew."""
        return self.fallen is not None and not self.fallen.keys() <= self._standing | self._made.keys()

    def _of_any(self, shelves: Shelves) -> Iterator[int]:
        """The place of the fact of outputs of which nobody said what they show, where a plugin goes the short way."""
        if self.run.followed:
            yield from (place for place, key, _ in shelves.facts_of([ANY.partition(" ")[2]]) if key == ANY)

    def standing(self) -> frozenset[str]:
        """After an edit, the names of all outputs that stay."""
        if self._shelves is None or self.fallen is None or self.run.doubts:
            return frozenset()
        return frozenset(self._shelves.rows().keys() - self.fallen.keys() | self._standing)

    def stands(self, name: str, spec: str) -> bool:
        """Whether the live file is what would be made now. It then counts as one of this build's."""
        row = self._shelves.row(name) if self._shelves and self.fallen is not None else self._before.get(name)
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
        self._now = self._facts.words(self._keys) if self._facts else []
        self._late = frozenset([place for place, each in enumerate(self._now) if each == UNNAMED])
        pairs = zip(self._words, self._now, strict=True)
        other = {place for place, (before, each) in enumerate(pairs) if not before or before != each}
        return frozenset(other - self._late)

    def _since_edit(self, shelves: Shelves, facts: Facts, sources: Collection[str]) -> Iterator[tuple[int, str]]:
        """The same, with their keys. Only contents that were read anew and values that are no lists may be others."""
        for place, key, before in shelves.facts_of(sources):
            now = facts.word(key) if key[0] in OPEN or key[2:] in sources else before
            if not before or now != before or now == UNNAMED:
                yield place, key

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
        shelves, facts = self._shelves, self._facts
        if shelves is None or facts is None:
            return
        if self.fallen is None:
            self._keep_standing(shelves, facts, live)
        for place, key in self._others.items():
            shelves.set_word(place, facts.word(key))
        for name in (self.fallen or {}).keys() - self._standing:
            shelves.drop(name)
        live_now = {name: made for name, made in self._made.items() if name in live}
        if self.fallen is None:
            shelves.add(dict.fromkeys(chain.from_iterable(made.keys for made in live_now.values())), facts.words)
        for name, made in live_now.items():
            read = shelves.places(made.keys, facts.word)
            shelves.set_row(name, [made.spec, made.bytes, live[name], read])
        shelves.put(self.run.epoch, noted if self.whole and not self.run.doubts else 0)

    def _keep_standing(self, shelves: Shelves, facts: Facts, live: Mapping[str, Stamp]) -> None:
        pairs = enumerate(zip(self._keys, self._now or self._words, strict=True))
        shelves.set_words([facts.word(key) if place in self._late else word for place, (key, word) in pairs])
        for name, row in self._before.items():
            if name not in self._standing or name not in live:
                shelves.drop(name)
            elif self.live is None:
                shelves.set_row(name, [*row[:2], live[name], row[3]])

    def _is_live(self, name: str, row: Row) -> bool:
        """By its stamp where nobody has touched the site, else by its bytes."""
        if self.live is not None:
            return bool([*self.live.files.get(name, ())] == row[2])
        file = self.places.live / name
        try:
            return not file.is_symlink() and digest(file.read_bytes()) == str(row[1])
        except OSError:
            return False
