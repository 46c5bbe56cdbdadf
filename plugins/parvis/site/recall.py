"""What the build before knew of each piece: after an edit of some words, the other texts are not read.

It is told to the writer of the next site (fastbuild's; docs/fastbuild.md), which gives it back only where the site is
as that build left it, and nothing but some texts is another since. Whether these stand in lists as before is for us to
say, and where there is any doubt, all is read as ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from .. import library
from ..errors import Refused
from ..kept import documents as kept
from ..kept.store import Store
from ..kinds import Article, Said
from ..library import Library
from ..matter import Document
from ..settings import Settings
from ..share import NOTHING
from . import code
from .drawn import Drawn
from .stock import Stock

PIECES, SINCE, CODE = "pieces", "since", "code"
COLUMNS = ("source", "path", "lang", "home", "listed", "id", "key", "tags", "quotes", "pinned", "place", "stamp")
"""What is known of a piece by the names that it has there."""
EDITABLE = {"articles", "pages", "community", "testimonials"}
Row = list[Any]
"""Stamp, digest of the file, and weight in feeds."""


@dataclass(frozen=True)
class Recalled:
    """The site as it was; `documents` are those of texts that changed."""

    columns: Mapping[str, list[Any]]
    documents: Mapping[str, Document]
    since: dict[str, Row]
    """What is another than in the columns, of texts that were edited since these were written."""
    copied: frozenset[str]
    withheld: Sequence[str]
    gone: Mapping[str, datetime]
    advice: Sequence[str]
    cards: Mapping[str, Sequence[str]]
    """Names of the card images of each piece that has some."""
    stays: Sequence[str]
    """Files that no edit of words changes, and that nobody else keeps."""
    css: str
    """The name of the style sheet."""

    def places(self) -> Iterator[tuple[str, str, str]]:
        """Source, address and digest of each piece."""
        known = self.columns
        for source, path, digest in zip(known["source"], known["path"], known["digest"], strict=True):
            yield source, path, self.since[source][1] if source in self.since else digest

    def digest(self, place: int) -> str:
        """Of the file of one piece."""
        source = self.columns["source"][place]
        return str(self.since[source][1] if source in self.since else self.columns["digest"][place])

    def rows(self) -> Iterator[dict[str, Any]]:
        """What pieces know of themselves, in the order of the stock; `date` in seconds since 1970."""
        known = self.columns
        values = zip(*(known[name] for name in COLUMNS), strict=True)
        for told, moment, shared in zip(values, known["moment"], known["shared"], strict=True):
            row = dict(zip(COLUMNS, told, strict=True))
            row["date"] = moment
            if row["source"] in self.since:
                row["stamp"] = self.since[row["source"]][0]
            if not shared:
                row["share"] = NOTHING
            yield row

    def draws(self, stock: Stock, drawn: Drawn) -> bool:
        """Whether the card images of pieces that changed are those that they had."""
        changed = (piece for piece in stock.pieces if piece.source in self.documents)
        return all(drawn.keys(piece) == self.cards.get(piece.source, []) for piece in changed)

    def topics(self) -> Iterator[tuple[str, list[int]]]:
        """The brand's topics of each piece, by their places."""
        return zip(self.columns["source"], self.columns["topics"], strict=True)

    def weighed(self) -> dict[str, int]:
        """What the pieces that changed took in feeds before, by their source."""
        pairs = zip(self.columns["source"], self.columns["weight"], strict=True)
        found = {source: weight for source, weight in pairs if source in self.documents}
        return found | {source: self.since[source][2] for source in found.keys() & self.since.keys()}

    def weights(self) -> dict[str, int]:
        """What each piece takes in feeds, by its stamp."""
        known = self.columns
        found = dict(zip(known["stamp"], known["weight"], strict=True))
        found.update((stamp, weight) for stamp, _, weight in self.since.values())
        return {stamp: weight for stamp, weight in found.items() if weight}


