"""Python-Markdown, tuned: the same HTML by shorter ways, for any site.

    MARKDOWN = {"extensions": ["fastbuild.markdown", "markdown.extensions.extra", …], …}     # pelicanconf.py
    Markdown(extensions=["extra", Tuned()])                                                    # by code

The library asks twenty processors about each block and each of fifteen patterns about each run of text, most of them
for a sign that stands nowhere in it, walks the tree again for each step, and builds a style sheet for each piece of
code. Here plain text goes straight to where it ends up, and what is not plain goes the library's own way. Where a
part of the instance is not one that this was proven for (`known`), everything goes the library's own way.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from .blocks import Plain
from .code import Fences, Hilite
from .inline import Inline
from .known import recognised, registries
from .source import Html, Meta, Whitespace
from .stash import RawHtml
from .trees import Attributes, Contents, Prettify, Unescape
from .twin import Twin
from .writing import SERIALIZERS

FIRST = 1_000_000.0
TWINS: dict[tuple[str, str], Any] = {
    ("preprocessors", "normalize_whitespace"): Whitespace,
    ("preprocessors", "meta"): Meta,
    ("preprocessors", "fenced_code_block"): Fences,
    ("preprocessors", "html_block"): Html,
    ("treeprocessors", "hilite"): Hilite,
    ("treeprocessors", "inline"): Inline,
    ("treeprocessors", "prettify"): Prettify,
    ("treeprocessors", "attr_list"): Attributes,
    ("treeprocessors", "toc"): Contents,
    ("treeprocessors", "unescape"): Unescape,
    ("postprocessors", "raw_html"): RawHtml,
}
"""What takes the place of which part: a subclass of its class, with all that it holds."""


class Tuned(Extension):
    """`beside` names packages whose processors may stand beside the library's: they keep their place.

    Their patterns and block processors are asked only about text in which something looks like markup.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"beside": [[], "Packages whose processors find nothing in plain text."]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        watch = Watch(md, tuple(f"{package}." for package in self.getConfig("beside")))
        md.preprocessors.register(watch, "fastbuild", FIRST)


class Watch(Preprocessor):
    """Asked first about every text: sees that the short ways are open while, and only while, they lead to the same."""

    def __init__(self, md: Markdown, beside: tuple[str, ...]) -> None:
        super().__init__(md)
        self._beside = beside
        self._seen: list[Any] = []
        self._replaced: list[tuple[Any, str, Any]] = []

    def run(self, lines: list[str]) -> list[str]:
        if self._parts() != self._seen:
            self._close()
            if recognised(self.md, (*self._beside, f"{__name__}.")):
                self._open()
            self._seen = self._parts()
        return lines

    def _parts(self) -> list[Any]:
        md = self.md
        parts: list[Any] = [md.serializer, md.parser]
        for held in registries(md).values():
            held._sort()
            parts += held._priority
            parts += held._data.values()
        return parts

    def _open(self) -> None:
        held = registries(self.md)
        for (registry, name), twin in TWINS.items():
            if name in held[registry]:
                part = held[registry]._data[name]
                held[registry]._data[name] = twin.like(part)
                self._replaced.append((held[registry]._data, name, part))
        held["blockprocessors"].register(Plain(self.md.parser), "fastbuild", FIRST)
        self.md.serializer = SERIALIZERS[self.md.serializer]

    def _close(self) -> None:
        """Gives back what stands where it was put."""
        for held, name, part in self._replaced:
            if isinstance(held.get(name), Twin):
                held[name] = part
        self._replaced.clear()
        self.md.parser.blockprocessors.deregister("fastbuild", strict=False)
        for own, short in SERIALIZERS.items():
            if self.md.serializer is short:
                self.md.serializer = own


def is_short(md: Markdown) -> bool:
    """Whether an instance that has converted something takes the short ways."""
    return isinstance(md.treeprocessors["inline"], Twin)


def makeExtension(**kwargs: Any) -> Tuned:
    return Tuned(**kwargs)
