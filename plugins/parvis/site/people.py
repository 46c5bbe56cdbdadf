"""Those who carry the news further, as far as each agreed to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..across import at
from ..consent import Use, allows
from ..errors import Fault
from ..kinds import Ambassador, Page
from ..library import Library
from . import addresses
from .addresses import Addresses
from .pieces import Piece
from .tongue import Tongue


def everybody(tongue: Tongue, use: Use = "profile") -> list[Piece]:
    """The ambassadors of a language who agreed to this use, by name."""
    found = (piece for piece in tongue.stock.listed("ambassadors", tongue.lang) if may(piece, use))
    return sorted(found, key=lambda piece: person(piece).name.casefold())


def may(piece: Piece, use: Use) -> bool:
    """Whether consent allows it; a preview shows drafts, which nobody has agreed to yet."""
    return bool(piece.state) or allows(person(piece).consent, use)


def fed(piece: Piece) -> bool:
    """Whether there is a feed to share from. Before any agreement there is one to try, under the handle alone."""
    consent = person(piece).consent
    return consent is None or allows(consent, "feed")


def called(piece: Piece) -> str:
    """What their feed calls them: their name is theirs to give."""
    return person(piece).name if may(piece, "feed") else person(piece).handle


def home(tongue: Tongue, piece: Piece) -> str:
    """The page that their feed belongs to: their own, else the list of all."""
    return piece.path if may(piece, "profile") else tongue.addresses.section(tongue.lang, "ambassadors")


def person(piece: Piece) -> Ambassador:
    assert isinstance(piece.head, Ambassador)
    return piece.head


def since(piece: Piece) -> date | None:
    """The day they agreed on; of their profile where that is not written down."""
    head = person(piece)
    return (head.consent.on if head.consent else None) or (head.date.date() if head.date else None)


def taken(books: Library, places: Addresses) -> Iterator[Fault]:
    """Handles and pages whose address is that of a page which the site has anyway."""
    for path in sorted(books.live | books.waiting):
        document = books.documents[path]
        if not isinstance(document.head, Ambassador | Page):
            continue
        field = {Ambassador: "handle", Page: "slug"}.get(type(document.head))
        own = {Ambassador: addresses.BESIDE, Page: addresses.SECTIONS}.get(type(document.head), ())
        lang = document.head.lang if document.head.lang in places.languages else places.languages[0]
        word = document.head.handle if isinstance(document.head, Ambassador) else document.slug
        if field and word in _segments(places, lang, own):
            yield at(document, field, f"'{word}' is the address of a page that the site has already", "take another")


def _segments(places: Addresses, lang: str, names: tuple[str, ...]) -> Mapping[str, str]:
    return {places.segment(lang, name): name for name in names}
