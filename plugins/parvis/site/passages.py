"""An article's text in passages, so that voices can stand between its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from . import tags
from .views import Card

EARLY = 0.4


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole paragraphs, and who is heard after it."""

    text: Markup
    cards: tuple[Card, ...] = ()


def beside(html: Markup, cards: Sequence[Card]) -> list[Passage]:
    """The text in passages, each card after a paragraph of its own where there are enough of them."""
    safe = escape(html)
    if not cards:
        return [Passage(safe)]
    ends = paragraph_ends(str(safe)) or [len(safe)]
    passages: list[Passage] = []
    start = 0
    for number, card in enumerate(cards):
        end = ends[int((number + EARLY) * len(ends) / len(cards))]
        if end == start and passages:
            passages[-1] = replace(passages[-1], cards=(*passages[-1].cards, card))
            continue
        passages.append(Passage(Markup(str(safe)[start:end]), (card,)))
        start = end
    return [*passages, Passage(Markup(str(safe)[start:]))]


def paragraph_ends(html: str) -> list[int]:
    """Where the paragraphs end that stand in no other element."""
    ends: list[int] = []
    depth = offset = 0
    for piece in tags.pieces(html):
        offset += len(piece.source)
        depth += piece.step
        if depth == 0 and piece.step == -1 and piece.name == "p":
            ends.append(offset)
    return ends
