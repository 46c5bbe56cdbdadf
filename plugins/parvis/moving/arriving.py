"""Posts and pages of another system become articles and pages of the hub, each once, whatever is there already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from itertools import chain, count
from pathlib import Path
from typing import Any

from .. import files, matter
from ..settings import Settings
from ..slugs import slug
from .pictures import Pictures
from .posts import KINDS, Export, Post
from .wording import markdown

LONGEST = {"title": 300, "summary": 500}
SINGULAR = {"articles": "article", "pages": "page"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """Files to write, by path below content/, and how many posts are there already."""

    texts: dict[str, str]
    known: int


def arrive(settings: Settings, export: Export, pictures: Pictures, now: datetime) -> Arrival:
    """The files of posts that no file has the id of. A draft without a date gets that of `now`."""
    there = list(matter.walk(settings.folder, [], KINDS))
    ids = {document.head.id for document in there}
    taken = {(document.path.split("/")[1], document.slug) for document in there}
    new: dict[str, tuple[str, Post]] = {}
    for post in export.posts:
        id = f"{SINGULAR[post.kind]}-{blake2b(post.key.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"
        if id not in ids and id not in new:
            new[id] = _free(post, taken, settings.content), post
            taken.add((post.kind, new[id][0]))
    ways = {_path(post.was): f"{post.kind}/{name}.md" for name, post in new.values() if post.published and post.was}
    texts: dict[str, str] = {}
    for id, (name, post) in new.items():
        said = _head(settings, replace(post, date=post.date or now.replace(microsecond=0)), name, pictures)
        head = {"id": id} | {key: value for key, value in said if value not in ("", None, [])}
        body = markdown(post.html, pictures.place, export.base, ways)
        texts[f"{post.kind}/{name}.md"] = matter.write(head, body)
    return Arrival(texts, len(export.posts) - len(new))


def _path(was: str) -> str:
    """A path of the old site, as links to it are compared."""
    return f"{was.rstrip('/')}/"


def write(settings: Settings, arrival: Arrival, pictures: Pictures) -> None:
    """Pictures first, so that no text names one that is not there."""
    for path, copy in pictures.copies.items():
        if not (settings.content / path).exists():
            files.put(settings.content / path, copy if isinstance(copy, bytes) else copy.read_bytes())
    for path, text in arrival.texts.items():
        files.put(settings.content / path, text)


def _head(settings: Settings, post: Post, name: str, pictures: Pictures) -> Iterator[tuple[str, Any]]:
    image = pictures.place(post.image) if post.image else ""
    yield "title", post.title[: LONGEST["title"]] or name
    yield "date", post.date.astimezone(settings.brand.timezone) if post.date else None
    yield "lang", post.lang.partition("-")[0] or settings.brand.lang
    yield "status", "published" if post.published else "draft"
    yield "slug", name
    yield "moved_from", [post.was] if post.was.strip("/") else []
    yield "tags", list(post.tags)
    yield "summary", post.summary[: LONGEST["summary"]]
    if post.kind == "articles":
        yield "category", post.category
        yield "author", post.author
    if image:
        yield "image", image
        yield "alt", post.alt or post.title


def _free(post: Post, taken: set[tuple[str, str]], content: Path) -> str:
    """A name in the address that no other text of its kind has."""
    words = slug(post.slug) or slug(post.title) or SINGULAR[post.kind]
    names = chain([words], (f"{words}-{number}" for number in count(2)))
    return next(n for n in names if (post.kind, n) not in taken and not (content / post.kind / f"{n}.md").exists())
