"""Questions of Stack Overflow or another site of Stack Exchange, under a tag or all; or one question's answers.

questions:
  kind: stackexchange
  url: https://stackoverflow.com/questions/tagged/marque      # or  https://cooking.stackexchange.com/questions/12
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote_plus, urlsplit

from ..model import Item, Person
from . import Get, Note, Pause, pages
from .pages import Row
from .payload import Page, Part
from .values import headline, labels, markdown, signature, web

KIND = "stackexchange"
PAGED = True
API = "https://api.stackexchange.com/2.3"
A_DAY = 24 * 3600
WITH = {"order": "desc", "sort": "creation", "filter": "withbody", "pagesize": 100}
WANTED = "want a site's questions, all (https://stackoverflow.com/questions) or under a tag (…/questions/tagged/word)"


def begin(url: str) -> str:
    """The first address that is asked. Raises ValueError for an address of something else."""
    site = urlsplit(url).hostname or ""
    match pages.steps(url):
        case [version, *_] if version.startswith("2."):
            return url
        case [] | ["questions"]:
            return pages.asking(f"{API}/questions", site=site, **WITH)
        case ["questions", "tagged", tags] | ["tags", tags, *_]:
            words = unquote_plus(tags).replace(" ", ";")
            return pages.asking(f"{API}/questions", site=site, tagged=words, **WITH)
        case ["questions" | "q", number, *_] if number.isdecimal():
            return pages.asking(f"{API}/questions/{number}/answers", site=site, **WITH)
    raise ValueError(WANTED)


def read(name: str, get: Get, *, url: str, max_items: int = 1000) -> Iterator[Item | Note | Pause]:
    """What stands there, under its own licence. Where the service asks to be left alone, no further page is read."""
    first = url if pages.saved(url) else begin(url)

    def listed() -> Iterator[Row]:
        for here in pages.walk(name, get, first, "items", most=max_items, onward=_older):
            if isinstance(here, Page):
                yield from (Pause(seconds) for seconds in [_pause(here)] if seconds and here.got.url)
                yield from here.rows
            else:
                yield here

    site = pages.asked(first, "site")
    yield from pages.items(name, listed(), lambda post: _item(name, post, site), max_items)


def _pause(here: Page) -> int:
    """`backoff` in seconds; a day where nothing of the day's quota is left."""
    return here.root.number("backoff") or (A_DAY if here.root.number("quota_remaining") == 0 else 0)


def _older(here: Page) -> str:
    more = here.root.flag("has_more") and not _pause(here)
    return pages.numbered(here.got.url, "page") if more else ""


def _item(name: str, post: Part, site: str) -> Item | str:
    """The service escapes text for HTML once: titles, names and tags are text after one step back.

    Of an answer it tells no address, unless it is asked in another way.
    """
    owner, answer = post.part("owner"), post.text("answer_id")
    return Item(
        source=name,
        upstream_id=post.needed("comment_id", "answer_id", "question_id", "post_id"),
        url=post.web("link", "share_link") or (web(f"https://{site}/a/{answer}") if answer and "." in site else ""),
        author=Person(
            signature(unescape(owner.text("display_name"))), web(unescape(owner.text("link"))), owner.text("user_id")
        ),
        published=post.moment("creation_date"),
        title=headline(unescape(post.text("title")), literal=True),
        html=post.html("body", "excerpt") or markdown(unescape(post.text("body_markdown"))),
        tags=labels(post.texts("tags")),
        licence=post.text("content_license"),
        likes=post.number("score"),
    )
