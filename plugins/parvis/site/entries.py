"""Pieces as feed entries: absolute addresses, our own permanent ids, as much text as each item's `use` allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from hashlib import blake2b
from mimetypes import guess_type
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from .. import html
from ..kinds import Article, Said
from ..model import Entry, Person, Picture
from ..settings import Settings
from . import catalogues, commercial, pictures
from .addresses import Addresses
from .cards import KINDS, words
from .pieces import Piece
from .views import ROOT

SUMMARY = 60
KEPT = "/:?#@!$&'()*+,;=%~"
"""What stays of an address when the rest is percent-encoded (RFC 3986, 2.2): validators want no brackets either."""


def entry(piece: Piece, settings: Settings, addresses: Addresses, lang: str, now: datetime) -> Entry:
    """One piece for a feed of `lang`; what is said of its source is in that language, its words stay as they are."""
    made = brief(piece, settings, addresses, lang)
    made = replace(made, updated=changed(piece, settings, now), summary=made.summary or made.title)
    if not isinstance(piece.head, Said) or piece.head.use != "link":
        text = f"{piece.html}{_answers(piece, lang)}".replace(ROOT, f"{addresses.site}/")
        made = replace(made, html=html.portable(text, made.url))
    return _labelled(made, lang)


def brief(piece: Piece, settings: Settings, addresses: Addresses, lang: str) -> Entry:
    """The same without its text, for where it is passed on and not read."""
    head, brand = piece.head, settings.brand
    made = Entry(
        id=tag(brand.authority, head.id),
        url=addresses.absolute(piece.path),
        title=head.title,
        summary=getattr(head, "summary", "") or words(piece.opening, SUMMARY),
        published=piece.date,
        updated=piece.date,
        lang=piece.lang,
        tags=head.tags,
        kind=KINDS[piece.kind],
        commercial="" if head.commercial == "none" else head.commercial,
    )
    if isinstance(head, Said):
        return _said(made, head, settings, lang)
    assert isinstance(head, Article)
    author = Person(head.author or brand.name, "" if head.author else f"{addresses.site}/")
    return replace(made, author=author, picture=_picture(head, settings, addresses))


def changed(piece: Piece, settings: Settings, now: datetime) -> datetime:
    """When readers were last given something new: the text, an article's `updated:`, an answer, a correction.

    Never in the future. A fraction of a second made of the id tells apart what was said in the same second: validators
    warn of two entries with one `updated`.
    """
    head, moments = piece.head, [piece.date]
    if isinstance(head, Article) and head.updated:
        moments.append(head.updated)
    if isinstance(head, Said):
        days = [note.on for note in (head.reply, head.correction) if note]
        zone = settings.brand.timezone
        moments += (max(datetime.combine(day, time(), zone), piece.date + timedelta(seconds=1)) for day in days)
    latest = max(moment for moment in (*moments, piece.date) if moment <= max(now, piece.date))
    fraction = int.from_bytes(blake2b(head.id.encode(), digest_size=8).digest()) % 1_000_000
    if latest.microsecond or latest > now:
        return latest
    moved = latest.replace(microsecond=fraction)
    return moved if moved <= now else moved - timedelta(seconds=1)


def stamp(piece: Piece, settings: Settings, updated: datetime) -> str:
    """Says all that `entry` is made from in one language, but for what all entries of a site have in common."""
    head = piece.head
    source = settings.sources.get(head.source) if isinstance(head, Said) else None
    via = f"{source.label!r} {source.url}" if source else ""
    return f"{piece.stamp} {updated} {via}"


def place(settings: Settings, addresses: Addresses, lang: str) -> str:
    """What they have in common."""
    return f"{lang} {settings.brand.authority} {addresses.site} {settings.brand.name}"


def tag(authority: str, id: str) -> str:
    """A `tag:` URI (RFC 4151): an id that outlives every address."""
    return f"tag:{authority}:{id}"


def ascii_address(url: str) -> str:
    """An address of ASCII alone, as feeds want it: a stranger's may hold any letters."""
    host, rest = urlsplit(url).netloc, url.partition("://")[2]
    if not rest or "[" in host:
        return ""  # none at all, or a bare machine by its IPv6 number, which validators refuse
    try:
        known = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        known = quote(host, safe=KEPT)
    return f"{url.partition(':')[0]}://{known}{quote(rest.removeprefix(host), safe=KEPT)}"


def _said(made: Entry, head: Said, settings: Settings, lang: str) -> Entry:
    """A source that is a file has no address: then it is the place where its items were said."""
    source = settings.sources.get(head.source)
    via = ascii_address(head.original)
    place = urlsplit(via)
    return replace(
        made,
        author=replace(head.author, url=ascii_address(head.author.url)),
        source=settings.source_label(head.source, lang),
        source_id=tag(settings.brand.authority, f"source/{head.source}") if head.source else "",
        source_url=ascii_address(source.url)
        if source and source.url
        else f"{place.scheme}://{place.netloc}/" * bool(via),
        via=via,
    )


def _answers(piece: Piece, lang: str) -> Markup:
    """The brand's answer and what was put right, after the words they belong to."""
    head, said = piece.head, Markup()
    if not isinstance(head, Said) or not (head.reply or head.correction):
        return said
    say = catalogues.read(lang).gettext
    if head.reply:
        said += Markup("<p><strong>{}</strong></p>{}").format(
            say("%(name)s answers") % {"name": head.reply.by}, piece.reply
        )
    if head.correction:
        said += Markup("<p><strong>{}</strong></p><p>{}</p>").format(say("Correction"), head.correction.text)
    return said


def _labelled(made: Entry, lang: str) -> Entry:
    """A commercial tie is told in the text, where nobody can miss it, and as a tag, where programs look."""
    if not made.commercial:
        return made
    label = commercial.label(made.commercial, lang)
    html = f"<p><strong>{escape(label)}</strong></p>{made.html}" if made.html else ""
    tags = tuple(dict.fromkeys((*made.tags, label)))
    return replace(made, summary=f"{label}. {made.summary}".strip(), html=html, tags=tags)


def _picture(head: Article, settings: Settings, addresses: Addresses) -> Picture | None:
    return picture(head.image, head.alt, settings, addresses) if head.image else None


def picture(path: str, alt: str, settings: Settings, addresses: Addresses) -> Picture:
    """A picture by its path below content/."""
    file = settings.content / path
    width, height = pictures.size(file)
    type, _ = guess_type(file.name)
    return Picture(addresses.absolute(pictures.address(path)), alt, width, height, file.stat().st_size, type or "")
