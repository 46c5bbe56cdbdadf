"""Public posts of an account or under a hashtag, from any server that speaks Mastodon's interface.

maison:
  kind: mastodon
  url: https://social.example/@maison      # or  https://social.example/tags/recette
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, unquote

from ..errors import SOURCES, refuse
from ..model import Item, Medium, Person
from . import Get, Note, Pause, pages
from .payload import Page, Part, page
from .values import headline, labels, language, picture, signature

KIND = "mastodon"
PAGED = True
MOST = 40  # posts that a server gives at once
QUOTED = re.compile(r'<p class="quote-inline">.*?</p>', re.DOTALL)
WANTED = "want an account (https://social.example/@name) or a hashtag (https://social.example/tags/word)"


def begin(url: str) -> str:
    """The first address that is asked. Raises ValueError for an address of something else."""
    match pages.steps(url):
        case ["api", *_]:
            return url
        case ["tags", tag] | ["web" | "deck", "tags" | "hashtag", tag]:
            return pages.asking(f"{pages.origin(url)}/api/v1/timelines/tag/{quote(unquote(tag))}", limit=MOST)
        case [name, *_] if name.startswith("@") and name != "@":
            return pages.asking(f"{pages.origin(url)}/api/v1/accounts/lookup", acct=unquote(name[1:]))
        case ["users", name] | ["web", "accounts", name]:
            return pages.asking(f"{pages.origin(url)}/api/v1/accounts/lookup", acct=name)
    raise ValueError(WANTED)


def read(
    name: str, get: Get, *, url: str, replies: bool = True, reblogs: bool = False, max_items: int = 1000
) -> Iterator[Item | Note | Pause]:
    """What is public and may be found by search engines. A post that an account passes on is its author's own.

    `replies: false` leaves answers to others out, `reblogs: true` takes what an account passes on.
    """
    first = url if pages.saved(url) else _statuses(name, get, begin(url))

    def make(status: Part) -> Item | str:
        passed_on = bool(status.part("reblog").fields)
        if passed_on and not reblogs:
            return "passed on from others (`reblogs: true` takes them as their authors’ own)"
        if not replies and status.text("in_reply_to_account_id") not in ("", status.text("account.id")):
            return "answers to others"
        return _item(name, status.part("reblog") if passed_on else status)

    yield from pages.items(name, pages.rows(name, get, first, most=max_items, onward=_older), make, max_items)


def _statuses(name: str, get: Get, first: str) -> str:
    """The address of the posts; of an account its number is asked first."""
    if not first.partition("?")[0].endswith("/api/v1/accounts/lookup"):
        return first
    account = page(name, get(first)).root
    if not account.text("id"):
        raise refuse(name, "the server knows no such account", WANTED, code=SOURCES)
    return pages.asking(f"{pages.origin(first)}/api/v1/accounts/{quote(account.text('id'))}/statuses", limit=MOST)


def _older(here: Page) -> str:
    """Posts before the last one of this page; servers may give fewer than were asked for, so half a page goes on."""
    limit = pages.asked(here.got.url, "limit")
    last = here.rows[-1]
    full = len(here.rows) * 2 >= (int(limit) if limit.isdecimal() else 20)
    return pages.asking(here.got.url, max_id=last.text("id")) if full and isinstance(last, Part) else ""


def _item(name: str, status: Part) -> Item | str:
    account = status.part("account")
    known, by = status.needed("id"), account.needed("id")
    if status.text("visibility") != "public":
        return "not public"
    if account.flag("suspended"):
        return "their authors’ accounts are suspended"
    if account.flag("noindex"):
        return "their authors do not want to be found by search engines"
    quoting = status.part("quote_approval")
    may_quote = {*quoting.texts("automatic"), *quoting.texts("manual")}
    if quoting.fields and not may_quote:
        return "their authors let nobody quote them"
    return Item(
        source=name,
        upstream_id=known,
        url=status.web("url", "uri"),
        author=Person(_called(account), account.web("url", "uri"), by),
        published=status.moment("created_at"),
        title=headline(status.text("spoiler_text"), literal=True),
        html=_html(status),
        tags=labels(tag.text("name") for tag in status.parts("tags")),
        lang=language(status.text("language")),
        media=tuple(_media(status)),
        likes=status.number("favourites_count"),
        signals=tuple(_signals(status, account, may_quote)),
    )


def _called(account: Part) -> str:
    """The name that is shown, without the codes of little pictures."""
    shown = account.text("display_name")
    for emoji in account.parts("emojis"):
        shown = shown.replace(f":{emoji.text('shortcode')}:", "")
    return signature(shown) or signature(account.text("username", "acct"))


def _html(status: Part) -> str:
    """The words, the choices of a poll, and a link to what the post speaks of."""
    quote = status.part("quote")
    quoted = quote.part("quoted_status")
    choices = [escape(option.text("title")) for option in status.part("poll").parts("options")]
    linked_below = quoted.fields or quote.text("state") not in ("", "accepted")  # or not to be linked at all
    said = [QUOTED.sub("", status.html("content")) if linked_below else status.html("content")]
    said += [f"<ul>{''.join(f'<li>{choice}</li>' for choice in choices)}</ul>"] if choices else []
    said += [f'<p><a href="{escape(link)}">{escape(link)}</a></p>'] if (link := quoted.web("url", "uri")) else []
    return "\n".join(filter(None, said))


def _media(status: Part) -> Iterator[Medium]:
    for medium in status.parts("media_attachments"):
        still = medium.web("url", "remote_url") if medium.text("type") == "image" else medium.web("preview_url")
        yield from picture(still, medium.text("description"))


def _signals(status: Part, account: Part, may_quote: set[str]) -> Iterator[str]:
    if status.flag("sensitive") or status.text("spoiler_text"):
        yield "sensitive"
    if may_quote and "public" not in may_quote:
        yield "no-quote"
    if account.fields.get("indexable") is False:
        yield "no-index"
