"""Addresses in markup, made complete: what leads on from a page must lead there from another one, too."""

from __future__ import annotations

import re
from html import escape, unescape

from .values import web

LINK = re.compile(r"""(<[a-zA-Z][^<>]*?\s(?:href|src|cite)\s*=\s*)("[^"<>]*"|'[^'<>]*')""", re.IGNORECASE)
COMPLETE = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|#|$)")


def completed(html: str, base: str) -> str:
    """Markup whose relative addresses are resolved against the page it stands on; as it is where `base` is ""."""
    return LINK.sub(lambda link: link[1] + _complete(link[2], base), html) if base else html


def _complete(quoted: str, base: str) -> str:
    """A quoted address, resolved where it is relative."""
    address = unescape(quoted[1:-1])
    return quoted if COMPLETE.match(address) else f'"{escape(web(address, base))}"'
