"""HTML and text from strangers. `clean` is the only gate; it runs last, on HTML that Markdown has made."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import urlsplit, urlunsplit

import nh3
from markupsafe import Markup

INLINE = {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "strong", "sub", "sup"}
BLOCKS = {"blockquote", "dd", "dl", "dt", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
TAGS = INLINE | BLOCKS | TABLES
ATTRIBUTES = {"a": {"href"}, "blockquote": {"cite"}, "q": {"cite"}, "ol": {"start"}}
SCHEMES = {"https", "http"}
SILENT = {
    "applet", "audio", "button", "canvas", "datalist", "embed", "form", "frame", "frameset", "iframe", "link", "map",
    "math", "meta", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "video", "xmp",
}  # fmt: skip
REL = "ugc nofollow noopener"
SPIES = re.compile(
    r"^(utm_\w+|mtm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|mc_[ce]id|igshid|yclid|_hsenc|_hsmi|at_(medium|campaign))$"
)
BREAKS = re.compile(r"<(?=/?(?:br|p|div|li|tr|td|th|h[1-6]|blockquote|pre|dt|dd|hr|ul|ol|table)\b)", re.IGNORECASE)
SPACES = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
INVISIBLE = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)  # fmt: skip
UNSEEN = {code: None for first, last in INVISIBLE for code in range(first, last + 1)}
WANTED_IN_PROSE = {0x09, 0x0A, 0xAD, 0x200C, 0x200D, *range(0xE0020, 0xE0080)}
UNWRITTEN = {code: None for code in UNSEEN if code not in WANTED_IN_PROSE}
DEAD_LINK = re.compile(f'<a rel="{REL}">(.*?)</a>', re.DOTALL)


def clean(html: str) -> Markup:
    """Markup that is safe in a page and in a feed: a few tags, absolute http(s) links, nothing else.

    Hash the text it was made from, never its answer: a second cleaning need not give the same bytes.
    """
    cleaned = nh3.clean(
        html.translate(UNWRITTEN),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        clean_content_tags=SILENT,
        url_schemes=SCHEMES,
        link_rel=REL,
    )
    return Markup(DEAD_LINK.sub(r"\1", cleaned))


def plain(html: str) -> str:
    """The words of some markup as one line of text; scripts and styles go with their content."""
    if "<" in html:
        html = nh3.clean(BREAKS.sub(" <", html), tags=set(), clean_content_tags=SILENT)
    return text(unescape(html))


def text(raw: str) -> str:
    """One line of text as a name or a title: NFC, without control, bidi and zero-width characters."""
    return unicodedata.normalize("NFC", SPACES.sub(" ", raw).translate(UNSEEN)).strip()


def prose(raw: str) -> str:
    """Text of several lines: as `text`, but line ends, tabs and the joiners that scripts and emoji need stay."""
    return unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n").translate(UNWRITTEN))


def address(url: str) -> str:
    """The address without what only follows a reader, or '' where it is not an absolute http(s) address."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - raises where the port is none
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or not parts.hostname or parts.username or _unsafe(url):
        return ""
    kept = "&".join(pair for pair in parts.query.split("&") if not SPIES.match(pair.partition("=")[0]))
    return urlunsplit(parts._replace(query=kept)) if kept != parts.query else url.strip()


def _unsafe(url: str) -> bool:
    return any(character.isspace() or ord(character) in UNSEEN or character in '<>"`{}\\' for character in url.strip())


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in ("href", "cite"):
        return address(value) or None
    return value
