"""Texts to share that nobody wrote: made from what an item says, each from another side, in its own typography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from ..kinds import Said, Testimonial
from ..model import Entry
from . import catalogues
from .pieces import Piece
from .typography import FIXED, fine_text

SENTENCE = re.compile(r".{20,240}?[.!?…。！？](?=[\s»”\"]|$)|.{2,120}?[。！？]")
WORD = re.compile(r"\w+")
DOUBLED = re.compile(r"(?<=\w)\.\.(?!\.)")
"""The stop of an initial before that of a sentence: `Camille R..`."""
ALIKE = 0.7
"""Of all words of two texts, the part that both have, from which on a reader takes one for the other."""
MARKS = {"fr": (f"«{FIXED}", f"{FIXED}»"), "de": ("„", "“")}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of which only `body` may be shortened: a quotation stays closed and signed."""

    before: str
    body: str
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.body}{self.after}"


Idea = tuple[Phrase, ...]
"""One side to tell an item from: the fullest way first, then those for where that does not fit."""


def made(piece: Piece, entry: Entry, lang: str, brand: str) -> Iterator[Idea]:
    """Ideas in `lang`, the best first; what must not be quoted (`use: link`) is not. The last one quotes nothing."""
    teller = Teller(piece, entry, lang, brand)
    if piece.home == lang:
        yield from teller.voice() if isinstance(piece.head, Said) else teller.article()
    yield from teller.anything()


def alike(one: str, other: str) -> bool:
    """Whether a reader would take two texts for the same."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return one.strip() == other.strip() or not (first or second)
    return len(first & second) / len(first | second) >= ALIKE


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.casefold()))


class Teller:
    """Tells of one item in one language."""

    def __init__(self, piece: Piece, entry: Entry, lang: str, brand: str) -> None:
        self._piece, self._entry, self._lang, self._brand = piece, entry, lang, brand
        self._say = catalogues.read(lang).gettext
        self._author = entry.author.name or brand

    def article(self) -> Iterator[Idea]:
        title, summary = self._fine(self._entry.title), self._fine(self._entry.summary)
        alone = Phrase("", title)
        told = summary and not summary.startswith(title.rstrip("… "))
        yield (Phrase(f"{title}\n\n", summary), alone) if told else (alone,)
        first = self._fine(_sentence(self._piece.opening))
        if first and not alike(first, summary) and not summary.startswith(first.rstrip(".!?…")):
            yield (Phrase("", first, "\n\n" + self._own("To read at %(brand)s.")), Phrase("", first))
        yield (self._reading(title),)
        if self._author != self._brand:
            yield (self._by(title),)

    def voice(self) -> Iterator[Idea]:
        head, entry = self._piece.head, self._entry
        assert isinstance(head, Said)
        if head.use == "link":
            yield (Phrase("", entry.title, f"\n— {self._author}"), Phrase("", entry.title))
            return
        rating = head.rating if isinstance(head, Testimonial) else None
        opening, closing = self._marks()
        signed = f"{closing}\n— {self._author}" + (f", {rating}/5" if rating else "")
        said = entry.summary or entry.title
        yield (Phrase(opening, said, signed), Phrase(opening, said, closing))
        if isinstance(head, Testimonial) and rating:
            rated = self._rated(head.product, rating)
            yield (Phrase("", rated, "\n" + self._own("To read at %(brand)s.")), Phrase("", rated))

    def anything(self) -> Iterator[Idea]:
        """What can be said of any item, in whatever language its own words are."""
        foreign = self._piece.home != self._lang or self._piece.lang != self._lang
        title = self._fine(self._entry.title)
        if foreign:
            opening, closing = self._marks()
            spoken = self._say("in %(language)s") % {"language": _language(self._piece.lang, self._lang)}
            yield (Phrase(opening, self._entry.title, f"{closing} ({spoken})"),)
        if self._entry.source:
            yield (Phrase("", self._own("%(author)s on %(source)s; to read at %(brand)s.")),)
        if self._author != self._brand:
            yield (Phrase("", self._own("Words of %(author)s, to read at %(brand)s.")),)
        if not foreign:
            yield (self._reading(title),)
        yield (Phrase("", self._own("To read at %(brand)s, and to pass on.")),)

    def _reading(self, title: str) -> Phrase:
        opening, closing = self._marks()
        return Phrase(self._own("To read at %(brand)s:") + f" {opening}", title, closing)

    def _by(self, title: str) -> Phrase:
        return Phrase("", title, "\n" + self._own("Told by %(author)s, at %(brand)s."))

    def _rated(self, product: str, rating: int) -> str:
        if product:
            return self._own("%(product)s: %(rating)s out of 5, says %(author)s.", rating=rating, product=product)
        return self._own("%(rating)s out of 5, says %(author)s.", rating=rating)

    def _own(self, message: str, **values: object) -> str:
        """A sentence of the interface; names in it are values, and no message."""
        known = {"author": self._author, "brand": self._brand, "source": self._entry.source}
        return DOUBLED.sub(".", self._say(message) % (known | values))

    def _fine(self, text: str) -> str:
        return fine_text(text, self._piece.lang)

    def _marks(self) -> tuple[str, str]:
        return MARKS.get(self._lang, ("“", "”"))


def _sentence(text: str) -> str:
    """The first sentence of a text, '' where it begins with none of a fair length."""
    found = SENTENCE.match(text)
    return found[0].strip() if found else ""


def _language(code: str, lang: str) -> str:
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name(lang) or code
    except (UnknownLocaleError, ValueError):
        return code
