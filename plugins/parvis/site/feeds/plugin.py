"""The plugin that writes the feeds: the main streams of each language, and one for each ambassador to share from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markupsafe import escape
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from ...kinds import Ambassador
from ...model import Entry
from .. import entries, show, wordings
from ..pieces import Piece
from ..tongue import Tongue
from ..views import ROOT
from . import stream
from .channel import Stream

STREAMS = ("all", "articles", "community", "testimonials")


class Feeds(Generator):
    """Runs after the pages, with the tongues they were written in."""

    def generate_output(self, writer: Writer) -> None:
        for tongue in self.context["parvis_tongues"].values():
            made = Made(tongue)
            for name in STREAMS:
                feed = _main(tongue, name, made)
                show.text(writer, tongue.addresses.feed(tongue.lang, name, "xml"), stream.rss(feed).decode())
                atom = replace(feed, url=tongue.addresses.absolute(tongue.addresses.feed(tongue.lang, name, "atom")))
                show.text(writer, tongue.addresses.feed(tongue.lang, name, "atom"), stream.atom(atom).decode())
            for path, feed in _personal(tongue, made):
                show.text(writer, path, stream.rss(feed).decode())


class Made:
    """Entries of one language, each made once for all feeds that hold it."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue, self._made = tongue, dict[str, Entry]()

    def of(self, piece: Piece) -> Entry:
        path = piece.document.path
        if path not in self._made:
            tongue = self._tongue
            self._made[path] = entries.entry(piece, tongue.settings, tongue.addresses, tongue.lang)
        return self._made[path]


def _main(tongue: Tongue, name: str, made: Made) -> Stream:
    lang, addresses = tongue.lang, tongue.addresses
    pieces = tongue.stock.stream(lang) if name == "all" else tongue.stock.listed(name, lang)
    title = tongue.heads.titles[name]
    return Stream(
        id=entries.tag(tongue.brand.authority, f"feed/{name}/{lang}"),
        url=addresses.absolute(addresses.feed(lang, name, "xml")),
        home=addresses.absolute(addresses.home(lang) if name == "all" else addresses.section(lang, name)),
        title=tongue.brand.name if name == "all" else f"{tongue.brand.name} – {title}",
        description=tongue.brand.tagline.in_(lang),
        lang=lang,
        entries=[made.of(piece) for piece in _newest(tongue, pieces)],
    )


def _newest(tongue: Tongue, pieces: Iterable[Piece]) -> Sequence[Piece]:
    live = [piece for piece in pieces if not piece.state]
    return sorted(live, key=lambda piece: piece.date, reverse=True)[: tongue.settings.operator.feeds.items]


def _personal(tongue: Tongue, made: Made) -> Iterator[tuple[str, Stream]]:
    """One feed per ambassador who shares in this language."""
    seen = set()
    for piece in tongue.stock.listed("ambassadors", tongue.lang):
        head = piece.head
        if not isinstance(head, Ambassador) or head.handle in seen or piece.state:
            continue
        seen.add(head.handle)
        if tongue.lang in (head.languages or tongue.brand.languages):
            path = tongue.addresses.ambassador_feed(tongue.lang, head.handle)
            yield path, _for_sharing(tongue, piece, head, path, made)


def _for_sharing(tongue: Tongue, piece: Piece, head: Ambassador, path: str, made: Made) -> Stream:
    pieces = [p for p in tongue.stock.stream(tongue.lang) if _to_share(tongue, p, head)]
    title = f"{tongue.brand.name} – {head.name}"
    return Stream(
        id=entries.tag(tongue.brand.authority, f"ambassador/{head.handle}/{tongue.lang}"),
        url=tongue.addresses.absolute(path),
        home=tongue.addresses.absolute(ROOT + piece.path),
        title=title,
        description=tongue.heads.words.gettext("Ready to share: each entry has its words and its link."),
        lang=tongue.lang,
        entries=[_shared(p, made.of(p), head) for p in _newest(tongue, pieces)],
    )


def _to_share(tongue: Tongue, piece: Piece, head: Ambassador) -> bool:
    """Articles on their topics, and voices that the brand gave wordings for, while it is time."""
    about = not head.topics or {topic.id for topic in tongue.stock.topics(piece)} & set(head.topics)
    wanted = piece.kind == "articles" or bool(piece.head.share.wordings)
    return bool(about) and wanted and piece.lang == tongue.lang and wordings.shareable(piece.head, tongue.now)


def _shared(piece: Piece, entry: Entry, head: Ambassador) -> Entry:
    """An entry of their own id, since some readers show an id once over all feeds: wording first, then their link."""
    link = wordings.tagged(entry.url, code=head.code, item=piece.head.id)
    words = wordings.texts(piece.head, entry, "any")[0]
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in words.split("\n") if part.strip())
    html = f'{paragraphs}<p><a href="{escape(link)}">{escape(entry.title)}</a></p>'
    return replace(entry, id=f"{entry.id}/{head.handle}", url=link, summary=f"{words}\n\n{link}", html=html)


def generators(pelican: Pelican) -> type[Feeds]:
    return Feeds


def register() -> None:
    signals.get_generators.connect(generators)
