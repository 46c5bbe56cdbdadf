"""Replies to and mentions of your pages from other sites, as webmention.io collects them.

mentions:
  kind: webmention
  url: https://maison.example/

Secret: WEBMENTION_IO_TOKEN in the environment, the token of your account there. It is sent to webmention.io alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from ..model import WEB, Item, Medium, Person
from . import Get, Note, Pause, Secret, pages
from .payload import Part
from .values import TAG, headline, labels, language, paragraphs, picture, signature, web, words

KIND = "webmention"
PAGED = True
API = "https://webmention.io/api/mentions.jf2"
SECRET = Secret("WEBMENTION_IO_TOKEN", "https://webmention.io/api/", "token")
MOST = 100
WORDLESS = {"like-of", "repost-of", "bookmark-of", "follow-of"}


def begin(url: str) -> str:
    """The first address that is asked. Raises ValueError where the address holds the secret."""
    if pages.asked(url, "token"):
        raise ValueError(f"keep the token out of this file: set {SECRET.name} in the environment instead")
    if "mentions" in urlsplit(url).path:
        return url
    return pages.asking(API, domain=urlsplit(url).hostname, **{"per-page": MOST, "page": 0})


def read(name: str, get: Get, *, url: str, max_items: int = 1000) -> Iterator[Item | Note | Pause]:
    """What somebody wrote. Private mentions are left out, and likes and reposts, which have no words."""
    first = url if pages.saved(url) else begin(url)
    listed = pages.rows(
        name, get, first, "children", most=max_items, onward=lambda here: pages.counted(here, "per-page", 20, first=0)
    )
    yield from pages.items(name, listed, lambda mention: _item(name, mention), max_items)


def _item(name: str, mention: Part) -> Item | str:
    id = mention.needed("wm-id", "wm-source")
    if mention.flag("wm-private"):
        return "private"
    if mention.text("wm-property") in WORDLESS:
        return "likes, reposts and bookmarks"
    html, title = _html(mention), headline(mention.text("name"))
    if mention.text("wm-property") == "rsvp" and not html:
        return "answers to invitations that say nothing more"
    return Item(
        source=name,
        upstream_id=id,
        url=mention.web("rels.canonical", "url", "wm-source"),
        author=_person(mention),
        published=mention.moment("published", "wm-received"),
        title="" if title and words(html).startswith(title.rstrip("…. ")) else title,
        html=html,
        tags=labels(mention.texts("category")),
        lang=language(mention.text("lang", "language")),
        media=tuple(_media(mention)),
    )


def _html(mention: Part) -> str:
    """The content, which may be text alone, else what sums it up."""
    content = mention.at("content")
    html = mention.html("content.html")
    text = content if isinstance(content, str) else mention.text("content.value")
    text = text or mention.text("summary.value" if isinstance(mention.at("summary"), dict) else "summary")
    if said := mention.text("content.text") if isinstance(content, dict) else "":
        return html or paragraphs(said)
    return html or (text if TAG.search(text) else paragraphs(text))


def _person(mention: Part) -> Person:
    """Whoever is named first: a card, a name or an address."""
    card = next(iter(mention.parts("author")), Part({})) if isinstance(mention.at("author"), dict | list) else Part({})
    named = "" if card.fields else next(iter(mention.texts("author")), "")
    address = web(named) if named.startswith(WEB) else ""
    return Person("" if address else signature(card.text("name") or named), card.web("url") or address)


def _media(mention: Part) -> Iterator[Medium]:
    for photo in mention.parts("photo"):
        yield from picture(photo.web("value", "url"), photo.text("alt"))
    if not mention.parts("photo"):
        yield from (medium for url in mention.texts("photo") for medium in picture(web(url)))
