"""Links from one content to another, where they are spelt in the plainest way: what Pelican makes of them, without
taking them apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlunparse

from pelican.contents import Content

NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*"
PATH, URL = re.compile(rf"/(?:{NAME}/)*{NAME}"), re.compile(rf"(?:{NAME}/)*{NAME}/?")
"""With nothing in them that a URL is cut at, that stands for something else, or that leads upwards."""
LINKED = {"filename": "generated_content", "static": "static_content"}


def replaced(content: Content, siteurl: str, link: re.Match[str]) -> str | None:
    """As Pelican's `_link_replacer`; None where that is to be asked."""
    key, path = LINKED.get(link["what"]), link["value"]
    if key is None or not PATH.fullmatch(path) or content.settings["RELATIVE_URLS"]:
        return None
    linked = content._context[key].get(path[1:])
    url: Any = linked.url if linked is not None else None
    start = _start(siteurl)
    if not start or type(url) is not str or not URL.fullmatch(url):
        return None
    return f"{link['markup']}{link['quote']}{start}{url}{link['quote']}"


@lru_cache(maxsize=16)
def _start(siteurl: str) -> str:
    """What stands before all plain URLs of a site; nothing where that is not so."""
    start = siteurl if siteurl.endswith("/") else f"{siteurl}/"
    whole = urlunparse(("", "", urljoin(start, "a/b.c"), "", "", ""))
    return start if whole == f"{start}a/b.c" else ""
