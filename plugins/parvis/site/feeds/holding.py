"""What a feed holds: pieces as entries, and what they become in each format, made once for all feeds that hold them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from ...kept.store import Store
from ...model import Entry
from .. import entries
from ..pieces import Piece
from ..recall import Recalled
from ..tongue import Tongue
from . import jsonfeed, xml

ITEMS: MappingProxyType[str, Callable[[Entry], str]] = MappingProxyType(
    {"xml": xml.rss_item, "atom": xml.atom_entry, "json": jsonfeed.item}
)
AROUND = 3000
"""Bytes of an entry beside its texts: ids, addresses, dates, tags, a picture."""


@dataclass(frozen=True, slots=True)
class Held:
    """One entry of a feed, of a `piece`. `stamp` says all that its bytes depend on, `weight` what they are at
    most in any format."""

    piece: Piece
    stamp: str
    date: datetime
    updated: datetime
    weight: int
    text: Callable[[str], str]


class Made:
    """The entries of one language; nothing is made before a feed that has changed asks for it."""

    def __init__(self, tongue: Tongue, scales: Scales) -> None:
        self._tongue, self._scales = tongue, scales
        self._place = entries.place(tongue.settings, tongue.addresses, tongue.lang)
        self._held, self._entries = dict[str, Held](), dict[str, Entry]()
        self._end, self._texts = "", dict[str, str]()

    def weights(self, pieces: Sequence[Piece]) -> list[int]:
        return list(map(self._scales.weight, pieces))

    def weights_before(self, pieces: Sequence[Piece]) -> list[int]:
        """The same as the build before had it, after an edit; else nothing."""
        before, weigh = self._scales.before, self._scales.weight
        return [before[p.source] if p.source in before else weigh(p) for p in pieces] if before else []

    def held(self, piece: Piece) -> Held:
        path, known = piece.document.path, self._tongue
        if path not in self._held:
            updated = entries.changed(piece, known.settings, known.now)
            stamp = f"{entries.stamp(piece, known.settings, updated)} {self._place}"
            self._held[path] = Held(
                piece, stamp, piece.date, updated, self._scales.weight(piece), lambda end: self._text(piece, end)
            )
        return self._held[path]

    def entry(self, piece: Piece) -> Entry:
        path, known = piece.document.path, self._tongue
        if path not in self._entries:
            self._entries[path] = entries.entry(piece, known.settings, known.addresses, known.lang, known.now)
        return self._entries[path]

    def _text(self, piece: Piece, end: str) -> str:
        """Of one format at a time: those of all together would take more room than all else that a site has."""
        if end != self._end:
            self._end = end
            self._texts.clear()
        path = piece.document.path
        if path not in self._texts:
            self._texts[path] = ITEMS[end](self.entry(piece))
        return self._texts[path]


class Scales:
    """What entries weigh: as many bytes at most, in any format. That of a piece is kept from build to build."""

    def __init__(self, store: Store, recalled: Recalled | None = None) -> None:
        self._store, self._alone = store, recalled is None
        self._known = recalled.weights() if recalled else dict[str, int](store.all("weights"))
        self._asked = set[str]()
        self.before = recalled.weighed() if recalled else {}
        """After an edit, what the pieces that changed weighed, by their source."""

    def known(self, piece: Piece) -> int:
        """0 where nobody asked."""
        return self._known.get(piece.stamp, 0)

    def weight(self, piece: Piece) -> int:
        """Without making it: each mark of markup becomes a reference of up to five letters."""
        self._asked.add(piece.stamp)
        if piece.stamp not in self._known:
            summary = getattr(piece.head, "summary", "")
            weight = weight_of(piece.html, piece.reply, piece.head.title, summary, *piece.head.tags)
            self._known[piece.stamp] = weight
            self._store.put("weights", piece.stamp, weight)
        return self._known[piece.stamp]

    def forget(self) -> None:
        """Of what nobody asked for any more."""
        if self._alone:
            self._store.drop("weights", self._known.keys() - self._asked)


def weight_of(*texts: str) -> int:
    return AROUND + sum(_escaped(text) for text in texts)


def _escaped(text: str) -> int:
    return len(text.encode(errors="replace")) + 4 * sum(text.count(mark) for mark in "<>&") + text.count('"')
