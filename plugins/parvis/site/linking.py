"""What X and Mastodon take for a link, and so count 23 for, however long it is.

X: the open rule twitter-text 3.1, the names of top-level domains included: an address whose domain ends in none of
them (`.example`) is plain text there. Mastodon builds on the same rule: it wants https:// and takes more in a path.
A scheme of another kind (xmpp:, magnet:) never stands in our texts and is not looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

LONGEST, LONGEST_LABEL, LONGEST_TCO = 4096, 63, 40
MOST_DOTS = 60
"""In one word. To look for a link in a word of nothing but dots and letters takes time with their third power."""
ACCENTS = (
    "À-ÖØ-öø-ÿ\u0100-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    "\u0300-\u036f\u1e00-\u1eff"
)
LETTERS = f"a-zA-Z0-9\u0400-\u04ff{ACCENTS}"
INVALID, TURNS = "\ufffe\ufeff\uffff", "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
NO_DOMAIN = (
    r"!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$\x09-\x0d\x20\x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    f"{INVALID}{TURNS}"
)
BEFORE = f"(?:[^A-Za-z0-9@＠$#＃{INVALID}]|[{TURNS}]|^)"
QUERY = r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-zA-Z0-9\-_&=#/]"
TCO = re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{QUERY})?")
ENDS_WITHOUT_SCHEME = ("-", "_", ".", "/")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How one network finds links. `bare` tells whether an address without https:// is one.

    Each is made once, and equals itself alone: to compare or hash so long a pattern takes a millisecond.
    """

    link: re.Pattern[str]
    bare: bool


@cache
def _ending() -> str:
    """A top-level domain, the longest first, and what may stand after it."""
    names = Path(__file__).with_name("tlds.txt").read_text(encoding="utf-8").split()
    return f"(?:(?i:{'|'.join(sorted(names, key=len, reverse=True))})(?=[^0-9a-zA-Z@+-]|$)|xn--[-0-9a-z]+)"


def _rule(schemes: str, path: str, query: str, *, bare: bool) -> Rule:
    part = f"[^{NO_DOMAIN}]"
    domain = f"(?:(?:{part}(?:[_-]|{part})*)?{part}\\.)*(?:(?:{part}(?:-|{part})*)?{part}\\.){_ending()}"
    shape = f"(?P<before>{BEFORE})(?P<link>(?P<scheme>(?i:{schemes})://)?(?P<domain>{domain})(?::[0-9]+)?"
    return Rule(re.compile(f"{shape}(?P<path>/(?:{path})*)?(?:{query})?)"), bare)


def _parens(inside: str) -> str:
    """Brackets in pairs, one pair deep in another."""
    return rf"\((?:{inside}+|{inside}*\({inside}+\){inside}*)\)"


@cache
def rule_of_x() -> Rule:
    inside = rf"[{LETTERS}!*';:=+,.$/%#\[\]\-–_~@|&]"
    parens = _parens(inside)
    path = f"{inside}*(?:{parens}{inside}*)*[{LETTERS}+\\-=_#/]|{parens}|@{inside}+/"
    return _rule("https?", path, QUERY, bare=True)


@cache
def rule_of_mastodon() -> Rule:
    """After config/initializers/twitter_regex.rb of mastodon/mastodon."""
    inside, wide = r"[^\s<>()?]", "\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\uffef\U00010000-\U0010fffd"
    parens, end = _parens(inside), r"[^\s()?!*\"'「」<>;:=,.$%\[\]~&|@]"
    path = f"{inside}*(?:{parens}{inside}*)*(?:{end}|{parens})|{inside}+/"
    query = rf"\?[a-zA-Z0-9!?*'();:&=+$/%#\[\]\-_.,~|@^{wide}]*[a-zA-Z0-9_&=#/\-{wide}]"
    return _rule("https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini", path, query, bare=False)


@lru_cache(maxsize=4096)
def links(word: str, rule: Rule) -> tuple[str, ...]:
    """The links in a text without white space, in their order."""
    if not 0 < word.count(".") <= MOST_DOTS or len(word) > LONGEST or not (rule.bare or "://" in word):
        return ()
    return tuple(link for found in rule.link.finditer(word) for link in _links(found, rule))


def _links(found: re.Match[str], rule: Rule) -> list[str]:
    link, domain, before = found["link"], found["domain"], found["before"]
    if not _resolves(domain) or (not found["scheme"] and (not rule.bare or before.endswith(ENDS_WITHOUT_SCHEME))):
        return []
    if not found["scheme"]:
        return _bare(link, domain, found["path"] or "")
    short = TCO.match(link)
    if short and rule.bare:
        return [] if len(short[1]) > LONGEST_TCO else [short[0]]
    return [link]


def _bare(link: str, domain: str, path: str) -> list[str]:
    """Of an address without a scheme, X takes the names in Latin letters, and the path after the last of them."""
    named = _latin().findall(domain)
    return [*named[:-1], link.replace(domain, named[-1], 1) if path else named[-1]] if named else []


@cache
def _latin() -> re.Pattern[str]:
    return re.compile(f"(?:[-a-zA-Z0-9{ACCENTS}]+\\.)+{_ending()}")


def _resolves(domain: str) -> bool:
    """Whether each part is short enough for a name server, written as one does it (RFC 3492)."""
    return all(len(_written(label)) <= LONGEST_LABEL for label in domain.split("."))


def _written(label: str) -> bytes:
    return label.encode() if label.isascii() else b"xn--" + label.encode("punycode")
