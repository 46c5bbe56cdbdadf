"""Which way each letter runs: the levels of the Unicode Bidirectional Algorithm (UAX #9), for one line of plain text.

Marks that embed, override and isolate are gone before (`letters.tidy`), so that the rules W1 to W7, N0 to N2, I1 and I2
are all there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from unicodedata import bidirectional

STRONG = {"L": 0, "R": 1, "AL": 1}
BRACKETS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "（": "）",
    "［": "］",
    "「": "」",
    "『": "』",
    "【": "】",
    "《": "》",
    "〈": "〉",
}
NEUTRAL = {"B", "S", "WS", "ON", "ES", "ET", "CS"}


def base(text: str) -> int:
    """0 for a text from left to right, 1 for one from right to left: as its first letter is (P2, P3)."""
    return next((STRONG[kind] for kind in map(bidirectional, text) if kind in STRONG), 0)


def levels(text: str, base: int) -> list[int]:
    """The level of each character: even ones run from left to right."""
    start = "R" if base else "L"
    kinds = [bidirectional(letter) or "L" for letter in text]
    _marks(kinds, start)
    _numbers(kinds, start)
    _brackets(text, kinds, start)
    _neutrals(kinds, start)
    up = {"L": base, "R": 1, "AN": 2, "EN": 2} if not base else {"L": 2, "R": 1, "AN": 2, "EN": 2}
    return [up[kind] for kind in kinds]


def _marks(kinds: list[str], start: str) -> None:
    """W1: a mark runs as what it stands on."""
    before = start
    for place, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kinds[place] = before
        before = kinds[place]


def _numbers(kinds: list[str], start: str) -> None:
    """W2 to W7: digits take signs and currencies along, and run as the letters before them."""
    strong = start
    for place, kind in enumerate(kinds):
        strong = kind if kind in STRONG else strong
        if kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        around = kinds[place - 1], kinds[place + 1]
        if (kinds[place] in ("ES", "CS") and around == ("EN", "EN")) or (
            kinds[place] == "CS" and around == ("AN",) * 2
        ):
            kinds[place] = around[0]
    for first, last, sign in _spans(kinds, lambda kind: kind == "ET"):
        if sign and "EN" in (*kinds[max(first - 1, 0) : first], *kinds[last : last + 1]):
            kinds[first:last] = ["EN"] * (last - first)
    strong = start
    for place, kind in enumerate(kinds):
        strong = kind if kind in STRONG else strong
        if kind == "EN" and strong == "L":
            kinds[place] = "L"


def _brackets(text: str, kinds: list[str], start: str) -> None:
    """N0: two brackets run as the line where they hold something that does, else as what they hold and follow."""
    for first, last in sorted(_pairs(text, kinds)):
        inside = {_side(kind) for kind in kinds[first + 1 : last]} & {"L", "R"}
        if inside:
            before = next((_side(kind) for kind in reversed(kinds[:first]) if _side(kind) in ("L", "R")), start)
            kinds[first] = kinds[last] = before if start not in inside else start


def _pairs(text: str, kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """BD16: the places of brackets that close each other."""
    open: list[tuple[str, int]] = []
    for place, letter in enumerate(text):
        if letter in BRACKETS and kinds[place] == "ON":
            open.append((BRACKETS[letter], place))
        elif found := [at for at, (closing, _) in enumerate(open) if closing == letter]:
            yield open[found[-1]][1], place
            del open[found[-1] :]


def _neutrals(kinds: list[str], start: str) -> None:
    """N1, N2: what has no way of its own runs as both its neighbours do, else as the line."""
    for first, last, neutral in _spans(kinds, lambda kind: kind in NEUTRAL):
        if neutral:
            before = _side(kinds[first - 1]) if first else start
            after = _side(kinds[last]) if last < len(kinds) else start
            kinds[first:last] = [before if before == after else start] * (last - first)


def _side(kind: str) -> str:
    return "R" if kind in ("EN", "AN") else kind


def _spans(kinds: list[str], of: Callable[[str], bool]) -> Iterator[tuple[int, int, bool]]:
    """First and last place of each stretch of one sort; places may be changed while they are gone through."""
    place = 0
    for sort, stretch in [(sort, len(list(stretch))) for sort, stretch in groupby(kinds, of)]:
        yield place, place + stretch, sort
        place += stretch


def order(levels: Sequence[int]) -> list[int]:
    """The places of runs with these levels, as they stand from left to right (L2)."""
    places = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        first = 0
        while first < len(places):
            last = first
            while last < len(places) and levels[places[last]] >= level:
                last += 1
            places[first:last] = reversed(places[first:last])
            first = last + 1
    return places
