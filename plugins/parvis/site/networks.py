"""What each network takes: how long a text may be, how many hashtags are in use there, the address that opens it.

Limits: docs.x.com/fundamentals/counting-characters (280), docs.joinmastodon.org (500), lexicon app.bsky.feed.post (300
graphemes and 3,000 bytes), Threads API (500), LinkedIn (3,000), Telegram (4,096). How each counts: `counting`.
Addresses: docs.x.com (web intents), share.joinmastodon.org, docs.bsky.app (intent links), developers.facebook.com
(Threads web intents), faq.whatsapp.com (click to chat), core.telegram.org (share button), RFC 6068 (mailto). LinkedIn
and Facebook take an address only: the text is copied by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

from .counting import length


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


def fits(network: str, text: str) -> bool:
    """Whether the network takes a text of this length."""
    known = NETWORKS[network]
    small = not known.most_bytes or len(text) * 4 <= known.most_bytes or len(text.encode()) <= known.most_bytes
    return small and (not known.limit or length(network, text) <= known.limit)


def opened(network: str, *, text: str, link: str, title: str) -> str:
    """The address that opens the network with the text ready; with the link alone where the text makes it too long."""
    known = NETWORKS[network]
    text = text.replace("\n", "\r\n") if known.open.startswith("mailto:") else text  # RFC 6068, 5
    values = {"text": text, "link": link, "title": title}
    address = _filled(known.open, values)
    if len(address) <= known.longest:
        return address
    return _filled(known.open, values | {"text": "" if known.link_apart else link, "title": ""})


def at_instances(text: str, hosts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The Mastodon servers that the operator named, each with the address that opens it."""
    return tuple((host, INSTANCE.replace("{host}", host).replace("{text}", _quoted(text))) for host in hosts)


def _filled(form: str, values: Mapping[str, str]) -> str:
    return form.format(**{name: _quoted(value) for name, value in values.items() if f"{{{name}}}" in form})


def _quoted(text: str) -> str:
    """Line by line: of one text for several networks, only the line of the link differs."""
    return "%0A".join(map(_quoted_line, text.split("\n")))


@lru_cache(maxsize=256)
def _quoted_line(line: str) -> str:
    return quote(line, safe="")
