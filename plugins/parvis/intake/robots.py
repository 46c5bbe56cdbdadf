"""What a site's robots.txt lets us read (RFC 9309). It is asked for pages, never for feeds or APIs: those are there to
be read by programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from ..errors import Unread
from .http import Client

US = "parvis"
MOST = 512 * 1024  # bytes of a robots.txt that count
RULES = ("allow", "disallow")


@dataclass
class Robots:
    """The rules of each site that was asked about in this run."""

    client: Client
    known: dict[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)

    async def allow(self, url: str, home: str = "") -> bool:
        """Whether a page may be read. Where the rules cannot be had (5xx, silence) it may not; without any it may."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.known:
            self.known[site] = await self._asked(f"{site}/robots.txt", home)
        return allowed(self.known[site], (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))

    async def _asked(self, url: str, home: str) -> tuple[tuple[str, bool], ...]:
        try:
            answer = await self.client.get(url, home=home)
        except Unread as unread:
            return () if 400 <= unread.status < 500 and unread.status != 429 else (("/", False),)
        return rules(answer.body[:MOST].decode("utf-8", "replace"))


def rules(text: str, us: str = US) -> tuple[tuple[str, bool], ...]:
    """The paths of our group, else of the group for all: each with whether it may be read."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    named: list[str] = []
    listing = False
    for key, value in _lines(text.splitlines()):
        if key == "user-agent":
            named = [*([] if listing else named), value.lower().partition("/")[0].strip()]
            listing = False
            for name in named:
                groups.setdefault(name, [])
        elif key in RULES:
            listing = True
            for name in named:
                groups[name].append((value, key == "allow"))
    return tuple(rule for rule in groups.get(us, groups.get("*", [])) if rule[0])


def allowed(listed: Iterable[tuple[str, bool]], path: str) -> bool:
    """By the longest rule that fits; of two as long, the one that allows."""
    plain = unquote(path)
    fitting = [(len(rule), allows) for rule, allows in listed if _fits(rule, path) or _fits(unquote(rule), plain)]
    return max(fitting, default=(0, True))[1]


def _fits(rule: str, path: str) -> bool:
    ends = rule.endswith("$")
    first, *others = (rule[:-1] if ends else rule).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(others, 1):
        last = ends and number == len(others)
        found = path.rfind(part) if last else path.find(part, at)
        if found < at or (last and found + len(part) != len(path)):
            return False
        at = found + len(part)
    return not ends or bool(others) or at == len(path)


def _lines(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        key, mark, value = re.sub(r"#.*", "", line.lstrip("\ufeff")).partition(":")
        if mark:
            yield key.strip().lower(), value.strip()
