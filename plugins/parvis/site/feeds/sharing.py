"""The feeds of ambassadors: each entry has its words and a link with their code, ready for a scheduler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import escape

from ...kinds import Ambassador
from ...model import Entry
from .. import wordings
from ..pieces import Piece
from ..tongue import Tongue
from ..views import ROOT
from . import streams
from .channel import Channel
from .holding import ITEMS, Held, Made


@dataclass(frozen=True, slots=True)
class Shared:
    """One feed of one ambassador."""

    channel: Channel
    path: str
    held: Sequence[Held]


def feeds(tongue: Tongue, made: Made) -> Iterator[Shared]:
    """For each ambassador who shares in this language."""
    seen = set()
    for piece in tongue.stock.listed("ambassadors", tongue.lang):
        head = piece.head
        if not isinstance(head, Ambassador) or head.handle in seen or piece.state:
            continue
        seen.add(head.handle)
        if tongue.lang in (head.languages or tongue.brand.languages):
            yield _feed(tongue, piece, head, made)


def _feed(tongue: Tongue, piece: Piece, head: Ambassador, made: Made) -> Shared:
    pieces = [p for p in tongue.stock.stream(tongue.lang) if not p.state and _to_share(tongue, p, head)]
    text = tongue.heads.words.gettext("Ready to share: each entry has its words and its link.")
    id, title = f"ambassador/{head.handle}/{tongue.lang}", f"{tongue.brand.name} – {head.name}"
    channel = streams.channel(tongue, id, ROOT + piece.path, title, text)
    path = tongue.addresses.feed_of(tongue.lang, "ambassadors", head.handle, "").rstrip(".")
    held = sorted((_held(p, head, made) for p in pieces), key=lambda entry: entry.date, reverse=True)
    return Shared(channel, path, held)


def _to_share(tongue: Tongue, piece: Piece, head: Ambassador) -> bool:
    """Articles on their topics, and voices that the brand gave wordings for, while it is time."""
    about = not head.topics or {topic.id for topic in tongue.stock.topics(piece)} & set(head.topics)
    wanted = piece.kind == "articles" or bool(piece.head.share.wordings)
    return bool(about) and wanted and piece.lang == tongue.lang and wordings.shareable(piece.head, tongue.now)


def _held(piece: Piece, head: Ambassador, made: Made) -> Held:
    known = made.held(piece)
    date = _since(piece)
    return Held(
        f"{known.stamp} {head.handle} {head.code}", date, max(known.updated, date), known.weight,
        lambda end: ITEMS[end](_shared(piece, made.entry(piece), head)),
    )  # fmt: skip


def _since(piece: Piece) -> datetime:
    """A scheduler takes for new what is dated after its last visit: an embargoed item is as old as its release."""
    return max(piece.date, piece.head.share.embargo or piece.date)


def _shared(piece: Piece, entry: Entry, head: Ambassador) -> Entry:
    """An entry of their own id, since some readers show an id once over all feeds: wording first, then their link."""
    link = wordings.tagged(entry.url, code=head.code, item=piece.head.id)
    words = wordings.texts(piece.head, entry, "any")[0]
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in words.split("\n") if part.strip())
    html = f'{paragraphs}<p><a href="{escape(link)}">{escape(entry.title)}</a></p>'
    date = _since(piece)
    return replace(
        entry, id=f"{entry.id}/{head.handle}", url=link, summary=f"{words}\n\n{link}", html=html,
        published=date, updated=max(entry.updated, date),
    )  # fmt: skip
