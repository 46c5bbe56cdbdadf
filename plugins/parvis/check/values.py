"""What a value in a feed must be like; each rule says what is wrong, or ''.

They are the W3C validator's (github.com/w3c/feedvalidator, validators.py), its warnings too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Value:
    """A text of a feed. `told`: its line has hexadecimal references, by which RSS tells text from markup."""

    text: str
    now: datetime
    told: bool = False


Rule = Callable[[Value], str]

ADDRESS = r"[0-9A-Za-z;/?:@&=+$.\-_!~*'()%,#]"
WHOLE = re.compile(rf"[A-Za-z][0-9A-Za-z+.-]*:(//)?{ADDRESS}+")
TAG = re.compile(r"tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d){0,2}:" + ADDRESS.replace("#", "") + "*(#.*)?")
WEB = re.compile(rf"https?://([0-9A-Za-z-]+\.)+[0-9A-Za-z-]+(:\d+)?(/{ADDRESS}*)?")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(\s*;\s*[\w.+-]+=[\w.+-]+)*")
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d\d[03]0")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
END_TAG = re.compile(r"</\w+>")
REFERENCE = re.compile(r"&(#|\w+;)")
LIKE_MARKUP = re.compile(r"&#[x0-9]|<[/A-Za-z]")
BROKEN = re.compile("[\x80-\x9f\ufffd]")
BEGINNING, AHEAD = 1990, timedelta(minutes=10)
DEFAULT_PORTS = {"http": 80, "https": 443}


def address(value: Value) -> str:
    """A whole URI of ASCII (RFC 3986); an address in other letters is percent-encoded first."""
    text = value.text
    if text.startswith("tag:"):
        return "" if TAG.fullmatch(text) else f"'{text}' is no tag: URI (RFC 4151)"
    if not WHOLE.fullmatch(text):
        return f"the address '{text}' is not whole, or not percent-encoded"
    return f"the address '{text}' has no host" if re.match(r"https?:(?!//[^/])", text) else ""


def canonical(value: Value) -> str:
    """An id of Atom is compared letter by letter, so it is in its normal form (RFC 3986, 6.2)."""
    found = address(value)
    parts = urlsplit(value.text)
    if found or not parts.netloc:
        return found
    tidy = (
        value.text.startswith(parts.scheme)
        and parts.netloc == parts.netloc.lower()
        and parts.port != DEFAULT_PORTS.get(parts.scheme)
        and parts.path
        and not re.search(r"/\.{1,2}(/|$)|%[0-9A-F]?[a-f]", parts.path)
    )
    return "" if tidy else f"the id '{value.text}' is not in its normal form"


def web(value: Value) -> str:
    return "" if WEB.fullmatch(value.text) else f"'{value.text}' is no web address with a domain"


def rfc822(value: Value) -> str:
    """RFC 822 as RSS has it, with years of four digits; the day of the week is the date's."""
    if not RFC_822.fullmatch(value.text):
        return f"the date '{value.text}' is not as RFC 822 writes it"
    try:
        moment = parsedate_to_datetime(value.text)
    except ValueError:
        return f"the date '{value.text}' does not exist"
    if moment.strftime("%a") != value.text[:3]:
        return f"the date '{value.text}' names another day of the week"
    return _plausible(moment, value)


def rfc3339(value: Value) -> str:
    if not RFC_3339.fullmatch(value.text):
        return f"the date '{value.text}' is not as RFC 3339 writes it"
    try:
        moment = datetime.fromisoformat(value.text)
    except ValueError:
        return f"the date '{value.text}' does not exist"
    return _plausible(moment, value)


def _plausible(moment: datetime, value: Value) -> str:
    if moment.year < BEGINNING:
        return f"the date '{value.text}' is before {BEGINNING}"
    return f"the date '{value.text}' is in the future" if moment > value.now + AHEAD else ""


def language(value: Value) -> str:
    return "" if LANGUAGE.fullmatch(value.text) else f"'{value.text}' is no language code"


def media_type(value: Value) -> str:
    return "" if MEDIA_TYPE.fullmatch(value.text) else f"'{value.text}' is no media type"


def size(value: Value) -> str:
    return "" if re.fullmatch(r"[1-9]\d*", value.text) else f"'{value.text}' is no number above 0"


def filled(value: Value) -> str:
    return "" if value.text.strip() else "nothing in it"


def plain(value: Value) -> str:
    """Text that no reader can take for HTML. Of references it may have what its line tells apart as RSS does."""
    text = value.text
    if END_TAG.search(text):
        return f"markup in what is text: {text[:60]}"
    return f"not told apart from HTML: {text[:60]}" if REFERENCE.search(text) and not value.told else ""


def profiled(value: Value) -> str:
    """`plain` as RSS wants it: what begins like markup is told apart as well (rssboard.org/rss-profile)."""
    like = LIKE_MARKUP.search(value.text) and not value.told
    return plain(value) or (f"not told apart from HTML: {value.text[:60]}" if like else "")


def whole_letters(value: Value) -> str:
    """No letter that was lost or read in a wrong encoding."""
    found = BROKEN.search(value.text)
    return f"the character U+{ord(found[0]):04X}, which stands for no letter" if found else ""


def one_of(*words: str) -> Rule:
    def rule(value: Value) -> str:
        return "" if value.text in words else f"'{value.text}' is none of {', '.join(words)}"

    return rule


def at_most(limit: int) -> Rule:
    def rule(value: Value) -> str:
        return size(value) or (f"{value.text} is more than {limit}" if int(value.text) > limit else "")

    return rule
