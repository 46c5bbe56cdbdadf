"""How a feed is cut into documents (RFC 5005): archives that stay as they are, and one to subscribe to.

Archives are counted from the oldest entry of each year on. So a new entry changes the newest documents alone, and one
that comes late, or goes, no more than those of its year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

PER_ARCHIVE = 100


class Archive(NamedTuple):
    """`entries[start:end]` of the oldest first; `name` is its year and its number in that year, as `2026-1`."""

    name: str
    start: int
    end: int


def cut(years: Sequence[int], weights: Sequence[int], *, items: int, budget: int) -> tuple[list[Archive], int]:
    """The archives, oldest first, and where the document to subscribe to begins: each entry stands in one of them.

    `years` and `weights` (bytes) are those of the entries, the oldest first. The last document holds `items` entries
    or more, and fewer only where they are too heavy; one that is too heavy by itself stands alone.
    """
    parts = [*_parts(years, weights, min(items, PER_ARCHIVE), budget)]
    last = parts.pop() if parts else Archive("", 0, 0)
    start, weight = last.start, sum(weights[last.start :])
    while parts and len(years) - start < items and weight + sum(weights[parts[-1].start : start]) <= budget:
        weight += sum(weights[parts[-1].start : start])
        start = parts.pop().start
    return parts, start


def room_for_gone(budget: int) -> int:
    """Bytes for what tells of entries that went: of the budget alone, so that one that goes moves no other entry."""
    return budget // 16


def newest(weights: Sequence[int], *, items: int, budget: int) -> int:
    """How many entries a feed without archives holds, the newest first: as many as the budget allows, one at least."""
    total = 0
    for count, weight in enumerate(weights[:items]):
        total += weight
        if total > budget and count:
            return count
    return min(len(weights), items)


def _parts(years: Sequence[int], weights: Sequence[int], most: int, budget: int) -> Iterator[Archive]:
    start = weight = number = 0
    for place, year in enumerate(years):
        full = place - start >= most or weight + weights[place] > budget
        if place > start and (full or year != years[start]):
            number += 1
            yield Archive(f"{years[start]}-{number}", start, place)
            number = number if year == years[start] else 0
            start, weight = place, 0
        weight += weights[place]
    if years:
        yield Archive(f"{years[start]}-{number + 1}", start, len(years))
