"""Texts that carry an item further: the brand's own where it gives some, made ones beside them, two at least.

Where a link says who carried it, it says so by an ambassador's code, never by a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import islice
from urllib.parse import urlencode, urlsplit, urlunsplit

from ..kinds import Head
from ..model import Entry
from . import commercial
from .networks import NETWORKS, fits
from .phrases import Idea, Phrase, alike, made
from .pieces import Piece, Stock

FEWEST = 2
"""Texts for each network, so that those who pass an item on do not all post the same."""
FEWEST_WORDS = 3
"""What a shortened text must keep of its words; with less, another one says more."""
NO_SPACES = "\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese and Japanese, which may be cut between any two letters."""
BREAK = re.compile(rf"\s+|(?<=[{NO_SPACES}])(?=[{NO_SPACES}])|(?<=[、。，！？])")
HASHTAG = re.compile(r"#\w+")
LOOSE_END = " ,;:.–—-«“„('‘\u00a0\u202f\n"


@dataclass(frozen=True, slots=True)
class Telling:
    """All that is said of one item in one language. `label` tells a commercial tie, and stands first in each text."""

    given: dict[str, tuple[str, ...]]
    label: str
    ideas: Sequence[Idea]
    _for: dict[str, Sequence[Idea]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, network: str) -> Sequence[Idea]:
        """What may be posted there, the best first: what the brand gave for it and for all, then what was made."""
        given = tuple(dict.fromkeys((*self.given.get(network, ()), *self.given.get("any", ()))))
        key = network if given else ""
        if key not in self._for:
            self._for[key] = tuple(_unlike([(Phrase("", text),) for text in given], self.ideas))
        return self._for[key]

    def wanted(self, network: str) -> int:
        """How many texts it should be: two, or as many as the brand gave."""
        return max(FEWEST, len({*self.given.get(network, ()), *self.given.get("any", ())}))


def telling(piece: Piece, entry: Entry, lang: str, brand: str, tie: str = "") -> Telling:
    """What there is to say of an item. `tie` is the commercial tie of who will say it: an ambassador's own."""
    labels = commercial.in_text(piece.head.commercial, lang, brand), commercial.of_teller(tie, lang, brand)
    given = piece.head.share.given(lang, own=piece.home == lang)
    return Telling(
        {network: tuple(ready.text for ready in texts) for network, texts in given.items()},
        " – ".join(dict.fromkeys(filter(None, labels))),
        tuple(made(piece, entry, lang, brand)),
    )


def texts(piece: Piece, entry: Entry, network: str, lang: str, brand: str, *, tie: str = "") -> tuple[str, ...]:
    """At least two wordings, commercial label first, without link and hashtags, however long. `network` may be any."""
    told = telling(piece, entry, lang, brand, tie)
    chosen = told.of(network)[: told.wanted(network)]
    return tuple(labelled(told.label, str(idea[0])) for idea in chosen)


def labelled(label: str, words: str) -> str:
    return f"{label} – {words}" if label else words


def shareable(head: Head, now: datetime) -> bool:
    """Whether its time to be shared has come and is not over."""
    share = head.share
    return (share.embargo is None or share.embargo <= now) and (share.until is None or now <= share.until)


def languages(piece: Piece, stock: Stock) -> tuple[str, ...]:
    """The languages that a piece has a share page in: its home's, and those the brand gave words in.

    Where it is translated, the translation has the page of its language.
    """
    share, there = piece.head.share, stock.translations(piece)
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


def composed(network: str, told: Telling, link: str, hashtags: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Whole texts that the network takes, as many as are wanted, and whether each had to be shortened."""
    fitting = (_best(network, told.label, idea, link, hashtags) for idea in told.of(network))
    yield from islice(filter(None, fitting), told.wanted(network))


def _best(network: str, label: str, idea: Idea, link: str, hashtags: Sequence[str]) -> tuple[str, bool] | None:
    """The fullest way to tell it that the network takes."""
    return next(filter(None, (fitted(network, label, phrase, link, hashtags) for phrase in idea)), None)


def fitted(network: str, label: str, phrase: Phrase, link: str, hashtags: Sequence[str]) -> tuple[str, bool] | None:
    """One text with its link, and hashtags while there is room, and whether its words had to be shortened.

    No word is cut; an ellipsis tells that some are missing. None where too little would be left.
    """
    words, own = _ready(label, phrase, tuple(hashtags))
    for count in range(min(len(own), NETWORKS[network].hashtags), -1, -1):
        text = _joined(words, own[:count], link)
        if fits(network, text):
            return text, False
    ends = [found.start() for found in BREAK.finditer(phrase.body)]

    def cut(last: int) -> str:
        body = phrase.body[: ends[last]].rstrip(LOOSE_END)
        return _joined(labelled(label, f"{phrase.before}{body}…{phrase.after}"), (), link)

    most = bisect_left(range(len(ends)), True, key=lambda last: not fits(network, cut(last))) - 1
    return (cut(most), True) if most + 1 >= FEWEST_WORDS else None


def _joined(words: str, hashtags: Sequence[str], link: str) -> str:
    return "\n\n".join(filter(None, (words, " ".join(hashtags), link)))


@lru_cache(maxsize=64)
def _ready(label: str, phrase: Phrase, hashtags: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The words whole, and those hashtags that they do not hold already: one pair for all networks."""
    words = str(phrase)
    there = {word.casefold() for word in HASHTAG.findall(words)}
    return labelled(label, words), [tag for tag in hashtags if tag.casefold() not in there]


def _unlike(given: Sequence[Idea], ideas: Sequence[Idea]) -> Iterator[Idea]:
    """All that the brand gave, then those made texts that no reader takes for one before."""
    told = [str(idea[0]) for idea in given]
    yield from given
    for idea in ideas:
        text = str(idea[0])
        if not any(alike(text, other) for other in told):
            told.append(text)
            yield idea
