"""Preprocessors that leave alone a text in which there is nothing for them."""

from __future__ import annotations

import re
from typing import Any

from markdown.extensions.meta import BEGIN_RE, END_RE, META_MORE_RE, META_RE, MetaPreprocessor
from markdown.preprocessors import NormalizeWhitespace, Preprocessor
from markdown.util import ETX, STX

from .twin import Twin

ENDS = ("---", "...")
MARKUP = re.compile(r"<[a-zA-Z/!?]|&#")
SPACES = re.compile(r"\n +\n")
BLANK = re.compile(r"(?<=\n) +\n")
"""Python looks for the first one much faster."""


class Whitespace(Twin, NormalizeWhitespace):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if STX in source or ETX in source:
            source = source.replace(STX, "").replace(ETX, "")
        if "\r" in source:
            source = source.replace("\r\n", "\n").replace("\r", "\n")
        source += "\n\n"
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        if SPACES.search(source):
            source = BLANK.sub("\n", source)
        return source.split("\n")


class Meta(Twin, MetaPreprocessor):
    """Can be told to let metadata be, as if it were not registered."""

    awake = True

    def run(self, lines: list[str]) -> list[str]:
        if not self.awake:
            return lines
        found: dict[str, list[str]] = {}
        values: list[str] = []
        end = int(bool(lines) and BEGIN_RE.match(lines[0]) is not None)
        for line in lines[end:]:
            if not line.strip() or (line.startswith(ENDS) and END_RE.match(line)):
                end += 1
                break
            if field := META_RE.match(line):
                values = found.setdefault(field["key"].lower(), [])
                values.append(field["value"].strip())
            elif found and (more := META_MORE_RE.match(line)):
                values.append(more["value"].strip())
            else:
                break
            end += 1
        self.md.Meta = found  # type: ignore[attr-defined]
        return lines[end:]


class Html(Twin, Preprocessor):
    """Without the beginning of a tag or of a number of a character, an HTML parser hands on what it is given."""

    _own: Any

    @classmethod
    def like(cls, part: Any) -> Html:
        twin = super().like(part)
        twin._own = part
        return twin

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if MARKUP.search(source) if "<" in source else "&#" in source:
            found: list[str] = self._own.run(lines)
            return found
        return source.split("\n")
