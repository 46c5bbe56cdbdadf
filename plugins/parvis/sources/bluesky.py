"""Posts of a Bluesky account. Nothing of people who want to be seen by members alone.

maison:
  kind: bluesky
  url: https://bsky.app/profile/maison.example
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from ..html import prose
from ..model import Item, Medium, Person
from . import Get, Note, Pause, pages
from .payload import Page, Part
from .values import labels, language, picture, signature, web

KIND = "bluesky"
PAGED = True
API = "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed"
SITE = "https://bsky.app"
MOST = 100
UNSEEN_BY_STRANGERS = {"!no-unauthenticated", "!hide", "!takedown", "!suspend"}
POSTS = {"", "app.bsky.feed.post", "app.bsky.feed.defs#notFoundPost"}
HARMLESS = {"bot", "!no-promote"}
AT = re.compile(r"at://([^/]+)/app\.bsky\.feed\.post/([^/]+)")
LINE_ENDS = re.compile(r"\n[ \t]*\n\s*")
WANTED = "want a profile (https://bsky.app/profile/name.example)"


def begin(url: str) -> str:
    """The first address that is asked. Raises ValueError for an address of something else."""
    match pages.steps(url):
        case ["xrpc", *_]:
            return url
        case ["profile", actor]:
            return pages.asking(API, actor=actor, limit=MOST)
    raise ValueError(WANTED)


def read(
    name: str, get: Get, *, url: str, replies: bool = True, reposts: bool = False, max_items: int = 1000
) -> Iterator[Item | Note | Pause]:
    """What anybody may see. `replies: false` leaves answers out, `reposts: true` takes what the account passes on."""

    def make(row: Part) -> Item | str:
        if row.text("reason.$type").endswith("#reasonRepost") and not reposts:
            return "passed on from others (`reposts: true` takes them as their authors’ own)"
        post = row.part("post") if row.part("post").fields else row
        if not replies and _record(post).part("reply").fields:
            return "answers"
        return _item(name, post)

    first = url if pages.saved(url) else begin(url)
    listed = pages.rows(name, get, first, "feed", "posts", most=max_items, onward=_older)
    yield from pages.items(name, listed, make, max_items)


def _older(here: Page) -> str:
    cursor = here.root.text("cursor")
    return pages.asking(here.got.url, cursor=cursor) if cursor else ""


def _record(post: Part) -> Part:
    """What was written: it stands alone in a saved record, else with what the service knows of it."""
    return post.part("record") if post.part("record").fields else post


def _item(name: str, post: Part) -> Item | str:
    record, author = _record(post), post.part("author")
    said = _labels(post, author, record)
    if said & UNSEEN_BY_STRANGERS or post.flag("blocked"):
        return "their authors, or the service, show them to members alone"
    text, kind = record.text("text"), record.text("$type")
    uri = post.text("uri")
    if kind not in POSTS or not (text or uri) or (uri and not uri.startswith("at://")):
        raise ValueError(f"{post.where or 'the whole answer'}: want a post, got {kind or 'something else'}")
    if post.flag("notFound"):
        return Item(name, uri, Person(""), "", deleted=True)
    named = author.text("handle").replace("handle.invalid", "")
    handle = named or author.text("did") or _did(uri)
    embeds = list(_embeds(post.part("embed")))
    signals = {"sensitive": bool(said - HARMLESS), "no-quote": post.flag("viewer.embeddingDisabled")}
    return Item(
        source=name,
        upstream_id=uri,
        url=_page(uri, handle),
        author=Person(
            signature(author.text("displayName")) or signature(named),
            f"{SITE}/profile/{quote(handle, safe=':.')}" if handle else "",
            author.text("did") or _did(uri),
        ),
        published=record.moment("createdAt") or post.moment("indexedAt"),
        html=_linked(_html(record), embeds),
        tags=labels([*_hashtags(record), *record.texts("tags")]),
        lang=language(next(iter(record.texts("langs")), "")),
        media=tuple(medium for embed in embeds for medium in _media(embed)),
        likes=post.number("likeCount"),
        signals=tuple(signal for signal, given in signals.items() if given),
    )


def _labels(post: Part, author: Part, record: Part) -> set[str]:
    """What authors and the service have put on a post or a person, but for what was taken off again."""
    put = [*post.parts("labels"), *author.parts("labels")]
    off = {(label.text("src"), label.text("val")) for label in put if label.flag("neg")}
    on = {label.text("val") for label in put if (label.text("src"), label.text("val")) not in off}
    return {*on, *(label.text("val") for label in record.part("labels").parts("values"))} - {""}


def _html(record: Part) -> str:
    """The text with its links. Facets count bytes of UTF-8; one that overlaps another or cuts a letter is none."""
    written, html, at = record.text("text").encode("utf-8", "replace"), "", 0
    for facet in sorted(_facets(record), key=lambda facet: facet.number("index.byteStart") or 0):
        start, end = facet.number("index.byteStart") or 0, facet.number("index.byteEnd") or 0
        if not at <= start < end <= len(written) or not (target := _target(facet)):
            continue
        try:
            before, inside = written[at:start].decode(), written[start:end].decode()
        except UnicodeDecodeError:
            continue
        html += f'{escape(before, quote=False)}<a href="{escape(target)}">{escape(inside, quote=False)}</a>'
        at = end
    html += escape(written[at:].decode("utf-8", "replace"), quote=False)
    blocks = (block.strip().replace("\n", "<br>") for block in LINE_ENDS.split(html.replace("\r\n", "\n")))
    return "\n".join(f"<p>{block}</p>" for block in blocks if block)


def _facets(record: Part) -> list[Part]:
    return record.parts("facets")


def _target(facet: Part) -> str:
    for feature in facet.parts("features"):
        if link := feature.web("uri"):
            return link
        if did := feature.text("did"):
            return f"{SITE}/profile/{quote(did, safe=':.')}"
        if tag := feature.text("tag"):
            return f"{SITE}/hashtag/{quote(tag)}"
    return ""


def _hashtags(record: Part) -> Iterator[str]:
    return (feature.text("tag") for facet in _facets(record) for feature in facet.parts("features"))


def _embeds(embed: Part) -> Iterator[Part]:
    """What goes with the words: of a quotation with pictures both."""
    if embed.fields:
        yield embed
    for inner in ("media", "record"):
        if embed.text("$type").startswith("app.bsky.embed.recordWithMedia"):
            yield from _embeds(embed.part(inner))


def _linked(html: str, embeds: list[Part]) -> str:
    """With links to the page or the post that is spoken of; the words there are somebody else's."""
    for embed in embeds:
        quoted = embed.part("record")
        seen = quoted.text("$type").rpartition("#")[2] in ("", "viewRecord")  # neither gone, nor taken out of it
        target = embed.web("external.uri") or (_page(quoted.text("uri"), quoted.text("author.handle")) if seen else "")
        called = embed.text("external.title") or target
        if target and f'"{escape(target)}"' not in html:
            html += prose(f'\n<p><a href="{escape(target)}">{escape(called, quote=False)}</a></p>')
    return html


def _media(embed: Part) -> Iterator[Medium]:
    for image in embed.parts("images"):
        yield from picture(image.web("fullsize", "thumb"), image.text("alt"))
    yield from picture(embed.web("thumbnail"), embed.text("alt"))


def _did(uri: str) -> str:
    found = AT.fullmatch(uri)
    return found[1] if found else ""


def _page(uri: str, handle: str) -> str:
    """Where people read a post."""
    found = AT.fullmatch(uri)
    return web(f"{SITE}/profile/{handle or found[1]}/post/{found[2]}") if found else ""
