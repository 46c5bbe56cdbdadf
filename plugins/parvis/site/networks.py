"""What each network takes: how long a text may be, how many hashtags are in use there, the address that opens it.

Limits: docs.x.com/fundamentals/counting-characters (280), docs.joinmastodon.org (500), lexicon app.bsky.feed.post (300
graphemes and 3,000 bytes), Threads API (500), LinkedIn (3,000), Telegram (4,096). How each counts: `counting`.
Addresses: docs.x.com (web intents), share.joinmastodon.org, docs.bsky.app (intent links), developers.facebook.com
(Threads web intents), faq.whatsapp.com (click to chat), core.telegram.org (share button), RFC 6068 (mailto). LinkedIn
and Facebook take an address only: the text is copied by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Network:
    """`limit` is 0 where there is none that matters; `open` takes {text}, {link} and {title}, already quoted.

    `longest` is the address in characters that programs on the way are known to take: beyond, it opens with the link
    alone. `hashtags` are as many as are usual.
    """

    name: str
    limit: int = 0
    open: str = ""
    most_bytes: int = 0
    hashtags: int = 0
    longest: int = 8000

    @property
    def by_hand(self) -> bool:
        """Whether the text has to be pasted, since the address carries the link alone."""
        return "{text}" not in self.open

    @property
    def link_apart(self) -> bool:
        """Whether the address carries the link in a place of its own, so that the text does without."""
        return "{link}" in self.open


NETWORKS: Mapping[str, Network] = MappingProxyType({
    "mastodon": Network("Mastodon", 500, "https://share.joinmastodon.org/#text={text}", hashtags=3),
    "bluesky": Network("Bluesky", 300, "https://bsky.app/intent/compose?text={text}", most_bytes=3000, hashtags=2),
    "x": Network("X", 280, "https://x.com/intent/post?text={text}", hashtags=2),
    "threads": Network("Threads", 500, "https://www.threads.com/intent/post?text={text}", hashtags=1),
    "linkedin": Network("LinkedIn", 3000, "https://www.linkedin.com/sharing/share-offsite/?url={link}", hashtags=3),
    "facebook": Network("Facebook", 0, "https://www.facebook.com/sharer/sharer.php?u={link}"),
    "whatsapp": Network("WhatsApp", 0, "https://wa.me/?text={text}"),
    "telegram": Network("Telegram", 4096, "https://t.me/share/url?url={link}&text={text}"),
    "email": Network("E-mail", 0, "mailto:?subject={title}&body={text}", longest=2000),
})  # fmt: skip
INSTANCE = "https://{host}/share?text={text}"
"""A Mastodon server of somebody's own."""
BETWEEN, QUOTED_BETWEEN = "\n\n", "%0A%0A"
"""What stands between the parts of a text."""


def measured(network: str, parts: Sequence[str]) -> int | None:
    """The length of a text of these parts, an empty line between them, as the network counts; None if it is too long.

    Each part is counted once for all texts that hold it.
    """
    from .counting import length  # loads `regex`, for which an edit has no time

    known, between = NETWORKS[network], len(BETWEEN) * (len(parts) - 1)
    whole = between + sum([length(network, part) for part in parts])
    if known.limit and whole > known.limit:
        return None
    if known.most_bytes and between + sum([len(part.encode()) for part in parts]) > known.most_bytes:
        return None
    return whole


def opened(network: str, parts: Sequence[str], *, link: str, title: str) -> str:
    """The address that opens the network with the text ready; with the link alone where the text makes it too long.

    The text has these parts; where the link has a place of its own, it goes without the link.
    """
    known = NETWORKS[network]
    text = QUOTED_BETWEEN.join([_quoted(part) for part in parts if not (known.link_apart and part == link)])
    if known.open.startswith("mailto:"):
        text = text.replace("%0A", "%0D%0A")  # RFC 6068, 5
    address = known.open.format(text=text, link=_quoted(link), title=_quoted(title))
    if len(address) <= known.longest:
        return address
    return known.open.format(text="" if known.link_apart else _quoted(link), link=_quoted(link), title="")


def at_instances(parts: Sequence[str], hosts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The Mastodon servers that the operator named, each with the address that opens it."""
    text = QUOTED_BETWEEN.join(map(_quoted, parts)) if hosts else ""
    return tuple((host, INSTANCE.replace("{host}", host).replace("{text}", text)) for host in hosts)


@lru_cache(maxsize=256)
def _quoted(part: str) -> str:
    return quote(part, safe="")
