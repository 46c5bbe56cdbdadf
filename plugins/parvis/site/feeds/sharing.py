"""The feeds of ambassadors: each entry has words, hashtags, card and a link with their code, ready for a scheduler."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import quote

from markupsafe import Markup, escape

from ...kinds import Ambassador
from ...model import Entry
from .. import entries, people, wordings
from ..hashtags import hashtags
from ..pieces import Piece
from ..tongue import Tongue
from ..views import ROOT
from . import streams
from .channel import Channel
from .holding import ITEMS, Held, Made, weight_of

CODE, HANDLE = "\ue000c", "\ue000h"
"""What stands for an ambassador's own in entries that are made once for all of them. Nobody else can write it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One feed of one ambassador."""

    channel: Channel
    path: str
    held: Sequence[Held]


def feeds(tongue: Tongue, made: Made, wants: Callable[[str], bool]) -> Iterator[Shared]:
    """For each ambassador who shares in this language, as far as they agreed: one of all, and one for each topic;
    those alone whose path is wanted."""
    seen, handed = set(), Handed(tongue, made)
    for piece in tongue.stock.listed("ambassadors", tongue.lang):
        head = people.person(piece)
        if head.handle in seen or piece.state or not people.fed(piece):
            continue
        seen.add(head.handle)
        if tongue.lang in (head.languages or tongue.brand.languages):
            for topic in ("", *streams.shared_topics(tongue, head)):
                if wants(path := streams.shared_path(tongue, head, tongue.lang, topic)):
                    yield _feed(tongue, piece, topic, handed, path)


def _feed(tongue: Tongue, piece: Piece, topic: str, handed: Handed, path: str) -> Shared:
    head = people.person(piece)
    topics = {topic} if topic else set(head.topics)
    held = [handed.held(p, head) for p, about in handed.pieces if not topics or not topics.isdisjoint(about)]
    labels = (known.label.in_(tongue.lang) for known in tongue.brand.topics if known.id == topic)
    about = [tongue.brand.name, people.called(piece), *labels]
    id = "/".join(filter(None, ("ambassador", head.handle, topic, tongue.lang)))
    text = tongue.heads.words.gettext("Ready to share: each entry has its words and its link.")
    channel = streams.channel(tongue, id, ROOT + people.home(tongue, piece), " – ".join(about), text)
    return Shared(channel, path, sorted(held, key=lambda entry: entry.date, reverse=True))


class Handed:
    """The entries of one language as ambassadors hand them on, each made once for all of the same commercial tie."""

    def __init__(self, tongue: Tongue, made: Made) -> None:
        self._tongue, self._made = tongue, made
        self._known, self._entries = dict[str, Held](), dict[tuple[str, str], Entry]()
        self._texts = dict[tuple[str, str, str], str]()

    @cached_property
    def pieces(self) -> list[tuple[Piece, set[str]]]:
        """What there is to share, with its topics."""
        stock, lang = self._tongue.stock, self._tongue.lang
        pieces = (piece for piece in stock.stream(lang) if to_share(self._tongue, piece))
        return [(piece, {topic.id for topic in stock.topics(piece)}) for piece in pieces]

    def held(self, piece: Piece, head: Ambassador) -> Held:
        """An entry of their own id, since some readers show an id once over all feeds."""

        def text(end: str) -> str:
            return self._text(piece, head.commercial, end).replace(CODE, head.code).replace(HANDLE, head.handle)

        known = self._common(piece)
        return replace(known, stamp=f"{known.stamp} {head.handle} {head.code} {head.commercial}", text=text)

    def _common(self, piece: Piece) -> Held:
        """What it is for all of them."""
        path, tongue = piece.document.path, self._tongue
        if path not in self._known:
            known, date = self._made.held(piece), since(piece)
            stamp = f"{known.stamp} {tongue.settings.operator.share.tags} {tongue.drawn.of(piece)}"
            share = piece.head.share.given(tongue.lang, own=True)
            given = [ready.text for texts in share.values() for ready in texts]
            weight = weight_of(piece.head.title, *given, *given)
            self._known[path] = Held(piece, stamp, date, max(known.updated, date), weight, known.text)
        return self._known[path]

    def _text(self, piece: Piece, tie: str, end: str) -> str:
        path = piece.document.path
        if (path, tie) not in self._entries:
            self._entries[path, tie] = entry(self._tongue, piece, tie, self._common(piece).updated)
        if (path, tie, end) not in self._texts:
            self._texts[path, tie, end] = ITEMS[end](self._entries[path, tie])
        return self._texts[path, tie, end]


def to_share(tongue: Tongue, piece: Piece) -> bool:
    """Articles, and voices that the brand gave wordings for, in this language, while it is time."""
    share = piece.share
    spoken = piece.lang == tongue.lang or bool(share.given(tongue.lang, own=False))
    wanted = piece.kind == "articles" or bool(share.wordings)
    return spoken and wanted and not piece.state and wordings.shareable(piece.share, tongue.now)


def since(piece: Piece) -> datetime:
    """A scheduler takes for new what is dated after its last visit: an embargoed item is as old as its release."""
    return max(piece.date, piece.head.share.embargo or piece.date)


def entry(tongue: Tongue, piece: Piece, tie: str, updated: datetime) -> Entry:
    """What is handed on, with marks where an ambassador's code and handle go. Its summary can be posted as it is."""
    made = entries.brief(piece, tongue.settings, tongue.addresses, tongue.lang)
    marks = tongue.settings.operator.share.tags
    link = wordings.tagged(made.url, code=CODE, item=piece.head.id, tags=marks).replace(quote(CODE), CODE)
    texts = wordings.texts(piece, made, "any", tongue.lang, tongue.brand.name, tie=tie)
    tags = hashtags(made.tags)
    card = tongue.drawn.of(piece)
    picture = card[0] if card else made.picture
    words = "\n\n".join(filter(None, (texts[0], " ".join(tags), link)))
    date = since(piece)
    made = replace(
        made, id=f"{made.id}/{HANDLE}", url=link, summary=words, picture=picture, lang=tongue.lang,
        published=date, updated=max(updated, date), tags=tuple(tag.removeprefix("#") for tag in tags),
    )  # fmt: skip
    return replace(made, html=str(_html(tongue, made, texts)))


def _html(tongue: Tongue, made: Entry, texts: Sequence[str]) -> Markup:
    """The card, one text with hashtags and link, then the other texts."""
    first, *others = map(_paragraphs, texts)
    card, tags, more = Markup(), Markup(), Markup()
    if made.picture:
        form = Markup('<p><a href="{}"><img src="{}" alt="{}"></a></p>')
        card = form.format(made.url, made.picture.url, made.picture.alt)
    if made.tags:
        tags = Markup("<p>{}</p>").format(" ".join(f"#{tag}" for tag in made.tags))
    if others:
        more = Markup("<hr><p><strong>{}</strong></p>").format(tongue.heads.words.gettext("In other words"))
    way = Markup('<p><a href="{}">{}</a></p>').format(made.url, made.title)
    return card + first + tags + way + more + Markup("<hr>").join(others)


def _paragraphs(text: str) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(escape(part)) for part in text.split("\n") if part.strip())
