"""HTML and text from strangers. `clean` is the only gate; it runs last, on HTML that Markdown has made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from itertools import accumulate
from urllib.parse import urljoin, urlsplit, urlunsplit

import nh3
from markupsafe import Markup, escape

INLINE = {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "strong", "sub", "sup"}
BLOCKS = {"blockquote", "dd", "div", "dl", "dt", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
TAGS = INLINE | BLOCKS | TABLES
PICTURES = {"figure", "figcaption", "img"}
ADDRESSED = ("href", "cite", "src")
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "blockquote": {"cite"}, "q": {"cite"}, "ol": {"start"}}
SCHEMES = {"https", "http"}
SILENT = {
    "applet", "audio", "button", "canvas", "datalist", "embed", "form", "frame", "frameset", "iframe", "link", "map",
    "math", "meta", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "video", "xmp",
}  # fmt: skip
REL = "ugc nofollow noopener"
SPIES = re.compile(
    r"utm_\w+|mtm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|mc_[ce]id|igshid|yclid|_hsenc|_hsmi|at_(medium|campaign)"
)
BREAKS = re.compile(
    r"<(?=/?(?:address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure"
    r"|footer|form|h[1-6]|header|hr|iframe|legend|li|main|menu|nav|ol|p|pre|section|summary|svg|table|tbody|td|tfoot|th"
    r"|thead|title|tr|ul|video)\b)",
    re.IGNORECASE,
)
H1 = re.compile(r"<(/?)h1\b", re.IGNORECASE)
BREAKING = {*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85, 0x2028, 0x2029}
LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0xD800, 0xDFFF), (0xE000, 0xE000), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    (0xFFFD, 0xFFFD), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)  # fmt: skip
"""Control, bidi and zero-width characters, non-characters; U+FFFD, which stands for a letter that was lost, and which
feed validators warn of; and U+E000, our mark of the site's root until written."""
UNSEEN = {code: None for first, last in INVISIBLE for code in range(first, last + 1)}
UNSEEN_BUT_BREAKS = UNSEEN | dict.fromkeys(BREAKING, "\n")
WANTED_IN_PROSE = {0x09, 0x0A, 0xAD, 0x200C, 0x200D, *range(0xE0020, 0xE0080)}
UNCOMMON = re.compile("[^\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205f\u20a0-\u20bf]")
"""Among these stands all that must go. A text has few of them or none, and looking is ten times as fast as removing."""
UNWRITTEN = {code: None for code in UNSEEN if code not in WANTED_IN_PROSE}
LINK = re.compile(r"<(/?)a\b([^>]*)>")
UNSAFE = re.compile('[\\s<>"`{}\\\\' + "".join(f"{chr(first)}-{chr(last)}" for first, last in INVISIBLE) + "]")
PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?:/[A-Za-z0-9_./%~-]*)?")
"""An address in which nothing has to be looked for, as most are."""
DEAD = f' rel="{REL}"'

OPEN_OR_CLOSE = re.compile(r"<(/?)(?!br\b|hr\b)[a-z]")
DEEPEST = 60
"""Levels of tags in a text. Readers of pages and feeds recurse, and give up at some depth."""
MOST_TAGS, LONGEST_TAG, MOST_STYLED = 20_000, 20_000, 50
"""What an HTML parser takes in linear time. Beyond, 35 kB of `<b a=1>…` and `<p>` become 28 MB and cost 1 GB."""
SRCSET = re.compile(r"([^\s,]\S*?)(?:\s+([\d.]+[wx]))?\s*(?:,\s|,$|$|(?<=[wx]),)")
TAG = re.compile(r"<[^<>]*>")
STYLED = re.compile(r"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/])", re.IGNORECASE)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in ADDRESSED:
        return address(value) or None
    return value if name != "start" or re.fullmatch(r"[0-9]{1,6}", value) else None


SAFE = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    clean_content_tags=SILENT,
    url_schemes=SCHEMES,
    link_rel=REL,
)
WORDS = nh3.Cleaner(tags=set(), clean_content_tags=SILENT)


