"""What an editor should know of the texts to share, and no build should fail for: one line each, as a warning."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping

from .. import across
from ..errors import Fault
from ..kinds import Ambassador
from ..matter import Document
from ..slugs import slug
from . import fitting, wordings
from .entries import brief
from .networks import NETWORKS
from .phrases import Phrase
from .pieces import Piece
from .stock import Stock
from .tongue import Tongue

log = logging.getLogger(__name__)
SHORTEST_NAME = 3


def give(tongues: Mapping[str, Tongue], stock: Stock) -> list[str]:
    """Says all of it, in the order of files and lines, and gives it."""
    found = {*_names(stock.pieces)}
    for piece in stock.pieces:
        if piece.head.share.wordings and not piece.state:
            found |= {*_astray(piece, stock), *_too_long(piece, tongues)}
    told = [str(fault) for fault in sorted(found)]
    repeat(told)
    return told


def repeat(told: Iterable[str]) -> None:
    for each in told:
        log.warning("%s", each)


def _astray(piece: Piece, stock: Stock) -> Iterator[Fault]:
    """Texts in a language that has no share page of this item."""
    document = piece.document
    for lang in filter(None, piece.head.share.wordings):
        other = stock.translations(piece).get(lang, piece)
        if other is not piece:
            yield _at(document, f"share.wordings.{lang}: not used", f"they belong into {other.document.path}")
        elif lang not in stock.brand.languages and lang != piece.lang:
            yield _at(document, f"share.wordings.{lang}: not used, since the site does not speak '{lang}'")


def _too_long(piece: Piece, tongues: Mapping[str, Tongue]) -> Iterator[Fault]:
    """Texts for one network that it cannot take with the link. Those for any network may be too long for some."""
    for lang in wordings.languages(piece, tongues[piece.home].stock):
        tongue = tongues[lang]
        entry = brief(piece, tongue.settings, tongue.addresses, lang)
        told = wordings.telling(piece, entry, lang, tongue.brand.name)
        for network, texts in piece.head.share.given(lang, own=lang == piece.home).items():
            for ready in texts if network in NETWORKS else ():
                tags = tongue.settings.operator.share.tags
                link = wordings.tagged(entry.url, network=network, item=piece.head.id, tags=tags)
                fitted = fitting.fitted(network, told.label, Phrase("", ready.text), link, ())
                if fitted is None or fitted.shortened:
                    what = f"share.wordings: too long for {NETWORKS[network].name} with its link; it is shortened there"
                    yield Fault(piece.document.path, ready.line, what, f"{NETWORKS[network].limit} in all")


def _names(pieces: Iterable[Piece]) -> Iterator[Fault]:
    """Codes that tell who somebody is: they stand in every link that is shared, and in the counter's tables."""
    for piece in pieces:
        head = piece.head
        if isinstance(head, Ambassador):
            parts = {part for name in (head.handle, head.name) for part in slug(name).split("-")}
            code = slug(head.code).strip("0123456789-")
            told = [part for part in sorted(parts) if _told(code, part)]
            if told:
                what = f"the code '{head.code}' holds the name '{told[0]}'"
                yield across.at(piece.document, "code", what, "take a word of what they do, as VELO26")


def _told(code: str, name: str) -> bool:
    """Whether a code holds a name, or is how friends call somebody: its first letters."""
    return min(len(code), len(name)) >= SHORTEST_NAME and (name in code or name.startswith(code))


def _at(document: Document, what: str, hint: str = "") -> Fault:
    return across.at(document, "share", what, hint)
