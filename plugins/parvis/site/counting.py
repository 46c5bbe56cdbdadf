"""How long a text is, as each network counts it.

- X: twitter-text 3.1, version 3 of its weights: Latin and its neighbours 1, all else 2, an emoji 2, a link 23; NFC.
- Mastodon: what a reader sees as one character; a link counts 23, @name@server only @name
  (app/validators/status_length_validator.rb of mastodon/mastodon).
- Bluesky: what a reader sees as one character, links as they are written, as the record of a post is checked
  (lexicon app.bsky.feed.post: 300 graphemes, and 3,000 bytes). Its own app shows links shorter, other clients do not.
- Threads: characters, but an emoji for its bytes (developers.facebook.com, Threads posts: limitations).
- LinkedIn: UTF-16 units, as its editor and schedulers count. Telegram: characters (core.telegram.org, config:
  message_length_max, in code points). The others set no limit that matters: characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

import regex

from .emoji import EMOJI
from .linking import Rule, links, rule_of_mastodon, rule_of_x

LINK = 23
PLAIN = re.compile("[\n -~\xa0-\u02ff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf]*")
"""Characters that nothing joins. Nearly every text has no others, and they are many times as fast to count."""
HEAVY = re.compile("[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
CLUSTER = regex.compile(r"\X")
MARKS = r"[\p{InCB=Extend}\p{InCB=Linker}]*"
LOOSE = regex.compile(rf"(?<!\p{{InCB=Consonant}}{MARKS})\p{{InCB=Linker}}{MARKS}\p{{InCB=Consonant}}")
"""A letter of India after a joiner that follows no letter: two clusters (rule GB9c), which `regex` takes for one."""
PICTURE = regex.compile(r"\p{Emoji_Presentation}|\p{Regional_Indicator}|\p{Emoji}\ufe0f|\u20e3")
MENTION = re.compile(
    r"(?<![=/\w])(@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@[\w.-]+\w)?(?![@＠À-ÖØ-öø-ÿ]|://)", re.IGNORECASE
)


def of_x(text: str) -> int:
    text = unicodedata.normalize("NFC", text)
    count, rest = _without_links(text, rule_of_x())
    whole = rest if PLAIN.fullmatch(rest) else EMOJI.sub("\U0001f600", rest)
    return LINK * count + len(whole) + len(HEAVY.findall(whole))


def of_mastodon(text: str) -> int:
    count, rest = _without_links(text, rule_of_mastodon())
    return LINK * count + graphemes(MENTION.sub(r"\1", rest) if "@" in rest else rest)


def of_threads(text: str) -> int:
    if PLAIN.fullmatch(text):
        return len(text)
    return sum(len(part.encode()) if PICTURE.search(part) else len(part) for part in CLUSTER.findall(text))


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def graphemes(text: str) -> int:
    """What a reader sees as single characters: Unicode's extended grapheme clusters (UAX 29)."""
    if PLAIN.fullmatch(text):
        return len(text)
    return len(CLUSTER.findall(text)) + len(LOOSE.findall(text))


COUNTS: Mapping[str, Callable[[str], int]] = {
    "x": of_x, "mastodon": of_mastodon, "bluesky": graphemes, "threads": of_threads, "linkedin": units,
}  # fmt: skip


def length(network: str, text: str) -> int:
    """The length of a text as the network counts it."""
    count = COUNTS.get(network)
    return _counted(count, text) if count else len(text)


@lru_cache(maxsize=1024)
def _counted(count: Callable[[str], int], text: str) -> int:
    return count(text)


def _without_links(text: str, rule: Rule) -> tuple[int, str]:
    """How many links there are, and the text without them."""
    count, rest, end, place = 0, [], 0, 0
    for word in text.split() if "://" in text or (rule.bare and "." in text) else ():
        place = text.index(word, place)
        for link in links(word, rule) if "." in word[:-1] else ():
            start = text.index(link, max(place, end))
            rest.append(text[end:start])
            count, end = count + 1, start + len(link)
        place += len(word)
    return count, "".join([*rest, text[end:]])
