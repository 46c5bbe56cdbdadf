"""What of Python-Markdown the short ways are proven for: each part by its name, its priority and its class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import markdown
from markdown import Markdown, inlinepatterns
from markdown.blockparser import BlockParser
from markdown.serializers import to_html_string, to_xhtml_string

TRIED = {(3, 11)}
"""Versions that the tests found the same bytes with; with another one, everything goes the library's own way."""
TABLE = {
    "preprocessors": """
        normalize_whitespace 30 preprocessors.NormalizeWhitespace
        meta                 27 extensions.meta.MetaPreprocessor
        fenced_code_block    25 extensions.fenced_code.FencedBlockPreprocessor
        html_block           20 preprocessors.HtmlBlockPreprocessor extensions.md_in_html.HtmlBlockPreprocessor""",
    "blockprocessors": """
        markdown_block      105 extensions.md_in_html.MarkdownInHtmlProcessor
        admonition          105 extensions.admonition.AdmonitionProcessor
        empty               100 blockprocessors.EmptyBlockProcessor
        indent               90 blockprocessors.ListIndentProcessor
        defindent            85 extensions.def_list.DefListIndentProcessor
        code                 80 blockprocessors.CodeBlockProcessor
        table                75 extensions.tables.TableProcessor
        hashheader           70 blockprocessors.HashHeaderProcessor
        setextheader         60 blockprocessors.SetextHeaderProcessor
        hr                   50 blockprocessors.HRProcessor
        olist                40 blockprocessors.OListProcessor extensions.sane_lists.SaneOListProcessor
        ulist                30 blockprocessors.UListProcessor extensions.sane_lists.SaneUListProcessor
        deflist              25 extensions.def_list.DefListProcessor
        quote                20 blockprocessors.BlockQuoteProcessor
        footnote             17 extensions.footnotes.FootnoteBlockProcessor
        abbr                 16 extensions.abbr.AbbrBlockprocessor
        reference            15 blockprocessors.ReferenceProcessor
        paragraph            10 blockprocessors.ParagraphProcessor""",
    "inlinePatterns": """
        backtick            190 inlinepatterns.BacktickInlineProcessor
        escape              180 inlinepatterns.EscapeInlineProcessor
        footnote            175 extensions.footnotes.FootnoteInlineProcessor
        reference           170 inlinepatterns.ReferenceInlineProcessor
        link                160 inlinepatterns.LinkInlineProcessor
        image_link          150 inlinepatterns.ImageInlineProcessor
        image_reference     140 inlinepatterns.ImageReferenceInlineProcessor
        short_reference     130 inlinepatterns.ShortReferenceInlineProcessor
        short_image_ref     125 inlinepatterns.ShortImageReferenceInlineProcessor
        autolink            120 inlinepatterns.AutolinkInlineProcessor
        automail            110 inlinepatterns.AutomailInlineProcessor
        linebreak           100 inlinepatterns.SubstituteTagInlineProcessor
        html                 90 inlinepatterns.HtmlInlineProcessor
        entity               80 inlinepatterns.HtmlInlineProcessor
        em_strong            60 inlinepatterns.DelimiterProcessor""",
    "treeprocessors": """
        footnote             50 extensions.footnotes.FootnoteTreeprocessor
        hilite               30 extensions.codehilite.HiliteTreeprocessor
        inline               20 treeprocessors.InlineProcessor
        footnote-reorder     19 extensions.footnotes.FootnoteReorderingProcessor
        footnote-duplicate   15 extensions.footnotes.FootnotePostTreeprocessor
        prettify             10 treeprocessors.PrettifyTreeprocessor
        attr_list             8 extensions.attr_list.AttrListTreeprocessor
        abbr                  7 extensions.abbr.AbbrTreeprocessor
        smarty                6 treeprocessors.InlineProcessor
        toc                   5 extensions.toc.TocTreeprocessor
        unescape              0 treeprocessors.UnescapeTreeprocessor""",
    "postprocessors": """
        raw_html             30 postprocessors.RawHtmlPostprocessor extensions.md_in_html.MarkdownInHTMLPostprocessor
        footnote             25 extensions.footnotes.FootnotePostprocessor
        amp_substitute       20 postprocessors.AndSubstitutePostprocessor""",
}
KNOWN = {
    (registry, name): (float(priority), {f"markdown.{each}" for each in classes})
    for registry, rows in TABLE.items()
    for name, priority, *classes in map(str.split, rows.strip().split("\n"))
}
NEEDED = {
    "preprocessors": {"normalize_whitespace"},
    "blockprocessors": {
        *("empty", "indent", "code", "hashheader", "setextheader", "hr"),
        *("olist", "ulist", "quote", "reference", "paragraph"),
    },
    "treeprocessors": {"inline", "prettify", "unescape"},
}
"""What a short way takes the place of, or leads to: without one of these, there is nothing to be short of."""
SPELT = {
    "backtick": inlinepatterns.BACKTICK_RE,
    "escape": inlinepatterns.ESCAPE_RE,
    "footnote": r"\[\^([^\]]*)\]",
    "reference": inlinepatterns.REFERENCE_RE,
    "link": inlinepatterns.LINK_RE,
    "image_link": inlinepatterns.IMAGE_LINK_RE,
    "image_reference": inlinepatterns.IMAGE_REFERENCE_RE,
    "short_reference": inlinepatterns.REFERENCE_RE,
    "short_image_ref": inlinepatterns.IMAGE_REFERENCE_RE,
    "autolink": inlinepatterns.AUTOLINK_RE,
    "automail": inlinepatterns.AUTOMAIL_RE,
    "linebreak": inlinepatterns.LINE_BREAK_RE,
    "html": inlinepatterns.HTML_RE,
    "entity": inlinepatterns.ENTITY_RE,
    "em_strong": r"\*|_",
}
STRICT = r"(?!\>)"
"""What smarty puts behind the pattern of HTML."""


def registries(md: Markdown) -> dict[str, Any]:
    return {name: getattr(md.parser if name == "blockprocessors" else md, name) for name in TABLE}


def recognised(md: Markdown, beside: tuple[str, ...]) -> bool:
    """Whether every part is one that is known here, or belongs to a package named in `beside`."""
    held = registries(md)
    return (
        markdown.__version_info__[:2] in TRIED
        and type(md.parser) is BlockParser
        and type(md).is_block_level is Markdown.is_block_level
        and md.serializer in (to_html_string, to_xhtml_string)
        and all(name in held[registry] for registry, names in NEEDED.items() for name in names)
        and not any(strangers(md, beside))
    )


def strangers(md: Markdown, beside: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Registry and name of each part that nothing is known of."""
    for registry, held in registries(md).items():
        for name, priority in held._priority:
            part = held._data[name]
            known = (registry, name) in KNOWN
            if not (_as_known(registry, name, priority, part) if known else _vouched(part, beside)):
                yield registry, name


def _as_known(registry: str, name: str, priority: float, part: Any) -> bool:
    expected, classes = KNOWN[registry, name]
    spelt = registry != "inlinePatterns" or part.pattern in (SPELT[name], SPELT[name] + STRICT)
    same = priority == expected and f"{type(part).__module__}.{type(part).__qualname__}" in classes
    return same and spelt and not getattr(part, "ANCESTOR_EXCLUDES", ())


def _vouched(part: Any, beside: tuple[str, ...]) -> bool:
    return f"{type(part).__module__}.".startswith(beside) and not getattr(part, "ANCESTOR_EXCLUDES", ())
