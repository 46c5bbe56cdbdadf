"""The feeds of ambassadors: each entry has its words and a link with their code, ready for a scheduler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import escape

from ...kinds import Ambassador
from ...model import Entry
from .. import people, wordings
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
    """For each ambassador who shares in this language, and agreed to a feed: one of all, and one for each topic."""
    seen = set()
    for piece in tongue.stock.listed("ambassadors", tongue.lang):
        head = people.person(piece)
        if head.handle in seen or piece.state or not people.may(piece, "feed"):
            continue
        seen.add(head.handle)
        if tongue.lang in (head.languages or tongue.brand.languages):
            for topic in ("", *streams.shared_topics(tongue, head)):
                yield _feed(tongue, piece, topic, made)


def _feed(tongue: Tongue, piece: Piece, topic: str, made: Made) -> Shared:
    head = people.person(piece)
    topics = {topic} if topic else set(head.topics)
    held = [_held(tongue, p, head, made) for p in tongue.stock.stream(tongue.lang) if _to_share(tongue, p, topics)]
    about = [tongue.brand.name, head.name, *(t.label.in_(tongue.lang) for t in tongue.brand.topics if t.id == topic)]
    id = "/".join(filter(None, ("ambassador", head.handle, topic, tongue.lang)))
    home = ROOT + piece.path if people.may(piece, "profile") else tongue.addresses.section(tongue.lang, "ambassadors")
    text = tongue.heads.words.gettext("Ready to share: each entry has its words and its link.")
    channel = streams.channel(tongue, id, home, " – ".join(about), text)
    path = streams.shared_path(tongue, head, tongue.lang, topic)
    return Shared(channel, path, sorted(held, key=lambda entry: entry.date, reverse=True))


def _to_share(tongue: Tongue, piece: Piece, topics: Set[str]) -> bool:
    """Articles on these topics, and voices that the brand gave wordings for, while it is time."""
    about = not topics or not topics.isdisjoint(topic.id for topic in tongue.stock.topics(piece))
    wanted = piece.kind == "articles" or bool(piece.head.share.wordings)
    fit = about and wanted and piece.lang == tongue.lang and not piece.state
    return fit and wordings.shareable(piece.head, tongue.now)


def _held(tongue: Tongue, piece: Piece, head: Ambassador, made: Made) -> Held:
    known = made.held(piece)
    date = _since(piece)
    own = f"{head.handle} {head.code} {head.commercial} {tongue.settings.operator.share.tags}"
    return Held(
        f"{known.stamp} {own}", date, max(known.updated, date), known.weight,
        lambda end: ITEMS[end](_shared(tongue, piece, made.entry(piece), head)),
    )  # fmt: skip


def _since(piece: Piece) -> datetime:
    """A scheduler takes for new what is dated after its last visit: an embargoed item is as old as its release."""
    return max(piece.date, piece.head.share.embargo or piece.date)


def _shared(tongue: Tongue, piece: Piece, entry: Entry, head: Ambassador) -> Entry:
    """An entry of their own id, since some readers show an id once over all feeds: wording first, then their link."""
    tags = tongue.settings.operator.share.tags
    link = wordings.tagged(entry.url, code=head.code, item=piece.head.id, tags=tags)
    words = wordings.texts(piece, entry, "any", tongue.lang, tongue.brand.name, tie=head.commercial)[0]
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in words.split("\n") if part.strip())
    html = f'{paragraphs}<p><a href="{escape(link)}">{escape(entry.title)}</a></p>'
    date = _since(piece)
    return replace(
        entry, id=f"{entry.id}/{head.handle}", url=link, summary=f"{words}\n\n{link}", html=html,
        published=date, updated=max(entry.updated, date),
    )  # fmt: skip
