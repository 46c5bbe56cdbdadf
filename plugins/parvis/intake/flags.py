"""What the pull notices about an item, so that a person looks twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from ..model import Item
from ..options import Moderation
from .body import Body

FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "no-date": "The source gives no date; the day of its acceptance will be its date.",
        "no-words": "There is nothing to read, perhaps a picture alone.",
        "long": "It is longer than 2,000 words, or was cut for its length.",
        "links": "It holds more than 3 links.",
        "contact": "An e-mail address or a telephone number was masked in it.",
        "mixed-script": "A word of its title, its author's name or a host mixes alphabets, as forgeries do.",
        "minor": "Its author seems to be younger than 18.",
        "low-rating": "It gives 1 or 2 of 5.",
        "sensitive": "Its author or its source put a warning on it.",
        "no-quote": "Its author does not let everybody quote it.",
        "no-index": "Its author does not want to be found by search engines.",
        "double": "Another item here has the same address, or says nearly the same.",
        "flood": "Its source brought many at once, far more than it is used to.",
        "ahead": "Its date is still to come.",
        "re-dated": "Its source moved its date on after it came, as if it were new.",
        "namesake": "Its author has the name of an approved one, and another account.",
        "source-changed": "Its source is another one than before: another language, subject or owner.",
        "other-author": "Upstream another account signs it now; only in proposals.",
        "gone": "Upstream it is no more; only in proposals.",
        "no-alt": "A picture of it says nothing to who cannot see it: write `alt:` in its `media:`.",
        "word:watch": "It holds a word of content/moderation.yml to watch.",
        "word:senior": "It holds a word of content/moderation.yml that asks for a senior.",
        "word:block": "It holds a word of content/moderation.yml that nobody should publish without a good reason.",
    }
)
MOST_LINKS = 3
MOST_WORDS = 2_000
LOW = 2
OF_AGE = 18
AGE = re.compile(r"\b(?:j'ai|je n'ai que|i am|i'm|age de|agee de|aged)\s+(\d{1,2})\s+(?:ans|years|yo|y/o)\b")
YEARS = ("ans", "years", "yo", "y/o")
ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
UNITS = "μΩΔπ"
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def notice(item: Item, body: Body, words: Words, masked: bool) -> Iterator[str]:
    """The flags of an item, in the order of `FLAGS`. `masked` says that its title or its author held a contact."""
    said = folded("\n".join((item.title, item.author.name, *item.tags, *_reviewed(item), body.words)))
    ages = [int(age) for age in AGE.findall(said)] if any(unit in said for unit in YEARS) else []
    found = {
        "no-date": item.published is None,
        "no-words": not body.words,
        "long": body.cut or (len(body.words) > 2 * MOST_WORDS and len(body.words.split()) > MOST_WORDS),
        "links": body.links > MOST_LINKS,
        "contact": masked or body.masked,
        "mixed-script": any(map(mixed, (item.title, item.author.name, *map(_host, (item.url, item.author.url))))),
        "minor": any(age < OF_AGE for age in ages),
        "low-rating": bool(item.review and item.review.rating and item.review.rating <= LOW),
    } | {f"word:{severity}": pattern.search(said) is not None for severity, pattern in words.items()}
    found |= dict.fromkeys(item.signals, True)
    return (flag for flag in FLAGS if found.get(flag))


Words = Mapping[str, re.Pattern[str]]


def words_of(moderation: Moderation) -> Words:
    """The brand's words by severity. Those of all languages count: what a feed says of its language is often wrong."""
    severities = ("watch", "senior", "block")
    listed = {s: [w for by in moderation.words.values() for w in by.get(s, ())] for s in severities}
    return {severity: pattern(words) for severity, words in listed.items() if any(map(folded, words))}


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some words in folded text, whole; a space in a word stands for any space."""
    alternatives = (r"\s+".join(map(re.escape, folded(word).split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(filter(None, alternatives))})(?!\w)")


def folded(text: str) -> str:
    """Text in which accents, capitals and the forms of letters and apostrophes make no difference."""
    if text.isascii():
        return text.lower()
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold().replace("’", "'").replace("ʼ", "'")


def mixed(text: str) -> bool:
    """Whether a word of the text mixes alphabets that look alike."""
    if text.isascii():
        return False
    return any(len({script for c in word if (script := _script(c))}) > 1 for word in re.findall(r"[^\W\d_]+", text))


def _script(letter: str) -> str:
    if letter in UNITS:
        return ""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in SCRIPTS else ""


def _host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def _reviewed(item: Item) -> tuple[str, ...]:
    return (item.review.product, item.review.role, item.review.reward) if item.review else ()
