"""Topics of a Discourse forum: the latest, those of a category or a tag; or the posts of one topic.

forum:
  kind: discourse
  url: https://forum.example.org/c/idees/7      # or  /latest, /tag/recette, /t/une-idee/12, or the forum itself
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape

from ..errors import Refused
from ..model import Item, Person
from . import Get, Note, Pause, Wrong, encoding, pages, xmlfeed
from .pages import Row
from .payload import Page, Part
from .values import TAG, headline, labels, language, paragraphs, picture, signature, web

KIND = "discourse"
PAGED = True
LISTS = ("topic_list.topics", "post_stream.posts", "latest_posts", "topics", "results")
PLAIN = {"", "latest", "top", "new", "hot"}
WHERE_TO_READ = re.compile(r"(?:\s*<p><small>[^<]*</small></p>)?\s*<p><a [^>]*>[^<]*</a></p>\s*$")
OF_TOPIC = re.compile(r"topic-(\d+)$")
SAID = {"", "1"}  # the type of a post that somebody wrote
WANTED = "want a forum, one of its categories (/c/…), tags (/tag/…) or topics (/t/…)"


def begin(url: str) -> str:
    """The first address that is asked. Raises ValueError for an address of something else."""
    path = "/".join(pages.steps(url))
    if path.endswith(".json"):
        return url
    if path in PLAIN:
        return f"{pages.origin(url)}/{path or 'latest'}.json"
    if topic := re.search(r"(?:^|/)t/(?:[^/]+/)??(\d+)(?:/\d+)?$", path):
        return f"{pages.origin(url)}/{path[: topic.start()]}{'/' if topic.start() else ''}t/{topic[1]}.json"
    if re.search(r"(?:^|/)(?:c|tags?)/.", path):
        return f"{pages.origin(url)}/{re.sub('/l/latest$', '', path)}.json"
    raise ValueError(WANTED)


def read(name: str, get: Get, *, url: str, site: str = "", max_items: int = 1000) -> Iterator[Item | Note | Pause]:
    """What anybody may see. A topic is signed by whoever opened it; its words are those of the forum's own feed.

    `site` is the forum's address, where a saved answer does not tell it.
    """
    first = url if pages.saved(url) else begin(url)
    base = site.rstrip("/") or ("" if pages.saved(url) else pages.origin(url))
    people: dict[str, Part] = {}
    words: dict[str, str] = {}
    topics: dict[str, Part] = {}

    def listed() -> Iterator[Row]:
        for number, here in enumerate(pages.walk(name, get, first, *LISTS, most=max_items, onward=_onward)):
            if not isinstance(here, Page):
                yield here
                continue
            for root in here.roots:
                with suppress(Wrong):  # names are worth having, and topics can do without
                    people.update({user.text("id"): user for user in root.parts("users")})
                    topics[root.text("id")] = root
            if not number and here.got.url and any(_lacks_words(row) for row in here.rows):
                words.update(_words(name, get, first))
            yield from here.rows

    def make(row: Part) -> Item | str:
        if "cooked" in row.fields:
            return _post(name, row, topics.get(row.text("topic_id"), Part({})), base)
        return _topic(name, row, people, words, base)

    yield from pages.items(name, listed(), make, max_items)


def _onward(here: Page) -> str:
    """The next page of topics is named; of one topic there are more posts than a page holds."""
    if more := here.root.text("topic_list.more_topics_url"):
        path, _, query = more.partition("?")
        return web(f"{path.removesuffix('.json')}.json?{query}", here.got.url)
    known = len(here.root.texts("post_stream.stream"))
    number = int(pages.asked(here.got.url, "page") or 1)
    return pages.numbered(here.got.url, "page") if known > 20 * number else ""


def _lacks_words(row: Row) -> bool:
    return isinstance(row, Part) and "cooked" not in row.fields and not row.text("excerpt")


def _words(name: str, get: Get, first: str) -> dict[str, str]:
    """The first post of each topic, by the topic's number, as the forum's feed of the same list has it."""
    address = re.sub(r"\.json(\?.*)?$", ".rss", first)
    try:
        got = get(address)
        listed = list(xmlfeed.items(name, encoding.decode(got, *encoding.named(got.type, got)).strip(), got.url, 100))
    except Refused:
        return {}
    numbered = ((OF_TOPIC.search(item.upstream_id), item.html) for item in listed)
    return {number[1]: WHERE_TO_READ.sub("", html) for number, html in numbered if number}


def _topic(name: str, topic: Part, people: dict[str, Part], words: dict[str, str], base: str) -> Item | str:
    id = topic.needed("id")
    if not re.search("topics|results", topic.where):
        topic.marked("posters", "posts_count", "archetype")
    topic.needed("title", "fancy_title")
    if topic.fields.get("visible") is False or topic.text("archetype") not in ("", "regular"):
        return "not for everybody"
    posters = topic.parts("posters")
    opened = next((poster for poster in posters if "Original Poster" in poster.text("description")), None)
    poster = opened or (posters[0] if posters else Part({}))
    user = poster.part("user") if poster.part("user").fields else people.get(poster.text("user_id"), Part({}))
    excerpt = topic.html("excerpt", "blurb")
    return Item(
        source=name,
        upstream_id=id,
        url=web(topic.text("url") or f"/t/{topic.text('slug') or '-'}/{id}", base) if base else "",
        author=_person(user, poster.text("user_id"), base),
        published=topic.moment("created_at"),
        title=_title(topic),
        html=words.get(id) or (excerpt if TAG.search(excerpt) else paragraphs(unescape(excerpt))),
        tags=labels(_tags(topic)),
        lang=language(topic.text("locale")),
        media=picture(web(topic.text("image_url"), base)),
        likes=topic.number("like_count"),
        deleted=bool(topic.text("deleted_at")),
    )


def _post(name: str, post: Part, topic: Part, base: str) -> Item | str:
    """One post of a topic; the first one bears its title and its tags."""
    if post.flag("hidden") or post.text("post_type") not in SAID:
        return "hidden, or notices of the forum itself"
    number = post.text("post_number")
    opening = topic if number == "1" else Part({})
    path = f"/t/{post.text('topic_slug') or '-'}/{post.text('topic_id')}{f'/{number}' if number != '1' else ''}"
    return Item(
        source=name,
        upstream_id=post.needed("id"),
        url=web(post.text("post_url") or path, base) if base else "",
        author=_person(post, post.text("user_id"), base),
        published=post.moment("created_at"),
        title=_title(opening) or (headline(post.text("topic_title"), literal=True) if number == "1" else ""),
        html=post.html("cooked"),
        tags=labels(_tags(opening)),
        lang=language(post.text("locale")),
        likes=next(
            (action.number("count") for action in post.parts("actions_summary") if action.text("id") == "2"), None
        ),
        deleted=bool(post.text("deleted_at")) or post.flag("user_deleted"),
    )


def _title(topic: Part) -> str:
    """As it was typed, or as the forum writes it into its pages."""
    return headline(topic.text("title"), literal=True) or headline(topic.text("fancy_title", "name"))


def _person(user: Part, id: str, base: str) -> Person:
    username = user.text("username")
    page = web(f"/u/{username}", base) if base and username else ""
    return Person(signature(user.text("name", "display_username")) or signature(username), page, id)


def _tags(topic: Part) -> Iterator[str]:
    """Words, or since 2025 objects with a name."""
    yield from topic.texts("tags") if isinstance(topic.at("tags"), list) else ()
    yield from (tag.text("name") for tag in topic.parts("tags"))
