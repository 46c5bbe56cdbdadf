"""Stashed HTML goes back to where it was taken from, by a look for its own sign."""

from __future__ import annotations

import re
from typing import Any

from markdown.postprocessors import Postprocessor

from .twin import Twin

PLACEHOLDER = re.compile("\x02wzxhzdk:([0-9]+)\x03")


class RawHtml(Twin, Postprocessor):
    """The library looks for a paragraph of a placeholder or a placeholder; what follows a paragraph's tag is both."""

    _own: Any

    @classmethod
    def like(cls, part: Any) -> RawHtml:
        twin = super().like(part)
        twin._own = part
        return twin

    def run(self, text: str) -> str:
        return self._restored(text) if self.md.htmlStash.html_counter else text

    def _restored(self, text: str) -> str:
        stash, pieces, done = self.md.htmlStash, list[str](), 0
        for found in PLACEHOLDER.finditer(text):
            start, end = found.span()
            wrapped = start - 3 >= done and text.startswith("<p>", start - 3) and text.startswith("</p>", end)
            if int(found[1]) >= stash.html_counter:
                continue
            html = self._own.stash_to_string(stash.rawHtmlBlocks[int(found[1])])
            if wrapped:
                start, end = start - 3, end + 4
                if not self._own.isblocklevel(html):
                    html = f"<p>{html}</p>"
            pieces += [text[done:start], self._restored(html) if "\x02" in html else html]
            done = end
        return "".join([*pieces, text[done:]])
