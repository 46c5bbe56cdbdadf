"""From a web page to its feed: what the page declares, else a link that looks like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .markup import tags
from .values import web, words

if TYPE_CHECKING:
    from bs4 import Tag

FEED = re.compile(r"application/(?:(?:rss|atom|rdf)(?:\+xml)?|feed\+json)\b", re.IGNORECASE)
MAYBE = re.compile(r"(?:text|application)/(?:xml|json)\b", re.IGNORECASE)
USUAL = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?|flux|rdf)[12]?(?:\.(?:xml|json|php))?/?(?:\?|$)", re.IGNORECASE)
COMMENTS = re.compile(r"comment|repl(?:y|ies)|réponse", re.IGNORECASE)
TITLE = re.compile(r"<title[^<>]*>([^<]{1,200})", re.IGNORECASE)
LINKING = ("base", "link", "a")
LOOKED_AT, LONGEST, MOST = 2**20, 2000, 2000
NEVER = 9


def feed_of(page: str, address: str) -> str:
    """The absolute address of the page's feed, or "". A feed of its posts goes before one of its comments.

    `address` is the page's own. A `link` with `rel="alternate"` and a feed's type counts first, then one of XML or JSON
    with a usual name, then an anchor with a feed's type or a usual name (`/feed/`, `rss.xml`, …).
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_linking(page), "html.parser")
    base = next((web(str(tag["href"]), address) for tag in soup.find_all("base", href=True)), "") or address
    ranked = ((_rank(tag), web(str(tag["href"]), base)) for tag in soup.find_all(["link", "a"], href=True))
    found = [(rank, url) for rank, url in ranked if rank < NEVER and url and url != address]
    return min(found, key=lambda one: one[0], default=(NEVER, ""))[1]


def title(page: str) -> str:
    """What the page calls itself, cut to what fits a message."""
    found = TITLE.search(page[:LOOKED_AT])
    return words(found[1])[:80] if found else ""


def _linking(page: str) -> str:
    """The tags of a page that lead elsewhere, and nothing else: html.parser takes hours over some broken pages."""
    found = []
    for tag in tags(page[:LOOKED_AT]):
        if (
            tag.local in LINKING
            and not tag.closes
            and tag.end - tag.start < LONGEST
            and page[tag.end : tag.end + 1] == ">"
        ):
            found.append(page[tag.start : tag.end + 1])
    return "\n".join(found[:MOST])


def _rank(tag: Tag) -> int:
    """How surely a link leads to a feed; 0 is the surest."""
    href, kind = str(tag["href"]), str(tag.get("type") or "")
    usual = bool(USUAL.search(href))
    alternate = tag.name == "link" and "alternate" in [rel.lower() for rel in tag.get_attribute_list("rel") if rel]
    sure = [
        alternate and bool(FEED.match(kind)),
        alternate and usual and bool(MAYBE.match(kind)),
        tag.name == "a" and (usual or bool(FEED.match(kind))),
    ]
    after = bool(COMMENTS.search(f"{href} {tag.get('title') or ''}"))
    return sure.index(True) * 2 + after if any(sure) else NEVER
