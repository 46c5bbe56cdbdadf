"""All pieces of a site together, and the lists that they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import islice

from ..options import Brand, Topic
from ..slugs import slug
from .pieces import SAID, Piece


@dataclass(frozen=True)
class Stock:
    """All pieces of a site, newest first (pinned ones before), equal dates in the order of their paths."""

    pieces: tuple[Piece, ...]
    brand: Brand
    _lists: dict[tuple[str, str], list[Piece]] = field(default_factory=dict, compare=False, repr=False)
    _about: dict[str, Mapping[str, list[Piece]]] = field(default_factory=dict, compare=False, repr=False)
    _newest: dict[tuple[str, str, int], Mapping[str, list[Piece]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _topics_of: dict[str, list[Topic]] = field(default_factory=dict, compare=False, repr=False)
    _months: dict[str, Mapping[date, list[Piece]]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, pieces: Iterable[Piece], brand: Brand) -> Stock:
        by_path = sorted(pieces, key=lambda piece: piece.document.path)
        return cls(tuple(sorted(by_path, key=lambda piece: piece.date, reverse=True)), brand)

    @cached_property
    def by_id(self) -> Mapping[str, Piece]:
        return {piece.id: piece for piece in self.pieces}

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], dict[str, Piece]]:
        found: dict[tuple[str, str], dict[str, Piece]] = defaultdict(dict)
        for piece in self.pieces:
            found[piece.kind, piece.key][piece.home] = piece
        return found

    def translations(self, piece: Piece) -> Mapping[str, Piece]:
        """The piece in each language it is there in, itself included."""
        return self._by_key[piece.kind, piece.key]

    @cached_property
    def _of_kind(self) -> Mapping[str, list[Piece]]:
        found = defaultdict[str, list[Piece]](list)
        for piece in self.pieces:
            if piece.listed:
                found[piece.kind].append(piece)
        return found

    def listed(self, kind: str, lang: str) -> list[Piece]:
        """What a list of `lang` holds: editorial pieces in `lang` alone, voices and people in all languages.

        Where somebody's words are there in several languages, each list has one of them: its own, else the first.
        """
        if (kind, lang) not in self._lists:
            found = [piece for piece in self._of_kind[kind] if self._among(piece, lang)]
            self._lists[kind, lang] = sorted(found, key=_pinned, reverse=True)
        return self._lists[kind, lang]

    def stream(self, lang: str) -> list[Piece]:
        """Articles, community posts and testimonials of one language together, newest first."""
        if ("", lang) not in self._lists:
            kinds = ("articles", *SAID)
            found = (p for p in self.pieces if p.kind in kinds and p.listed and self._among(p, lang))
            self._lists["", lang] = [*found]
        return self._lists["", lang]

    def live(self, kind: str, lang: str) -> list[Piece]:
        """What is listed of a kind, or of all together where it is '', newest first, without what waits."""
        if (f"live {kind}", lang) not in self._lists:
            found = [piece for piece in (self.listed(kind, lang) if kind else self.stream(lang)) if not piece.state]
            self._lists[f"live {kind}", lang] = sorted(found, key=_when, reverse=True)
        return self._lists[f"live {kind}", lang]

    def _among(self, piece: Piece, lang: str) -> bool:
        if piece.home == lang:
            return True
        if piece.kind not in (*SAID, "ambassadors"):
            return False
        others = self.translations(piece)
        if len(others) == 1:
            return True
        return lang not in others and next(c for c in self.brand.languages if c in others) == piece.home

    @cached_property
    def _topics(self) -> Mapping[str, Topic]:
        words: dict[str, Topic] = {}
        for topic in self.brand.topics:
            for word in (topic.id, *topic.tags, *topic.label.values()):
                words.setdefault(slug(word), topic)
        return words

    @cached_property
    def _places(self) -> Mapping[str, int | None]:
        """Which of the brand's topics each tag counts as, by its place among them."""
        places = {topic.id: place for place, topic in enumerate(self.brand.topics)}
        tags = {tag for piece in self.pieces for tag in piece.tags}
        counted = {tag: self._topics.get(slug(tag)) for tag in tags}
        return {tag: places[topic.id] if topic else None for tag, topic in counted.items()}

    def topics(self, piece: Piece) -> list[Topic]:
        """The brand's topics that a piece's tags count as, in the order of the brand."""
        path = piece.source
        if path not in self._topics_of:
            places = {place for tag in piece.tags if (place := self._places[tag]) is not None}
            self._topics_of[path] = [self.brand.topics[place] for place in sorted(places)]
        return self._topics_of[path]

    def stray(self, piece: Piece) -> tuple[str, ...]:
        """The tags of a piece that count as none of the brand's topics, each once, however it is written."""
        words = {slug(tag) or tag: tag for tag in reversed(piece.head.tags)}
        return tuple(tag for word, tag in reversed(words.items()) if word not in self._topics)

    def about(self, lang: str) -> Mapping[str, list[Piece]]:
        """What the page of each topic lists, by the topic's id."""
        if lang not in self._about:
            found: dict[str, list[Piece]] = defaultdict(list)
            for piece in self.stream(lang):
                for topic in self.topics(piece):
                    found[topic.id].append(piece)
            self._about[lang] = found
        return self._about[lang]

    def newest(self, lang: str, kind: str, most: int) -> Mapping[str, list[Piece]]:
        """The same of one kind, and no more than so many."""
        if (lang, kind, most) not in self._newest:
            found = {id: (p for p in pieces if p.kind == kind) for id, pieces in self.about(lang).items()}
            self._newest[lang, kind, most] = {id: [*islice(pieces, most)] for id, pieces in found.items()}
        return self._newest[lang, kind, most]

    def months(self, lang: str) -> Mapping[date, list[Piece]]:
        """What was said in each month, by the month's first day."""
        if lang not in self._months:
            found: dict[tuple[int, int], list[Piece]] = defaultdict(list)
            for piece in self.stream(lang):
                found[piece.date.year, piece.date.month].append(piece)
            self._months[lang] = {date(year, month, 1): pieces for (year, month), pieces in found.items()}
        return self._months[lang]

    @cached_property
    def quoting(self) -> Mapping[str, list[Piece]]:
        """The articles that set a voice beside their text, by the voice's id."""
        found: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.pieces:
            if piece.quotes and piece.listed:
                for id in piece.quotes:
                    found[id].append(piece)
        return found


def _when(piece: Piece) -> datetime:
    return piece.date


def _pinned(piece: Piece) -> bool:
    return piece.pinned
