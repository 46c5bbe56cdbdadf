"""Pelican's reader of Markdown with one instance of it for all files, tuned; the same HTML and metadata.

For READERS, or the signal `readers_init`. Where the setting MARKDOWN has what `fastbuild.markdown` does not know, each
file gets an instance of its own, as in Pelican.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pelican.readers
from markdown import Markdown

from . import watching
from .ahead import USUAL, Meta
from .reading import sources

SAID = repr(USUAL)
PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:!?()'’«»…\u00a0–—-](?!\Z)|[.!?…»]\Z)*")
"""One line of words, in which no part of Python-Markdown but `smarty`, and `abbr` with a glossary, finds anything."""


class MarkdownReader(pelican.readers.MarkdownReader):
    """Of Pelican's name, which stands in the metadata `reader`."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self._kept: tuple[str, Markdown | None] = ("", None)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        made = self._ahead(source_path)
        kept = None if made else self._instance()
        if not made and kept is None:
            read: tuple[str, dict[str, Any]] = super().read(source_path)
            return read
        self._source_path, self._md = source_path, Fields(self._instance, asked=kept is not None and _asked(kept))
        text = "" if kept is None else self.wanted(sources.text(source_path))
        try:
            html, meta = made or _converted(kept, text)
            return html, self._parse_metadata(meta)
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
            from .markdown.instance import lasting  # where all was made ahead, it is not needed

            named = all(isinstance(each, str) for each in given["extensions"])
            self._kept = (said, lasting(given) if named else None)
        return self._kept[1]

    def _ahead(self, source_path: str) -> tuple[str, Meta] | None:
        """HTML and metadata, where they were made before."""
        if watching.ahead is None or repr(self.settings["MARKDOWN"]) != SAID:
            return None
        return watching.ahead.take(source_path, sources.known_by(source_path))


def _converted(md: Any, text: str) -> tuple[str, Meta]:
    return md.reset().convert(text), md.Meta


def _asked(md: Markdown) -> bool:
    """Whether something in it looks at plain words too."""
    glossaries = (getattr(each, "glossary", ()) for each in md.registeredExtensions)
    return "smarty" in md.treeprocessors or any(glossaries)


class Fields:
    """An instance as Pelican formats fields with it: with the reading of metadata taken out, one field at a time."""

    def __init__(self, instance: Callable[[], Any], *, asked: bool) -> None:
        self._instance, self._asked = instance, asked
        self.preprocessors = self

    def deregister(self, name: str) -> None:
        """Only meanwhile: see `convert`."""

    def reset(self) -> None:
        """Only before a field that asks for it."""

    def convert(self, text: str) -> str:
        if not self._asked and PLAIN.fullmatch(text):
            return f"<p>{text}</p>"
        md = self._instance()
        md.reset()
        meta: Any = md.preprocessors["meta"]
        meta.awake = False
        try:
            return str(md.convert(text))
        finally:
            meta.awake = True
