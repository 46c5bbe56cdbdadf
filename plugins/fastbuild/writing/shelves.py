"""What the ledger keeps in the store: facts on pages and rows on shelves, each understood only when it is asked for.

After an edit of a large site these are a few of many. The others are looked through as bytes: JSON, as it is written
here, says a text in one way, and a number too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import Any
from zlib import crc32

from ..store import Store
from ..tracking.facts import NEVER, UNNAMED

TABLE = "outputs"
PAGE, SHELVES = 1000, 64
"""Facts on a page, and shelves for rows: of a large site only some are written anew."""
MANY = 20
"""Facts from which on all rows are understood at once, and all facts."""
OPEN = "g!"
"""How keys begin of what is no content and no list."""
Row = list[Any]
"""What it is, digest of its bytes, stamp when live, and the places of what it read in the list of facts."""
Page = list[list[str]]
"""Keys, and a word for each."""


class Shelves:
    """Facts are known by their place, rows by the name of their output. What was set counts from `put` on."""

    def __init__(self, store: Store, epoch: str) -> None:
        """Empty where a page of facts is missing, or all is of another epoch."""
        self._store, found = store, store.rows(TABLE)
        head = json.loads(found.get("head", b"{}"))
        pages = [found.get(f"facts {number}") for number in range(head.get("pages", 0))]
        if head.get("epoch") != epoch or None in pages:
            store.clear(TABLE)
            head, pages, found = {}, [], {}
        self.noted: int = head.get("seen", 0)
        """What stands for the note of all that the build before saw and left, where it was whole."""
        self.count: int = head.get("rows", 0)
        self._open: set[int] = set(head.get("open", ()))
        """Pages with facts that are of no content or list, or that nobody can say a word of."""
        self._raw_pages = {number: page or b"" for number, page in enumerate(pages)}
        self._raw_rows = {number: found.get(f"rows {number}", b"{}") for number in range(SHELVES)}
        self._pages: list[Page] = [[[], []] for _ in pages]
        self._rows: list[dict[str, Row]] = [{} for _ in range(SHELVES)]
        self._places: dict[str, int] = {}
        self._all = False
        """Whether all facts are understood."""
        self._touched: set[tuple[str, int]] = set()

    def facts(self) -> tuple[list[str], list[str]]:
        """All keys, and all words."""
        pages = [self._page(number) for number in range(len(self._pages))]
        keys = [key for page in pages for key in page[0]]
        self._places, self._all = {key: place for place, key in enumerate(keys)}, True
        return keys, [word for page in pages for word in page[1]]

    def facts_of(self, paths: Iterable[str]) -> Iterator[tuple[int, str, str]]:
        """Places, keys and words of all facts of these contents, of all that are open, and of some more."""
        said = [_bytes(f" {path}")[1:] for path in paths]
        for number in range(len(self._pages)):
            raw = self._raw_pages.get(number)
            if raw is None or number in self._open or any(each in raw for each in said):
                keys, words = self._page(number)
                yield from zip(range(number * PAGE, number * PAGE + len(keys)), keys, words, strict=True)

    def row(self, name: str) -> Row | None:
        return self._shelf(_number(name)).get(name)

    def rows(self) -> dict[str, Row]:
        return {name: row for number in range(SHELVES) for name, row in self._shelf(number).items()}

    def rows_of(self, places: Set[int]) -> dict[str, Row]:
        """Those of outputs that read one of these facts."""
        said = [b"%d" % place for place in places]
        exact = re.compile(rb"[\[,](?:%b)[\],]" % b"|".join(said))
        found: dict[str, Row] = {}
        for number in range(SHELVES if said else 0):
            raw = self._raw_rows.get(number)
            if raw is None or len(said) > MANY or (any(each in raw for each in said) and exact.search(raw)):
                rows = self._shelf(number).items()
                found.update((name, row) for name, row in rows if not places.isdisjoint(row[3]))
        return found

    def set_words(self, words: Sequence[str]) -> None:
        """Of all facts that are there."""
        for number, page in enumerate(self._pages):
            part = [*words[number * PAGE : (number + 1) * PAGE]]
            if part != page[1]:
                page[1] = part
                self._touched.add(("facts", number))

    def set_word(self, place: int, word: str) -> None:
        self._page(place // PAGE)[1][place % PAGE] = word
        self._touched.add(("facts", place // PAGE))

    def set_row(self, name: str, row: Row) -> None:
        shelf = self._shelf(_number(name))
        self.count += name not in shelf
        shelf[name] = row
        self._touched.add(("rows", _number(name)))

    def drop(self, name: str) -> None:
        if self._shelf(_number(name)).pop(name, None):
            self.count -= 1
            self._touched.add(("rows", _number(name)))

    def add(self, keys: Iterable[str], words: Callable[[list[str]], Iterable[str]]) -> None:
        """Facts that are not there yet, with what `words` says of them. Once all of `facts` were asked for."""
        new = [key for key in keys if key not in self._places]
        for key, word in zip(new, words(new), strict=True):
            self._places[key] = self._added(key, word)

    def places(self, keys: Iterable[str], word: Callable[[str], str]) -> list[int]:
        """Of facts; those that are not there yet are added, with what `word` says of them."""
        for key in keys:
            if key not in self._places:
                self._places[key] = self._place(key, word)
        return [self._places[key] for key in keys]

    def _place(self, key: str, word: Callable[[str], str]) -> int:
        if not self._all and len(self._places) > MANY:
            self.facts()
        found = self._places.get(key) if self._all else self._looked_up(key)
        return self._added(key, word(key)) if found is None else found

    def put(self, epoch: str, noted: int) -> None:
        """What was set, into the store."""
        held: dict[str, list[Any]] = {"facts": self._pages, "rows": self._rows}
        for number in (number for what, number in self._touched if what == "facts"):
            (self._open.add if _is_open(*self._pages[number]) else self._open.discard)(number)
        said: dict[str, Any] = {f"{what} {number}": held[what][number] for what, number in sorted(self._touched)}
        counts = {"pages": len(self._pages), "rows": self.count, "open": sorted(self._open)}
        said["head"] = {"epoch": epoch, "seen": noted, **counts}
        self._store.put(TABLE, {name: _bytes(each) for name, each in said.items()})

    def _page(self, number: int) -> Page:
        if raw := self._raw_pages.pop(number, None):
            self._pages[number] = json.loads(raw)
        return self._pages[number]

    def _shelf(self, number: int) -> dict[str, Row]:
        if raw := self._raw_rows.pop(number, None):
            self._rows[number] = json.loads(raw)
        return self._rows[number]

    def _looked_up(self, key: str) -> int | None:
        said = _bytes(key)
        for number in range(len(self._pages)):
            raw = self._raw_pages.get(number)
            if (raw is None or said in raw) and key in (keys := self._page(number)[0]):
                return number * PAGE + keys.index(key)
        return None

    def _added(self, key: str, word: str) -> int:
        number = len(self._pages) - 1
        if number < 0 or len(self._page(number)[0]) == PAGE:
            number += 1
            self._pages.append([[], []])
        keys, words = self._pages[number]
        keys.append(key)
        words.append(word)
        self._touched.add(("facts", number))
        return number * PAGE + len(keys) - 1


def _is_open(keys: list[str], words: list[str]) -> bool:
    return any(key[0] in OPEN for key in keys) or NEVER in words or UNNAMED in words


def _number(name: str) -> int:
    """Of the shelf of an output."""
    return crc32(name.encode("utf-8", "surrogateescape")) % SHELVES


def _bytes(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
