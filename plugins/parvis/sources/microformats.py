"""A web page that marks its posts as microformats (h-feed, h-entry, h-review), as many personal sites do.

journal:
  kind: microformats
  url: https://zoe.example/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from ..errors import SOURCES, refuse
from ..model import Item, Medium, Person, Review
from . import Get, Got, Note, Pause, answers, dates, encoding, markup, pages
from .pages import Row
from .payload import Part, page
from .values import headline, labels, language, moment, paragraphs, picture, signature, web, words

KIND = "microformats"
PAGED = True
ROBOTS = True
DEEPEST = 150
NO_INDEX = re.compile(
    r"<meta\s(?=[^>]*name\s*=\s*[\"']?robots)(?=[^>]*content\s*=\s*[\"'][^\"']*(?:noindex|none))", re.I
)
POSTS = {"h-entry", "h-review", "h-cite"}
WORDLESS = ("like-of", "repost-of", "follow-of")  # whatever programs write beside them (post-type-discovery)
NOT_FOR_ALL = {"private", "unlisted", "protected", "draft"}
HINT = 'its posts need class="h-entry"; see microformats.org/wiki/h-entry, or read the site\'s feed with kind: feed'


def read(name: str, get: Get, *, url: str, max_items: int = 1000) -> Iterator[Item | Note | Pause]:
    """The posts of the page and of those that it names as next. A page that must not be indexed has none for us."""
    yield from pages.items(name, _listed(name, get, url, max_items), lambda post: _item(name, post), max_items)


def _listed(name: str, get: Get, url: str, most: int) -> Iterator[Row]:
    asked: list[str] = []
    count = 0
    while url and url not in asked and len(asked) < pages.MOST and count < most:
        asked.append(url)
        got = get(url)
        parsed, hidden = _parsed(name, got)
        found = list(_posts(parsed.parts("items"), _owner(parsed, got.url), hidden))
        if not found and len(asked) == 1:
            raise refuse(name, "no post is marked on this page", HINT, code=SOURCES)
        yield from found
        count += len(found)
        following = next(iter(parsed.texts("rels.next")), "")
        url = web(following, got.url) if got.url and found else ""


def _parsed(name: str, got: Got) -> tuple[Part, bool]:
    """What a page marks, and whether it hides from search engines. A saved answer of a parser will do."""
    text = encoding.decode(got, *encoding.named(got.type, got)).strip()
    if text.startswith("{"):
        return page(name, got, "items").root, False
    if markup.deeper(text, DEEPEST):
        raise refuse(name, f"this page is nested deeper than {DEEPEST} elements", HINT, code=SOURCES)
    import mf2py

    parsed = mf2py.parse(doc=text, url=got.url or None, html_parser="lxml")
    if not got.url and (own := next(iter(parsed["rels"].get("canonical", ())), "")):
        parsed = mf2py.parse(doc=text, url=own, html_parser="lxml")  # a saved page says where it was
    return Part(parsed), bool(NO_INDEX.search(text))


def _owner(parsed: Part, url: str) -> Part:
    """The card of whoever the page belongs to: its address is the page's, or the page calls it "me" or its author."""
    own = {url, *parsed.texts("rels.me"), *parsed.texts("rels.author")} - {""}
    cards = (card for card in parsed.parts("items") if "h-card" in card.texts("type"))
    return next((card for card in cards if own & {*map(_words, _all(card.part("properties"), "url"))}), Part({}))


def _posts(marked: list[Part], author: Part, hidden: bool) -> Iterator[Part]:
    """Posts, and those inside of feeds, each with the author of its feed where it names none."""
    for thing in marked:
        kinds = set(thing.texts("type"))
        if POSTS & kinds:
            yield Part({**thing.fields, "feed": author.fields, "hidden": hidden}, thing.where)
        elif "h-feed" in kinds or not kinds & {"h-card", "h-event", "h-adr", "h-geo"}:
            own = thing.part("properties").parts("author")
            yield from _posts(thing.parts("children"), own[0] if own else author, hidden)


def _item(name: str, post: Part) -> Item | str:
    said = post.part("properties")
    content = _first(said, "content") or _first(said, "summary") or _first(said, "description")
    html = content.get("html", "") if isinstance(content, dict) else ""
    text = _words(content)
    if post.flag("hidden"):
        return "kept out of search engines"
    if {*said.texts("visibility"), *said.texts("post-status")} & NOT_FOR_ALL:
        return "not public"
    if any(said.at(kind) for kind in WORDLESS) or (said.at("bookmark-of") and not text):
        return "likes, reposts and bookmarks"
    url, title = web(_words(_first(said, "url"))), headline(_words(_first(said, "name")), literal=True)
    if not (url or text or title):
        raise ValueError(f"{post.where}: want a post, got nothing that it says")
    return Item(
        source=name,
        upstream_id=_words(_first(said, "uid")) or url,
        url=url,
        author=_person(said, post),
        published=_dated(said),
        title="" if words(text).startswith(title.rstrip("…. ")) else title,
        html=Part({"html": html}).html("html") or paragraphs(text),
        tags=labels(_words(tag) for tag in _all(said, "category")),
        lang=language(content.get("lang", "") if isinstance(content, dict) else "") or language(post.text("lang")),
        media=tuple(_media(said)),
        review=_review(said) if "h-review" in post.texts("type") else None,
    )


def _person(said: Part, post: Part) -> Person:
    """Who signs: a card, or a name alone; else whoever signs the feed."""
    given = _first(said, "author") or (post.part("feed").fields if post.part("feed").fields else "")
    if not isinstance(given, dict):
        address = web(_words(given))
        return Person("" if address else signature(_words(given)), address)
    card = Part(given).part("properties")
    return Person(
        signature(_words(_first(card, "name")) or str(given.get("value") or "")), web(_words(_first(card, "url")))
    )


def _dated(said: Part) -> datetime | None:
    """When it was said; a page may give the date for people alone."""
    given = next(filter(None, (_words(_first(said, name)) for name in ("published", "dtreviewed", "updated"))), "")
    told = answers.when(given)
    return dates.iso(given) or moment(told and (told if told.tzinfo else told.replace(tzinfo=UTC)))


def _media(said: Part) -> Iterator[Medium]:
    for photo in (*_all(said, "photo"), *_all(said, "featured")):
        yield from picture(web(_words(photo)), str(photo.get("alt") or "") if isinstance(photo, dict) else "")


def _review(said: Part) -> Review:
    best = _words(_first(said, "best"))
    rated = answers.rating(_words(_first(said, "rating")), f"/ {best}" if best else "")
    return Review(rating=rated, product=signature(_words(_first(said, "item"))))


def _all(said: Part, name: str) -> list[Any]:
    found = said.at(name)
    return found if isinstance(found, list) else []


def _first(said: Part, name: str) -> Any:
    return next(iter(_all(said, name)), "")


def _words(value: Any) -> str:
    """The text of a property, which may be a thing of its own."""
    if isinstance(value, Mapping):
        value = value.get("value") or next(iter(_all(Part(dict(value)).part("properties"), "name")), "")
    return value.strip() if isinstance(value, str) else ""
