"""Answers of interfaces whose posts are mostly read as feeds: what a saved page of one holds."""

from __future__ import annotations

from collections.abc import Callable
from html import escape, unescape

from ..model import Item, Person
from .payload import Part
from .values import headline, labels, language, markdown, picture, signature, web

Shape = Callable[[str, Part], Item | str]
REDDIT = "https://www.reddit.com"
GONE = {"[removed]", "[deleted]", "[deleted by user]"}
PUBLIC = ("", "1")
LEMMYS_LANGUAGES = {"32": "de", "37": "en", "39": "es", "47": "fr"}
HACKERNEWS = "https://news.ycombinator.com"


def lemmy(name: str, row: Part) -> Item | str:
    """A post of `/api/v3/post/list`. What was removed or deleted is a tombstone, whatever else is said of it."""
    post, creator = row.part("post"), row.part("creator")
    id = post.needed("ap_id", "id")
    if post.flag("removed") or post.flag("deleted") or creator.flag("deleted"):
        return Item(name, id, Person(""), "", deleted=True)
    return Item(
        source=name,
        upstream_id=id,
        url=post.web("ap_id", "url"),
        author=Person(
            signature(creator.text("display_name")) or signature(creator.text("name")),
            creator.web("actor_id", "ap_id"),
            creator.text("actor_id", "ap_id", "id"),
        ),
        published=post.moment("published", "published_at"),
        title=headline(post.text("name"), literal=True),
        html=markdown(post.text("body")) + (_link(post) if post.text("url") != post.text("ap_id") else ""),
        lang=LEMMYS_LANGUAGES.get(post.text("language_id"), ""),
        media=picture(post.web("thumbnail_url"), post.text("alt_text")),
        likes=row.number("counts.score" if row.part("counts").fields else "post.score"),
        signals=("sensitive",) if post.flag("nsfw") else (),
    )


def peertube(name: str, video: Part) -> Item | str:
    """A video of `/api/v1/videos`; addresses of pictures are paths on its server."""
    account, address = video.part("account"), video.web("url")
    if video.text("privacy.id") not in PUBLIC or video.flag("blacklisted"):
        return "not public"
    video.marked("uuid", "shortUUID", "channel", "embedPath")
    return Item(
        source=name,
        upstream_id=video.needed("uuid", "id"),
        url=address,
        author=Person(
            signature(account.text("displayName")) or signature(account.text("name")),
            account.web("url"),
            account.text("url", "name"),
        ),
        published=video.moment("originallyPublishedAt", "publishedAt"),
        title=headline(video.text("name"), literal=True),
        html=markdown(video.text("description", "truncatedDescription")),
        tags=labels(video.texts("tags")),
        lang=language(video.text("language.id")),
        licence=video.text("licence.label") if video.text("licence.id") else "",
        media=picture(video.web("previewPath", "thumbnailPath", base=address) if address else ""),
        likes=video.number("likes"),
        signals=("sensitive",) if video.flag("nsfw") else (),
    )


def forem(name: str, article: Part) -> Item | str:
    """An article of `/api/articles`: `tag_list` is a list there, and text in an answer of one article."""
    user = article.part("user")
    said = "tag_list" if isinstance(article.at("tag_list"), list) else "tags"
    tags = article.texts(said) if isinstance(article.at(said), list) else article.text(said, "tag_list").split(",")
    login = user.text("username")
    article.marked("tag_list", "published_timestamp", "canonical_url", "body_markdown", "body_html", "type_of")
    return Item(
        source=name,
        upstream_id=article.needed("id"),
        url=article.web("canonical_url", "url"),
        author=Person(
            signature(user.text("name")) or signature(login),
            web(f"/{login}", article.text("url")) if login else "",
            user.text("user_id", "username"),
        ),
        published=article.moment("published_timestamp", "published_at", "created_at"),
        title=headline(article.text("title"), literal=True),
        html=article.html("body_html") or markdown(article.text("body_markdown", "description")),
        tags=labels(tags),
        lang=language(article.text("language")),
        media=picture(article.web("cover_image", "social_image")),
        likes=article.number("public_reactions_count"),
    )


def hackernews(name: str, hit: Part) -> Item | str:
    """A story or a comment of Algolia's search; a comment has no title, and the words of either are HTML."""
    id, author = hit.needed("objectID"), hit.text("author")
    said = hit.text("title", "comment_text", "story_text", "url")
    if hit.flag("dead") or hit.flag("deleted") or not (author or said):
        return Item(name, id, Person(""), "", deleted=True)
    return Item(
        source=name,
        upstream_id=id,
        url=f"{HACKERNEWS}/item?id={id}" if id.isdecimal() else "",
        author=Person(signature(author), web(f"{HACKERNEWS}/user?id={author}") if author else "", author),
        published=hit.moment("created_at", "created_at_i"),
        title=headline(hit.text("title")),
        html=hit.html("comment_text") or hit.html("story_text") + _link(hit),
        likes=hit.number("points"),
    )


def _link(said: Part) -> str:
    """The page that somebody speaks of."""
    address = escape(said.web("url"))
    return f'\n<p><a href="{address}">{address}</a></p>' if address else ""


def reddit(name: str, row: Part) -> Item | str:
    """A post or comment of a saved listing; its HTML is escaped, so that it is text about HTML."""
    if row.text("kind") == "more":
        return "told by their number alone"
    post = row.part("data") if row.part("data").fields else row
    id = post.needed("name", "id")
    post.marked("permalink", "selftext", "subreddit", "author_fullname", "removed_by_category")
    if post.text("removed_by_category") or {post.text("title"), post.text("selftext"), post.text("body")} & GONE:
        return Item(name, id, Person(""), "", deleted=True)
    author = post.text("author")
    known = author not in GONE and author
    return Item(
        source=name,
        upstream_id=id,
        url=web(post.text("permalink"), REDDIT),
        author=Person(signature(author), f"{REDDIT}/user/{author}", post.text("author_fullname"))
        if known
        else Person(""),
        published=post.moment("created_utc", "created"),
        title=headline(unescape(unescape(post.text("title"))), literal=True),  # some answers are escaped twice
        html=unescape(post.html("selftext_html", "body_html"))
        or markdown(unescape(post.text("selftext", "body")))
        or (_link(Part({"url": unescape(post.text("url"))})) if post.fields.get("is_self") is False else ""),
        tags=labels([post.text("link_flair_text")]),
        likes=post.number("score"),
        signals=("sensitive",) if post.flag("over_18") or post.flag("spoiler") else (),
    )
