"""A post or page of another system, whatever it was exported by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

KINDS = ("articles", "pages")


@dataclass(frozen=True, slots=True)
class Post:
    """`key` is what the other system knows it by, `html` its words, `was` its path there, as `/2020/01/a-word/`.

    `published` is false for a draft and for what was not for everybody.
    """

    kind: str
    key: str
    title: str
    html: str
    slug: str = ""
    was: str = ""
    published: bool = False
    date: datetime | None = None
    author: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    image: str = ""
    alt: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds. `notes` say what of it is not taken over, `base` where the site was, if that is told."""

    posts: tuple[Post, ...]
    notes: tuple[str, ...] = ()
    base: str = ""
