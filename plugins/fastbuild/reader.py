"""Pelican's reader of Markdown with one instance of it for all files, tuned; the same HTML and metadata.

For READERS, or the signal `readers_init`. Where the setting MARKDOWN has what `fastbuild.markdown` does not know, each
file gets an instance of its own, as in Pelican.
"""

from __future__ import annotations

import re
from typing import Any

import pelican.readers
from markdown import Markdown

from .markdown import Tuned, is_short
from .reading import sources

NAME = "fastbuild.markdown"
PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:!?()'’«»…\u00a0–—-](?!\Z)|[.!?…»]\Z)*")
"""One line of words, in which no part of Python-Markdown but `smarty`, and `abbr` with a glossary, finds anything."""


class MarkdownReader(pelican.readers.MarkdownReader):
    """Of Pelican's name, which stands in the metadata `reader`."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self._kept: tuple[str, Markdown | None] = ("", None)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        kept = self._instance()
        if kept is None:
            read: tuple[str, dict[str, Any]] = super().read(source_path)
            return read
        self._source_path, self._md = source_path, Fields(kept)
        text = self.wanted(sources.text(source_path))
        try:
            content = kept.reset().convert(text)
            return content, self._parse_metadata(vars(kept)["Meta"])
        except BaseException:
            self._kept = ("", None)  # it may be left half-way
            raise

    def wanted(self, text: str) -> str:
        """What of a file becomes HTML and metadata."""
        return text

    def _instance(self) -> Markdown | None:
        """None where another one for each file could make a difference, or none of it would be faster."""
        given = self.settings["MARKDOWN"]
        said = repr(given)
        if said != self._kept[0]:
            named = all(isinstance(each, str) for each in given["extensions"])
            self._kept = (said, _made(given) if named else None)
        return self._kept[1]


class Fields:
    """An instance as Pelican formats fields with it: with the reading of metadata taken out, one field at a time."""

    def __init__(self, md: Markdown) -> None:
        self._md = md
        glossaries = (getattr(each, "glossary", ()) for each in md.registeredExtensions)
        self._asked = "smarty" in md.treeprocessors or any(glossaries)
        self.preprocessors = self

    def deregister(self, name: str) -> None:
        """Only meanwhile: see `convert`."""

    def reset(self) -> None:
        """Only before a field that asks for it."""

    def convert(self, text: str) -> str:
        if not self._asked and PLAIN.fullmatch(text):
            return f"<p>{text}</p>"
        self._md.reset()
        meta: Any = self._md.preprocessors["meta"]
        meta.awake = False
        try:
            return self._md.convert(text)
        finally:
            meta.awake = True


def _made(given: dict[str, Any]) -> Markdown | None:
    """An instance that a text leaves nothing in for the next: footnotes that are to be unique are counted on."""
    more = [] if NAME in given["extensions"] else [Tuned()]
    md = Markdown(**{**given, "extensions": [*given["extensions"], *more]})
    md.convert("a")
    counted = any(getattr(each, "config", {}).get("UNIQUE_IDS", [False])[0] for each in md.registeredExtensions)
    return md if is_short(md) and not counted else None
