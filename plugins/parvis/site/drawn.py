"""Card images of items: which items have one, its words, and its address, which pages know before it is drawn.

The newest items and those with `share:` have them, a wide one (1200 × 630) and a square one (1080 × 1080).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from typing import Any, NamedTuple
from unicodedata import east_asian_width
from urllib.parse import urlsplit

from ..drawing.posters import SQUARE, WIDE, Poster
from ..drawing.store import Store, key
from ..kept.store import Store as Kept
from ..kinds import Article, Head, Said, Testimonial
from ..model import Picture
from ..settings import Settings
from ..share import NOTHING
from ..slugs import slug
from . import catalogues, typography
from .addresses import Addresses
from .cards import KINDS, initials
from .pieces import Piece
from .stock import Stock
from .views import ROOT, Image

FOLDER = "cards"
MOST = 210
"""Letters of a quotation; wide ones, as of Chinese, count twice."""
FEWEST = 70
SENTENCE = re.compile(r"[.!?…][)»”’\"]*(?=\s)|[。！？][」』）]*")
QUOTED = re.compile(r"[«“\"„「]\s*([^«»“”\"„「」]*?)\s*[»”\"“」]")


@dataclass(frozen=True)
class Drawing:
    """One card: its path from the root of the site, its name in the store, and what gives its bytes."""

    path: str
    key: str
    size: tuple[int, int]
    alt: str
    make: Callable[[], bytes] = field(compare=False, repr=False)

    @cached_property
    def png(self) -> bytes:
        return self.make()

    @property
    def image(self) -> Image:
        return Image(ROOT + self.path, self.alt, *self.size)


class Stores(NamedTuple):
    """Where cards are kept, and what was found out of them while `common` stood for the rest of the site."""

    cards: Store
    kept: Kept
    common: str


class Drawn:
    """The cards of a site."""

    def __init__(self, stock: Stock, settings: Settings, addresses: Addresses, stores: Stores) -> None:
        self._settings, self._addresses, self._store = settings, addresses, stores.cards
        kept = stores.kept.get("memory", "drawn") or ["", {}]
        self._known: Mapping[str, Any] = kept[1] if kept[0] == stores.common else {}
        said = {piece.document.path: self._said(piece) for piece in chosen(stock.pieces, settings.operator.share.cards)}
        if said != self._known or kept[0] != stores.common:
            stores.kept.put("memory", "drawn", [stores.common, said])
        pieces = {piece.document.path: piece for piece in stock.pieces if said.get(piece.document.path)}
        self._drawings: Mapping[str, tuple[Drawing, ...]] = {
            path: tuple(self._drawing(piece, *each) for each in said[path][1:]) for path, piece in pieces.items()
        }

    def _said(self, piece: Piece) -> list[Any]:
        """The piece's stamp, then key, what it shows, and size of each card: found out once for the same words."""
        known = self._known.get(piece.document.path)
        if known and known[0] == piece.stamp:
            return list(known)
        from ..drawing import designs  # loads typefaces

        poster = of(piece, self._settings, self._addresses)
        alt = f"{piece.head.title} – {poster.author or poster.brand}"
        sizes = (WIDE, SQUARE) if designs.legible(poster) else ()
        return [piece.stamp, *([key(poster, size), alt, [*size]] for size in sizes)]

    def _drawing(self, piece: Piece, name: str, alt: str, size: Sequence[int]) -> Drawing:
        width, height = size
        make = partial(self._store.png, name, partial(self._draw, piece, (width, height)))
        return Drawing(f"{FOLDER}/{slug(piece.head.id)}-{name}.png", name, (width, height), alt, make)

    def _draw(self, piece: Piece, size: tuple[int, int]) -> bytes:
        from ..drawing import designs

        return designs.draw(of(piece, self._settings, self._addresses), size)

    def of(self, piece: Piece) -> tuple[Picture, Picture] | None:
        """The wide and the square card of an item, with absolute addresses; None where it has none."""
        found = [
            Picture(self._addresses.absolute(each.path), each.alt, *each.size, len(each.png), "image/png")
            for each in self._drawings.get(piece.document.path, ())
        ]
        return (found[0], found[1]) if found else None

    def images(self, piece: Piece) -> tuple[Image, ...]:
        """The same for pages of the site."""
        return tuple(drawing.image for drawing in self._drawings.get(piece.document.path, ()))

    def keys(self, piece: Piece) -> list[str]:
        """Stands for what `images` and `of` say."""
        return [drawing.key for drawing in self._drawings.get(piece.document.path, ())]

    def shown(self, piece: Piece, own: Image | None) -> Image | None:
        """What networks show with a page: its own picture where that is large and wide, else its card."""
        fit = own and own.width >= WIDE[0] and 1.5 <= own.width / max(own.height, 1) <= 2.1
        return own if fit else next(iter(self.images(piece)), own)

    def all(self) -> Iterator[Drawing]:
        """All of them; when the last one is done with, the store forgets the oldest of those that no site has."""
        for pair in self._drawings.values():
            yield from pair
        self._store.sweep()


def chosen(pieces: Iterable[Piece], newest: int) -> list[Piece]:
    """The newest items that are live and listed, and any that somebody made ready to be shared."""
    live = [piece for piece in pieces if piece.kind in KINDS and piece.listed and not piece.state]
    first = {piece.source for piece in islice(live, newest)}
    return [piece for piece in live if piece.source in first or piece.share != NOTHING]


def of(piece: Piece, settings: Settings, addresses: Addresses) -> Poster:
    """The words of an item's card."""
    head, brand = piece.head, settings.brand
    place = (urlsplit(addresses.site).hostname or "").removeprefix("www.")
    common = partial(
        Poster, kind=KINDS[piece.kind], brand=brand.name, colour=brand.colours.brand, place=place, lang=piece.lang
    )
    if isinstance(head, Testimonial):
        line = " · ".join(filter(None, (head.role, head.product)))
        words = beginning(unquoted(piece.words)) or head.title
        return common(text=words, author=head.author.name, line=line, stars=head.rating or 0)
    if isinstance(head, Said):
        label = settings.source_label(head.source, piece.home)
        name = head.author.name
        return common(text=_said(piece, head), author=name, label=label, initials=initials(name))
    author = head.author if isinstance(head, Article) else ""
    return common(text=typography.fine_text(head.title, piece.lang), author=author, label=_label(piece, head))


def _said(piece: Piece, head: Said) -> str:
    """The title of a post; where its title is only its first words, more of them."""
    titled = not piece.words.startswith(head.title.rstrip("… "))
    return head.title if titled else beginning(piece.words)


def _label(piece: Piece, head: Head) -> str:
    shelf = head.category if isinstance(head, Article) else ""
    return shelf or catalogues.read(piece.home).gettext("Article")


def unquoted(text: str) -> str:
    """Words without the quotation marks around all of them: the card has its own."""
    found = QUOTED.fullmatch(text.strip())
    return found[1] if found else text.strip()


def beginning(text: str, most: int = MOST) -> str:
    """A text up to the end of a sentence, else of a word with an ellipsis, where it is long."""
    reach = end = 0
    for end, letter in enumerate(text):  # noqa: B007  # the place where it is full is what is wanted
        reach += 2 if east_asian_width(letter) in "WF" else 1
        if reach > most:
            break
    else:
        return text
    whole = [found.end() for found in SENTENCE.finditer(text, 0, end + 1) if found.end() >= FEWEST * end // most]
    if whole:
        return text[: whole[-1]]
    kept = text[:end].rpartition(" ")[0] if " " in text[: end + 1] else text[:end]
    return kept.rstrip(" ,;:–-") + "…"