def of(ours: Mapping[str, Any], known: Settings, store: Store) -> Recalled | None:
    """The site as it was, where the build may go on from there."""
    following = ours["PARVIS_FOLLOWING"]
    if not following or not following.changed:
        return None
    said, since = following.recall(PIECES), following.recall(SINCE)
    if not said or not since:
        return None
    told = json.loads(said)
    gone = {id: datetime.fromisoformat(at) for id, at in told["gone"].items()}
    found = Recalled(
        told["columns"], {}, json.loads(since), frozenset(told["copied"]), told["withheld"], gone, told["advice"],
        told["cards"], told["stays"], told["css"],
    )  # fmt: skip
    documents = _changed(following.changed, found, known, store)
    return replace(found, documents=documents) if documents else None


def _changed(files: frozenset[str], found: Recalled, known: Settings, store: Store) -> dict[str, Document] | None:
    """The texts that changed, where each is one that stands in every list as before."""
    folder, documents = known.folder, dict[str, Document]()
    wanted = {Path(file).relative_to(folder).as_posix() for file in files if Path(file).is_relative_to(folder)}
    digests = {source: found.digest(place) for place, source in enumerate(found.columns["source"]) if source in wanted}
    if len(digests) != len(files):
        return None
    for source, digest in digests.items():
        said = store.get("files", source)
        if not said or said["digest"] != digest or source.split("/", 2)[1] not in EDITABLE:
            return None
        try:
            document = kept.fresh(source, folder / source, store)
        except (Refused, OSError):
            return None
        if not _stands(kept.Kept(source, said, ""), document) or library.approval(known, document):
            return None
        documents[source] = document
    return documents


def _stands(before: Document, after: Document) -> bool:
    """Whether nothing but the words of it is another: body, title, summary, and who said yes to them."""
    head = before.head
    if head.share != NOTHING:
        return False
    if isinstance(head, Article) and not head.moved_from:
        return after.head == replace(head, title=after.head.title, summary=getattr(after.head, "summary", ""))
    if isinstance(head, Said):
        return after.head == replace(head, title=after.head.title, approved=getattr(after.head, "approved", None))
    return after.head == head


def remember(settings: Mapping[str, Any], context: Mapping[str, Any]) -> None:
    """Tells the next build of this one, where it can go on from here."""
    following, recalled = settings["PARVIS_FOLLOWING"], settings["PARVIS_RECALLED"]
    if not following:
        return
    stock, weigh = context["parvis_stock"], context["parvis_scales"].known
    if recalled:
        changed = (piece for piece in stock.pieces if piece.source in recalled.documents)
        rows = {p.source: [p.stamp, p.document.digest, weigh(p)] for p in changed}
        following.remember(SINCE, _json(recalled.since | rows))
        return
    texts = settings["PARVIS_TEXTS"]
    if any(note.attaches for note in texts.notes.values()):
        return
    books: Library = settings["PARVIS_LIBRARY"]
    told = {
        "columns": _columns(stock) | {"weight": [weigh(piece) for piece in stock.pieces]},
        "copied": sorted(settings["PARVIS_COPIED"]),
        "withheld": [path for path, out in texts.going.items() if not out],
        "gone": {id: at.isoformat() for id, at in books.gone.items()},
        "advice": context["parvis_advice"],
        "cards": {piece.source: keys for piece in stock.pieces if (keys := context["parvis_drawn"].keys(piece))},
        "stays": context["parvis_stays"],
        "css": context["parvis_css"],
    }
    following.remember(PIECES, _json(told))
    following.remember(SINCE, _json({}))
    following.remember(CODE, code.stamp().encode())


def _columns(stock: Stock) -> dict[str, list[Any]]:
    pieces = stock.pieces
    places = {topic.id: place for place, topic in enumerate(stock.brand.topics)}
    found: dict[str, list[Any]] = {name: [getattr(piece, name) for piece in pieces] for name in COLUMNS}
    return found | {
        "digest": [piece.document.digest for piece in pieces],
        "moment": [piece.date.timestamp() for piece in pieces],
        "shared": [piece.share != NOTHING for piece in pieces],
        "topics": [[places[topic.id] for topic in stock.topics(piece)] for piece in pieces],
    }


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("utf-8", "surrogatepass")
