"""The HTML in feeds, as validators and careful readers want it: a few harmless tags, every address whole."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ..html import PICTURES, TAGS
from .values import Value

HARMLESS = {
    "abbr", "alt", "cite", "class", "colspan", "datetime", "dir", "height", "href", "hreflang", "id", "lang", "rel",
    "rowspan", "scope", "sizes", "src", "srcset", "start", "title", "width",
}  # fmt: skip
"""Attributes that neither run, load nor style; the validator's list is longer by those of forms, frames and tables."""
LEADING = {"href", "cite", "src"}
WEB = re.compile(r"https?://[^\s/]")
CANDIDATES = re.compile(r",\s+")


class Looking(HTMLParser):
    """Notes the first thing in some HTML that a feed must not have."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS | PICTURES:
            self._note(f"an element <{tag}>, which readers drop or fear")
        for name, given in attrs:
            value = given or ""
            if name not in HARMLESS:
                self._note(f"an attribute {name} of <{tag}>, which readers drop or fear")
            leads = [value] if name in LEADING else []
            leads += [part.split()[0] for part in CANDIDATES.split(value) if part.strip()] if name == "srcset" else []
            for lead in leads:
                if not WEB.match(lead):
                    self._note(f"an address that is not whole: {lead[:60]}")

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        self._note("a comment")

    def handle_decl(self, decl: str) -> None:
        self._note("a declaration")

    def handle_pi(self, data: str) -> None:
        self._note("a processing instruction")

    def _note(self, what: str) -> None:
        self.found = self.found or what


def harmless(value: Value) -> str:
    """What is wrong with the HTML of an entry, '' where nothing is."""
    looking = Looking()
    looking.feed(value.text)
    looking.close()
    return looking.found