def clean(html: str) -> Markup:
    """Markup that is safe in a page and in a feed: a few tags, absolute http(s) links, nothing else.

    Hash the text it was made from, never its answer: a second cleaning need not give the same bytes.
    """
    cleaned = SAFE.clean(_tame(H1.sub(r"<\1h2", _without(UNWRITTEN, html))))
    if _too_deep(cleaned):
        return escape(plain(cleaned))
    return Markup(_without_dead_links(cleaned))


@lru_cache(maxsize=4096)  # what stands in the feeds of both languages is cleaned once
def portable(html: str, base: str) -> str:
    """Editorial HTML fit for somebody else's feed reader: nothing active, every address made absolute from `base`."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "srcset":
            return _pictures(base, value) or None
        return (_complete(base, value) or None) if name in ADDRESSED else value

    return nh3.clean(
        _without(UNWRITTEN, html),
        tags=TAGS | PICTURES,
        attributes=ATTRIBUTES | {"*": {"lang", "title"}, "img": {"src", "srcset", "alt", "width", "height"}},
        attribute_filter=attribute,
        clean_content_tags=SILENT,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def plain(html: str) -> str:
    """The words of some markup as one line of text; scripts and styles go with their content."""
    if "<" in html:
        html = WORDS.clean(BREAKS.sub("\n<", _tame(html)))
    return text(unescape(html))


def text(raw: str) -> str:
    """One line of text as a name or a title: NFC, without control, bidi and zero-width characters.

    A run of white space with a line end or a tab in it becomes one space; plain spaces stay as they were written.
    """
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    seen = unicodedata.normalize("NFC", _without(UNSEEN_BUT_BREAKS, raw))
    return " ".join(filter(None, map(str.strip, seen.split("\n"))))


def prose(raw: str) -> str:
    """Text of several lines: as `text`, but line ends, tabs and the joiners that scripts and emoji need stay."""
    if raw.isascii() and raw.isprintable():
        return raw
    return unicodedata.normalize("NFC", _without(UNWRITTEN, LINE_ENDS.sub("\n", raw)))


def _without(unwanted: Mapping[int, str | None], text: str) -> str:
    return text.translate(unwanted) if UNCOMMON.search(text) else text


def address(url: str) -> str:
    """The address without what only follows a reader, or '' where it is not an absolute http(s) address."""
    if PLAIN_ADDRESS.fullmatch(url):
        return url
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - raises where the port is none
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or not parts.hostname or parts.username or UNSAFE.search(url.strip()):
        return ""
    kept = "&".join(pair for pair in parts.query.split("&") if not SPIES.fullmatch(pair.partition("=")[0]))
    if kept != parts.query:
        return urlunsplit(parts._replace(query=kept))
    return parts.scheme + url.strip()[len(parts.scheme) :]


def _complete(base: str, url: str) -> str:
    """An address made whole; '' where it is none. nh3 keeps an attribute whose filter raises."""
    try:
        return address(urljoin(base, url))
    except ValueError:
        return ""


def _pictures(base: str, srcset: str) -> str:
    """The same picture in several sizes, each address made whole."""
    found = ((_complete(base, url), size) for url, size in SRCSET.findall(srcset))
    return ", ".join(f"{url} {size}".strip() for url, size in found if url)


def _tame(html: str) -> str:
    """Markup that the parser takes in linear time: where styles or tags are too many, without them."""
    open_ends = (len(part) - part.find("<") for part in html.split(">") if "<" in part)
    if html.count("<") > MOST_TAGS or any(length > LONGEST_TAG for length in open_ends):
        return TAG.sub(" ", html).replace("<", "&lt;")
    return STYLED.sub(r"<\1span", html) if len(STYLED.findall(html)) > MOST_STYLED else html


def _too_deep(html: str) -> bool:
    levels = accumulate(-1 if found[1] else 1 for found in OPEN_OR_CLOSE.finditer(html))
    return any(level > DEEPEST for level in levels)


def _without_dead_links(html: str) -> str:
    """Links that lost their address become their words. Links nest where a table stands in one, so ends are paired."""
    open_links: list[bool] = []

    def kept(found: re.Match[str]) -> str:
        if found[1]:
            return found[0] if not open_links or open_links.pop() else ""
        open_links.append(found[2] != DEAD)
        return found[0] if open_links[-1] else ""

    return LINK.sub(kept, html)
