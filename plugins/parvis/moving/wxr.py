"""WordPress exports (WXR 1.0 to 1.2, Tools → Export): articles, pages, their authors, tags and featured pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ..errors import CONTENT, refuse
from ..html import plain, text
from ..sources import dates
from ..sources.values import web
from .lists import document
from .posts import Export, Post

if TYPE_CHECKING:
    from lxml.etree import _Element

TYPES = {"post": "articles", "page": "pages"}
OF_WORDPRESS = {"Uncategorized", "Non classé"}
BLOCK = re.compile(r"<(?:!--|/?(?:p|div|h\d|ul|ol|li|blockquote|pre|table|figure|hr|section|iframe)\b)", re.IGNORECASE)
CAPTION = re.compile(r"\[caption[^\]]*\]\s*((?:<a [^>]*>)?\s*<img[^>]*>\s*(?:</a>)?)(.*?)\[/caption\]", re.DOTALL)
EMBED = re.compile(r"\[(?:embed|youtube|vimeo|audio|video)[^\]]*\](https?://[^\[\s]+)\[/\w+\]")
SHORTCODE = re.compile(r"\[/?(?:gallery|playlist|caption|embed|audio|video|vc_\w+|et_pb_\w+|wp_\w+|more)\b[^\]]*\]")
NOT_TAKEN = {"attachment", "nav_menu_item", "revision", "wp_global_styles", "wp_template", "custom_css"}


def read(body: bytes, where: str) -> Export:
    """What an export holds. Raises Refused where it is none; comments, which strangers wrote, are not taken over."""
    root, damage = document(body)
    if root is None or root.find("channel") is None:
        raise refuse(where, "this is no export of WordPress: it has no <channel>", code=CONTENT)
    items = list(root.iterfind("channel/item"))
    pictures = {
        _said(item, "post_id"): (url, text(_meta(item).get("_wp_attachment_image_alt", "")))
        for item in items
        if (url := _said(item, "attachment_url"))
    }
    authors = {
        _said(author, "author_login"): _said(author, "author_display_name")
        for author in root.iterfind("channel/{*}author")
    }
    posts = tuple(post for item in items for post in _post(item, pictures, authors))
    others = Counter(kind for item in items if (kind := _said(item, "post_type")) not in {*TYPES, *NOT_TAKEN})
    comments = sum(len(item.findall("{*}comment")) for item in items)
    notes = [f"not taken over, of type “{text(kind)[:40]}”: {count}" for kind, count in sorted(others.items())]
    notes += [f"comments are not taken over: {comments}"] if comments else []
    return Export(posts, (*notes, *damage), web(root.findtext("channel/link") or ""))


def _post(item: _Element, pictures: Mapping[str, tuple[str, str]], authors: Mapping[str, str]) -> Iterator[Post]:
    kind, link = TYPES.get(_said(item, "post_type")), _said(item, "link")
    if kind is None or _said(item, "status") in ("trash", "auto-draft", "inherit"):
        return
    terms = [(term.get("domain", ""), text(term.text or "")) for term in item.iterfind("category")]
    picture, alt = pictures.get(_meta(item).get("_thumbnail_id", ""), ("", ""))
    gmt = _said(item, "post_date_gmt")
    yield Post(
        kind=kind,
        key=_said(item, "guid") or f"{link} {_said(item, 'post_id')}",
        title=plain(_said(item, "title")) or _said(item, "post_name"),
        html=_html(item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""),
        slug=unquote(_said(item, "post_name")),
        was=urlsplit(link).path if not urlsplit(link).query else "",
        published=_said(item, "status") == "publish" and not _said(item, "post_password"),
        date=dates.iso(gmt + "Z") or dates.read(_said(item, "pubDate")),
        author=text(authors.get(_said(item, "creator")) or _said(item, "creator")),
        category=next((term for domain, term in terms if domain == "category" and term not in OF_WORDPRESS), ""),
        tags=tuple(dict.fromkeys(term for domain, term in terms if domain == "post_tag")),
        summary=" ".join(plain(_excerpt(item)).split()),
        image=picture,
        alt=alt,
    )


def _excerpt(item: _Element) -> str:
    found = (child for child in item if isinstance(child.tag, str) and "/excerpt/}" in child.tag)
    return next((child.text or "" for child in found), "")


def _said(item: _Element, name: str) -> str:
    """The text of a child, whatever version of the format its namespace names."""
    return (item.findtext(f"{{*}}{name}") or "").strip()


def _meta(item: _Element) -> dict[str, str]:
    return {_said(meta, "meta_key"): _said(meta, "meta_value") for meta in item.iterfind("{*}postmeta")}


def _html(content: str) -> str:
    """Content as WordPress shows it: shortcodes resolved or gone, empty lines between paragraphs."""
    said = CAPTION.sub(lambda found: f"<figure>{found[1]}<figcaption>{found[2].strip()}</figcaption></figure>", content)
    said = EMBED.sub(lambda found: f'<p><a href="{escape(found[1])}">{escape(found[1])}</a></p>', said)
    said = SHORTCODE.sub("", said)
    if "<!-- wp:" in said or "<p" in said:
        return said
    blocks = (block.strip() for block in re.split(r"\n\s*\n", said.replace("\r\n", "\n")))
    return "\n".join(
        block if BLOCK.match(block) else f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks if block
    )
