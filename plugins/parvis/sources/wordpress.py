"""Posts of a WordPress site, by its REST interface.

blog:
  kind: wordpress
  url: https://blog.example.org/
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Item, Medium, Person
from . import Get, Note, Pause, dates, pages
from .payload import Part
from .values import headline, labels, language, picture, signature

KIND = "wordpress"
PAGED = True
MOST = 100
NO_TAGS = {"Uncategorized", "Non classé", "Sans catégorie"}


def begin(url: str) -> str:
    """The first address that is asked: the interface's own, or that of the site with the folder it lives in."""
    if "/wp-json/" in url or "rest_route=" in url or "/wp/v2/" in url:
        return url
    site = url.partition("?")[0].rstrip("/")
    return pages.asking(f"{site}/wp-json/wp/v2/posts", _embed=1, per_page=MOST)


def read(name: str, get: Get, *, url: str, max_items: int = 1000) -> Iterator[Item | Note | Pause]:
    """What is published and needs no password; nothing that its site keeps out of search engines."""
    first = url if pages.saved(url) else begin(url)
    listed = pages.rows(name, get, first, most=max_items, onward=lambda here: pages.counted(here, "per_page", 10))
    yield from pages.items(name, listed, lambda post: _item(name, post), max_items)


def _item(name: str, post: Part) -> Item | str:
    id = post.needed("id")
    post.marked("date_gmt", "link", "guid", "_links", "_embedded", "title.rendered", "content.rendered", "status")
    if post.text("status") == "trash":
        return Item(name, id, Person(""), "", deleted=True)
    if post.text("status") not in ("", "publish") or post.text("password"):
        return "not published"
    if post.flag("content.protected") or post.flag("excerpt.protected"):
        return "kept behind a password"
    if post.text("yoast_head_json.robots.index") == "noindex":
        return "kept out of search engines"
    author = next(iter(post.parts("_embedded.author")), Part({}))
    return Item(
        source=name,
        upstream_id=id,
        url=post.web("link", "guid.rendered"),
        author=Person(
            signature(author.text("name")) or signature(post.text("yoast_head_json.author")),
            author.web("link", "url"),
            post.text("author"),
        ),
        published=dates.iso(f"{post.text('date_gmt').removesuffix('Z')}Z") or post.moment("date"),
        title=headline(_said(post, "title")),
        html=_html(post),
        tags=labels(_terms(post)),
        lang=language(post.text("lang", "locale")),
        media=tuple(_media(post)),
    )


def _said(post: Part, field: str) -> str:
    """What is shown of a field, which some sites give as text alone."""
    value = post.at(field)
    return value if isinstance(value, str) else post.text(f"{field}.rendered")


def _html(post: Part) -> str:
    return Part({"said": _said(post, "content") or _said(post, "excerpt")}).html("said")


def _terms(post: Part) -> Iterator[str]:
    """Categories and tags by name; what WordPress calls a post without a category is none."""
    lists = post.at("_embedded.wp:term")
    for terms in lists if isinstance(lists, list) else []:
        named = (term.get("name") for term in terms if isinstance(term, dict)) if isinstance(terms, list) else ()
        yield from (name for name in named if isinstance(name, str) and name not in NO_TAGS)


def _media(post: Part) -> Iterator[Medium]:
    for featured in post.parts("_embedded.wp:featuredmedia"):
        if featured.text("media_type") in ("", "image"):
            yield from picture(featured.web("source_url"), featured.text("alt_text"), featured.text("mime_type"))
