"""What each network takes: how long a text may be, how it counts, and the address that opens with the text ready.

Limits and counting: docs.joinmastodon.org (500, a link counts 23), docs.bsky.app (300 graphemes),
docs.x.com/fundamentals/counting-characters (280, a link counts 23, most non-Latin characters and emoji count 2),
Threads API (500). LinkedIn and Facebook take an address only: the text is copied by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

LINK = re.compile(r"https?://\S+")
LINK_LENGTH = 23
WIDE = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""twitter-text 3.1: the ranges that weigh 1."""
PICTURE = "[\u203c-\u3299\U0001f000-\U0001faff]"
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    f"|{PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d{PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff]*)+"
    f"|{PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]+"
)
JOINING = re.compile("[^\0-\u02ff\u2000-\u200c\u200e-\u20cf\u2100-\u3029]")


@dataclass(frozen=True, slots=True)
class Network:
    """`limit` is 0 where there is none that matters; `open` takes {text}, {link} and {title}, already quoted."""

    name: str
    limit: int = 0
    open: str = ""
    text_only_by_hand: bool = False


NETWORKS: Mapping[str, Network] = MappingProxyType({
    "mastodon": Network("Mastodon", 500, "https://share.joinmastodon.org/#text={text}"),
    "bluesky": Network("Bluesky", 300, "https://bsky.app/intent/compose?text={text}"),
    "x": Network("X", 280, "https://x.com/intent/post?text={text}"),
    "threads": Network("Threads", 500, "https://www.threads.net/intent/post?text={text}"),
    "linkedin": Network("LinkedIn", 3000, "https://www.linkedin.com/sharing/share-offsite/?url={link}", True),
    "facebook": Network("Facebook", 0, "https://www.facebook.com/sharer/sharer.php?u={link}", True),
    "whatsapp": Network("WhatsApp", 0, "https://wa.me/?text={text}"),
    "telegram": Network("Telegram", 4096, "https://t.me/share/url?url={link}&text={text}"),
    "email": Network("E-mail", 0, "mailto:?subject={title}&body={text}"),
})  # fmt: skip


@lru_cache(maxsize=64)
def length(network: str, text: str) -> int:
    """The length of a text as the network counts it."""
    if network == "bluesky":
        return _graphemes(text)
    if network not in ("x", "mastodon"):
        return len(text)
    links = LINK.findall(text)
    rest = LINK.sub("", unicodedata.normalize("NFC", text))
    return LINK_LENGTH * len(links) + (_weight(rest) if network == "x" else _graphemes(rest))


def opened(network: str, *, text: str, link: str, title: str) -> str:
    """The address that opens the network with the text ready."""
    form, values = NETWORKS[network].open, {"text": text, "link": link, "title": title}
    return form.format(**{name: _quoted(value) for name, value in values.items() if f"{{{name}}}" in form})


def _quoted(text: str) -> str:
    """Line by line: of one text for several networks, only the line of the link differs."""
    return "%0A".join(map(_quoted_line, text.split("\n")))


@lru_cache(maxsize=256)
def _quoted_line(line: str) -> str:
    return quote(line, safe="")


def _graphemes(text: str) -> int:
    """What a reader sees as single characters (UAX 29, as far as combining marks, joiners, modifiers and flags go)."""
    if not JOINING.search(text):
        return len(text)
    count, joined, flag = 0, False, False
    for character in text:
        extends = unicodedata.category(character) in ("Mn", "Me", "Mc") or character in "\u200d\ufe0f"
        extends = extends or 0x1F3FB <= ord(character) <= 0x1F3FF or 0xE0020 <= ord(character) <= 0xE007F
        half = 0x1F1E6 <= ord(character) <= 0x1F1FF
        if not (extends or joined or (half and flag)):
            count += 1
        joined, flag = character == "\u200d", half and not flag
    return count


def _weight(text: str) -> int:
    """X counts 1 for Latin and its neighbours, 2 for the rest; an emoji is 2 however many parts it has."""
    whole = EMOJI.sub("\U0001f600", text)
    return len(whole) + len(WIDE.findall(whole))
