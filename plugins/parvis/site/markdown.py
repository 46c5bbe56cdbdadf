"""Markdown as editors write it, whole, and as strangers may use it: no raw HTML, no attributes, no pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from .. import html
from .bounds import Bounds, TooMuch

EDITORIAL = {
    "extensions": ["extra", "codehilite", "sane_lists", "toc"],
    "extension_configs": {"codehilite": {"guess_lang": False}, "footnotes": {"BACKLINK_TEXT": "↩"}},
}
PELICANS = {f"markdown.extensions.{name}" for name in ("codehilite", "extra", "meta")}
"""What Pelican puts into the setting by itself, for its own reader."""
PARAGRAPH_END = re.compile(r"\n\s*\n")


class Headings(Treeprocessor):
    """The page's title is its only h1: where a text begins at `#`, all its headings go one step down."""

    def run(self, root: Element) -> None:
        if root.find(".//h1") is not None:
            for element in root.iter():
                if element.tag in ("h1", "h2", "h3", "h4", "h5"):
                    element.tag = f"h{int(element.tag[1]) + 1}"


class Captions(Treeprocessor):
    """A picture alone in its paragraph, with a title, becomes a figure: `![what it shows](picture.jpg "Caption")`."""

    def run(self, root: Element) -> None:
        for paragraph in root.iter("p"):
            picture = paragraph[0] if len(paragraph) == 1 else None
            alone = picture is not None and not (paragraph.text or "").strip() and not (picture.tail or "").strip()
            if picture is not None and alone and picture.tag == "img" and picture.get("title"):
                paragraph.tag = "figure"
                SubElement(paragraph, "figcaption").text = picture.attrib.pop("title")


class Cells(Treeprocessor):
    """How a table's cell is aligned is a class, `right` or `center`: the pages' policy refuses style attributes.

    A head cell without words heads nothing: it is a plain one (WCAG 1.3.1).
    """

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in ("td", "th"):
                if style := cell.attrib.pop("style", ""):
                    cell.set("class", style.removeprefix("text-align:").strip(" ;"))
                if cell.tag == "th" and not "".join(cell.itertext()).strip() and not len(cell):
                    cell.tag = "td"


class Figures(Extension):
    """For editorial text."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.treeprocessors.register(Captions(md), "captions", 2)
        md.treeprocessors.register(Cells(md), "cells", 3)


class Below(Extension):
    """Puts `Headings` last."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.treeprocessors.register(Headings(md), "headings", 1)


class Plain(Extension):
    """Takes out what would let a stranger's text do more than say something."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for name in ("html", "image_link", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)


class Further(NamedTuple):
    """What the operator has beside ours: names of extensions, and the options of each."""

    extensions: Sequence[str] = ()
    options: Mapping[str, Mapping[str, Any]] = {}

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Further:
        """From Pelican's setting MARKDOWN."""
        names = [name for name in given.get("extensions", ()) if name not in PELICANS]
        options = given.get("extension_configs", {})
        return cls(names, {name: dict(options.get(name, {})) for name in names})


NOTHING = Further()


def editorial(further: Further = NOTHING) -> markdown.Markdown:
    """For articles, pages and profiles: the brand's own people wrote them."""
    options: dict[str, Any] = EDITORIAL
    return markdown.Markdown(
        extensions=[*options["extensions"], Below(), Figures(), Bounds(), *further.extensions],
        extension_configs=options["extension_configs"] | further.options,
    )


def strangers(further: Further = NOTHING) -> markdown.Markdown:
    """For community posts and testimonials; what it makes goes through `html.clean` all the same."""
    return markdown.Markdown(
        extensions=["fenced_code", "tables", "sane_lists", Below(), Plain(), Bounds(), *further.extensions],
        extension_configs=further.options,
    )


def said(md: markdown.Markdown, text: str) -> Markup:
    """A stranger's words as clean HTML. Where they would take too much work, they stand there as they were written."""
    try:
        return html.clean(convert(md, text))
    except TooMuch:
        paragraphs = (part.strip() for part in PARAGRAPH_END.split(text))
        return html.clean("\n".join(f"<p>{escape(part)}</p>" for part in paragraphs if part))


def convert(md: markdown.Markdown, text: str) -> str:
    """HTML of one text; the instance is reused and left clean. Raises TooMuch."""
    return str(md.reset().convert(text))
