"""Fits texts to what a network takes: with hashtags while there is room, and shortened where there is none.

A text has parts with an empty line between: its words, hashtags, the link. Each part is measured once for all texts
that hold it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from .networks import NETWORKS, measured
from .phrases import Idea, Phrase
from .wordings import Telling, labelled

FEWEST_WORDS = 3
"""What a shortened text must keep of its words; with less, another one says more."""
NO_SPACES = "\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese and Japanese, which may be cut between any two letters."""
BREAK = re.compile(rf"\s+|(?<=[{NO_SPACES}])(?=[{NO_SPACES}])|(?<=[、。，！？])")
HASHTAG = re.compile(r"#\w+")
LOOSE_END = " ,;:.–—-«“„('‘\u00a0\u202f\n"


class Fitted(NamedTuple):
    """A text that a network takes, the link last of its parts; its length there; whether words are missing."""

    parts: tuple[str, ...]
    length: int
    shortened: bool = False


def composed(network: str, told: Telling, link: str, hashtags: tuple[str, ...]) -> Iterator[Fitted]:
    """Texts that the network takes, as many as are wanted."""
    fitting = (_best(network, told.label, idea, link, hashtags) for idea in told.of(network))
    yield from islice(filter(None, fitting), told.wanted(network))


def _best(network: str, label: str, idea: Idea, link: str, hashtags: tuple[str, ...]) -> Fitted | None:
    """The fullest way to tell it that the network takes."""
    for phrase in idea:
        if found := fitted(network, label, phrase, link, hashtags):
            return found
    return None


def fitted(network: str, label: str, phrase: Phrase, link: str, hashtags: tuple[str, ...]) -> Fitted | None:
    """No word is cut; an ellipsis tells that some are missing. None where too little would be left."""
    words, own = _ready(label, phrase, hashtags)
    for count in range(min(len(own), NETWORKS[network].hashtags), -1, -1):
        parts = _parts(words, " ".join(own[:count]), link)
        length = measured(network, parts)
        if length is not None:
            return Fitted(parts, length)
    return _shortened(network, label, phrase, link)


def _shortened(network: str, label: str, phrase: Phrase, link: str) -> Fitted | None:
    """As many words as the network takes."""
    ends = _breaks(phrase.body)

    def cut(last: int) -> tuple[str, ...]:
        body = phrase.body[: ends[last]].rstrip(LOOSE_END)
        return _parts(labelled(label, f"{phrase.before}{body}…{phrase.after}"), link)

    def over(last: int) -> bool:
        return measured(network, cut(last)) is None

    around = measured(network, _parts(labelled(label, f"{phrase.before}…{phrase.after}"), link))
    if around is None:
        return None
    likely = bisect_right(ends, NETWORKS[network].limit - around)  # where each letter counts for one
    if not (0 < likely < len(ends) and over(likely) and not over(likely - 1)):
        likely = bisect_left(range(len(ends)), True, key=over)
    if likely < FEWEST_WORDS:
        return None
    parts = cut(likely - 1)
    return Fitted(parts, measured(network, parts) or 0, shortened=True)


def _parts(*parts: str) -> tuple[str, ...]:
    return tuple(filter(None, parts))


@lru_cache(maxsize=64)
def _breaks(body: str) -> Sequence[int]:
    """Where words end that others follow."""
    return [found.start() for found in BREAK.finditer(body)]


@lru_cache(maxsize=64)
def _ready(label: str, phrase: Phrase, hashtags: tuple[str, ...]) -> tuple[str, Sequence[str]]:
    """The words whole, and those hashtags that they do not hold already: one pair for all networks."""
    words = str(phrase)
    there = {word.casefold() for word in HASHTAG.findall(words)}
    return labelled(label, words), [tag for tag in hashtags if tag.casefold() not in there]
