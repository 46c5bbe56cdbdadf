"""The articles of one language in their order: what stands beside each, and which others are on the same things."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from heapq import nsmallest

from ..kept.store import Store
from . import show
from .pieces import Piece

NEAR = 3


class Shelf:
    """Whose articles are related is found out once: it stays as long as all tags do, and their order."""

    def __init__(self, lang: str, articles: Sequence[Piece], store: Store) -> None:
        self._name, self._articles, self._store = f"related {lang}", articles, store
        self._places = {article.source: place for place, article in enumerate(articles)}

    def beside(self, piece: Piece, step: int) -> Piece | None:
        """The next older article (`step` 1) or the next newer one (-1)."""
        place = self._places.get(piece.source, -2) + step
        return self._articles[place] if 0 <= place < len(self._articles) else None

    def related(self, piece: Piece) -> list[Piece]:
        """Other articles with most tags in common, the newest first among equals."""
        own = self._places.get(piece.source)
        best = self._near(piece, own) if own is None else self._related[own]
        return [self._articles[place] for place in best]

    @cached_property
    def _related(self) -> Sequence[Sequence[int]]:
        """For each article the places of others."""
        tags = show.stamp("\n".join(sorted(_tags(article))) for article in self._articles)
        kept = self._store.get("memory", self._name)
        if kept and kept[0] == tags:
            return list(kept[1])
        found = [self._near(article, place) for place, article in enumerate(self._articles)]
        self._store.put("memory", self._name, [tags, found])
        return found

    @cached_property
    def _by_tag(self) -> Mapping[str, Sequence[int]]:
        found = defaultdict[str, list[int]](list)
        for place, article in enumerate(self._articles):
            for tag in _tags(article):
                found[tag].append(place)
        return found

    def _near(self, piece: Piece, own: int | None) -> list[int]:
        shared = Counter(place for tag in _tags(piece) for place in self._by_tag.get(tag, ()) if place != own)
        best = nsmallest(NEAR, shared.items(), key=lambda found: (-found[1], found[0]))
        return [place for place, _ in best]


def _tags(piece: Piece) -> set[str]:
    return {tag.casefold() for tag in piece.tags}
