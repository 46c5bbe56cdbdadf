"""Texts that carry an item further: the brand's own where it gives some, else made from title and summary.

Where a link says who carried it, it says so by an ambassador's code, never by a name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

from ..kinds import Head
from ..model import Entry
from .networks import NETWORKS, length, opened
from .views import Wording


def tagged(url: str, *, network: str = "", code: str = "", item: str = "") -> str:
    """The address with what tells by which way a visitor came: network, item, and the ambassador's code."""
    values = {"utm_source": network or "feed", "utm_medium": "ambassador" if code else "share", "utm_campaign": item}
    values |= {"utm_content": code} if code else {}
    return urlunsplit(urlsplit(url)._replace(query=urlencode(values)))


def shareable(head: Head, now: datetime) -> bool:
    """Whether its time to be shared has come and is not over."""
    share = head.share
    return (share.embargo is None or share.embargo <= now) and (share.until is None or now <= share.until)


def texts(head: Head, entry: Entry, network: str) -> tuple[str, ...]:
    """Wordings without the link: those for the network, those for any, else one made here."""
    given = head.share.wordings.get(network, ()) or head.share.wordings.get("any", ())
    return given or (_made(head, entry),)


def ready(head: Head, entry: Entry) -> Iterator[Wording]:
    """One text per network and wording, the link at its end, cut to what the network takes."""
    by_network = tagged(entry.url, network="network", item=head.id)
    for name, network in NETWORKS.items():
        link = by_network.replace("utm_source=network", f"utm_source={name}")
        for words in texts(head, entry, name):
            text = fitted(name, words, link, network.limit)
            open = opened(name, text=words if "{link}" in network.open else text, link=link, title=entry.title)
            yield Wording(network.name, text, length(name, text), network.limit, open)


def fitted(network: str, words: str, link: str, limit: int) -> str:
    """Words and link within the limit; a word is never cut, an ellipsis tells that some are missing."""
    text = f"{words}\n\n{link}"
    if not limit or length(network, text) <= limit:
        return text
    split = words.split(" ")
    most = bisect_right(range(1, len(split)), limit, key=lambda count: length(network, _cut(split, count, link)))
    return _cut(split, max(most, 1), link)


def _cut(words: list[str], count: int, link: str) -> str:
    return f"{' '.join(words[:count]).rstrip(' ,;:.–-')}…\n\n{link}"


def _made(head: Head, entry: Entry) -> str:
    if entry.kind == "article":
        return f"{entry.title}\n\n{entry.summary}" if entry.summary else entry.title
    opening, closing = ("« ", " »") if entry.lang.startswith("fr") else ("“", "”")
    return f"{opening}{entry.summary or entry.title}{closing}\n— {entry.author.name}"
