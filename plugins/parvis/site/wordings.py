"""Texts that carry an item further: the brand's own where it gives some, made ones beside them, two at least.

Where a link says who carried it, it says so by an ambassador's code, never by a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import islice, tee
from typing import TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

from ..model import Entry
from ..share import Share
from . import commercial
from .phrases import Idea, Phrase, alike, made
from .pieces import Piece
from .stock import Stock

Thing = TypeVar("Thing")
FEWEST = 2
"""Texts for each network, so that those who pass an item on do not all post the same."""


class Again(Iterable[Thing]):
    """What an iterator gives, as often as it is asked for: mostly for the first two, so the rest is not made."""

    def __init__(self, source: Iterable[Thing]) -> None:
        (self._all,) = tee(source, 1)

    def __iter__(self) -> Iterator[Thing]:
        return copy(self._all)


@dataclass(frozen=True, slots=True)
class Telling:
    """All that is said of one item in one language. `label` tells a commercial tie, and stands first in each text."""

    given: dict[str, tuple[str, ...]]
    label: str
    ideas: Again[Idea]
    _for: dict[tuple[str, ...], Again[Idea]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, network: str) -> Iterable[Idea]:
        """What may be posted there, the best first: what the brand gave for it and for all, then what was made."""
        given = self._given(network)
        if given not in self._for:
            self._for[given] = Again(_unlike([(Phrase("", text),) for text in given], self.ideas))
        return self._for[given]

    def wanted(self, network: str) -> int:
        """How many texts it should be: two, or as many as the brand gave."""
        return max(FEWEST, len(self._given(network)))

    def _given(self, network: str) -> tuple[str, ...]:
        if not self.given:
            return ()
        return tuple(dict.fromkeys((*self.given.get(network, ()), *self.given.get("any", ()))))


def telling(piece: Piece, entry: Entry, lang: str, brand: str, tie: str = "") -> Telling:
    """What there is to say of an item. `tie` is the commercial tie of who will say it: an ambassador's own."""
    labels = commercial.in_text(piece.head.commercial, lang, brand), commercial.of_teller(tie, lang, brand)
    given = piece.head.share.given(lang, own=piece.home == lang)
    return Telling(
        {network: tuple(ready.text for ready in texts) for network, texts in given.items()},
        " – ".join(dict.fromkeys(filter(None, labels))),
        Again(made(piece, entry, lang, brand)),
    )


def texts(piece: Piece, entry: Entry, network: str, lang: str, brand: str, *, tie: str = "") -> tuple[str, ...]:
    """At least two wordings, commercial label first, without link and hashtags, however long. `network` may be any."""
    told = telling(piece, entry, lang, brand, tie)
    chosen = islice(told.of(network), told.wanted(network))
    return tuple(labelled(told.label, str(idea[0])) for idea in chosen)


def labelled(label: str, words: str) -> str:
    return f"{label} – {words}" if label else words


def shareable(share: Share, now: datetime) -> bool:
    """Whether the time to be shared has come and is not over."""
    return (share.embargo is None or share.embargo <= now) and (share.until is None or now <= share.until)


def languages(piece: Piece, stock: Stock) -> tuple[str, ...]:
    """The languages that a piece has a share page in: its home's, and those the brand gave words in.

    Where it is translated, the translation has the page of its language.
    """
    share, there = piece.share, stock.translations(piece)
    if not share.wordings:
        return (piece.home,)
    return tuple(
        lang
        for lang in stock.brand.languages
        if lang == piece.home or (lang not in there and share.given(lang, own=False))
    )


def tagged(url: str, *, network: str = "", code: str = "", item: str = "", tags: str = "utm") -> str:
    """The address with what tells by which way a visitor came: network, item, and the ambassador's code.

    What the address has of query and fragment stays, but for marks of the same names. `tags` is utm, or mtm for
    Matomo's own (matomo.org/faq: tracking campaigns).
    """
    before, after = _marks(url, code, item, tags)
    return f"{before}{network or 'feed'}{after}"


@lru_cache(maxsize=64)
def _marks(url: str, code: str, item: str, tags: str) -> tuple[str, str]:
    """What stands before and after the network's name."""
    values = {"medium": "ambassador" if code else "share", "campaign": item, "content": code}
    marks = {f"{tags}_{name}": value for name, value in values.items() if value}
    parts, source = urlsplit(url), f"{tags}_source"
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in {source, *marks}]
    before = urlunsplit(parts._replace(query="&".join((*kept, f"{source}=")), fragment=""))
    return before, f"&{urlencode(marks)}" + (f"#{parts.fragment}" if parts.fragment else "")


def _unlike(given: Sequence[Idea], ideas: Iterable[Idea]) -> Iterator[Idea]:
    """All that the brand gave, then those made texts that no reader takes for one before."""
    told = [str(idea[0]) for idea in given]
    yield from given
    for idea in ideas:
        text = str(idea[0])
        if not any(alike(text, other) for other in told):
            told.append(text)
            yield idea
