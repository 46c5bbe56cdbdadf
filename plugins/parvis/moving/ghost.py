"""Ghost exports (Settings → Export): articles, pages, their authors, tags and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import CONTENT, refuse
from ..html import text
from ..sources.payload import Part
from ..sources.values import language, paragraphs
from .koenig import lexical, mobiledoc
from .posts import Export, Post

MARK = "__GHOST_URL__"
EDITORS = {"lexical": lexical, "mobiledoc": mobiledoc}


def known(document: Any) -> bool:
    return _data(document) is not None


def read(document: Any, where: str) -> Export:
    """What an export holds, as `json.loads` gives it. Raises Refused where it is none."""
    data = _data(document)
    if data is None:
        raise refuse(where, "this is no export of Ghost: it has no posts", code=CONTENT)
    tables = Part(data)
    people = {user.text("id"): user.text("name") for user in tables.parts("users")}
    names = {tag.text("id"): tag.text("name") for tag in tables.parts("tags")}
    alts = {meta.text("post_id"): meta.text("feature_image_alt") for meta in tables.parts("posts_meta")}
    posts, notes = [], []
    for post in tables.parts("posts"):
        html, note = _words(post)
        notes += [f"“{text(post.text('title', 'slug'))}”: {note}"] if note else []
        authors = [people.get(id, "") for id in _joined(tables, "posts_authors", post, "author_id")]
        tags = [names.get(id, "") for id in _joined(tables, "posts_tags", post, "tag_id")]
        authors = authors or [people.get(post.text("author_id"), "")]
        posts.append(_post(post, html, authors, tags, alts.get(post.text("id"), "")))
    return Export(tuple(posts), tuple(notes))


def _words(post: Part) -> tuple[str, str]:
    """HTML of a post, from what its editor kept where the export has none; and a note on what is missing."""
    if post.text("html"):
        return post.text("html"), ""
    for name, read_words in EDITORS.items():
        if not post.text(name):
            continue
        try:
            words = read_words(post.text(name))
        except ValueError as error:
            return paragraphs(post.text("plaintext")), f"its {name} cannot be read ({str(error)[:100]})"
        left_out = ", ".join(sorted(words.unknown))
        return words.html, f"left out, for nobody here knows what it is: {left_out}" if left_out else ""
    return paragraphs(post.text("plaintext")), ""


def _data(document: Any) -> dict[str, Any] | None:
    """The tables, which lie at several depths, by version."""
    if isinstance(document, dict) and isinstance(document.get("db"), list) and document["db"]:
        document = document["db"][0]
    data = document.get("data", document) if isinstance(document, dict) else None
    return data if isinstance(data, dict) and isinstance(data.get("posts"), list) else None


def _joined(tables: Part, table: str, post: Part, column: str) -> Iterator[str]:
    rows = [row for row in tables.parts(table) if row.text("post_id") == post.text("id")]
    return (row.text(column) for row in sorted(rows, key=lambda row: row.number("sort_order") or 0))


def _post(post: Part, html: str, authors: list[str], tags: list[str], alt: str) -> Post:
    shown = [text(tag) for tag in tags if tag and not tag.startswith("#")]  # Ghost keeps tags with # to itself
    slug = post.text("slug")
    open_to_all = post.text("visibility") in ("", "public")
    return Post(
        kind="pages" if post.text("type") == "page" or post.flag("page") else "articles",
        key=post.text("uuid", "id", "slug"),
        title=text(post.text("title")) or slug,
        html=html.replace(MARK, ""),
        slug=slug,
        was=f"/{slug}/" if slug else "",
        published=post.text("status") == "published" and open_to_all,
        date=_date(post),
        author=", ".join(text(name) for name in authors if name),
        category=shown[0] if shown else "",
        tags=tuple(dict.fromkeys(shown[1:])),
        summary=" ".join(text(post.text("custom_excerpt", "meta_description")).split()),
        image=post.text("feature_image", "image").replace(MARK, ""),
        alt=text(alt),
        lang=language(post.text("locale")),
    )


def _date(post: Part) -> Any:
    """ISO 8601, or thousandths of a second since 1970 in old exports."""
    said = post.number("published_at") or post.number("created_at")
    return Part({"at": said // 1000}).moment("at") if said else post.moment("published_at", "created_at")
