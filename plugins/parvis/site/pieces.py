"""One thing that goes out, read and cleaned: what pages, feeds and share kits are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import blake2b

from markupsafe import Markup

from ..html import plain
from ..kinds import Article, Head, Said
from ..matter import Document
from ..share import Share

SAID = ("community", "testimonials")
OPENING = 800
"""Letters: sixty words of which each has twelve, as `cards.words` counts them, and some."""


@dataclass(frozen=True)
class Piece:
    """One document that goes out. `kind` is its folder: articles, pages, community, testimonials, ambassadors.

    `path` is its address from the root of the site, `lang` the language of its words, `home` that of the pages it
    stands among. `html` has passed the gate, its addresses of this site begin with ROOT. `state` is draft or pending
    in a preview, else ''. `date` is in the brand's zone.
    """

    document: Document
    kind: str
    path: str
    lang: str
    home: str
    html: Markup
    date: datetime
    state: str = ""
    reply: Markup = field(default=Markup())

    @cached_property
    def head(self) -> Head:
        return self.document.head

    @cached_property
    def source(self) -> str:
        """Where its file lies, below the project."""
        return self.document.path

    @cached_property
    def listed(self) -> bool:
        return self.head.status != "hidden"

    @cached_property
    def id(self) -> str:
        return self.head.id

    @cached_property
    def key(self) -> str:
        """What its translations have in common with it."""
        return self.head.translation_key or self.head.id

    @cached_property
    def tags(self) -> tuple[str, ...]:
        return self.head.tags

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        """Ids of the voices that an article sets beside its text."""
        return self.head.quotes if isinstance(self.head, Article) else ()

    @cached_property
    def pinned(self) -> bool:
        return isinstance(self.head, Said) and self.head.pinned

    @cached_property
    def place(self) -> str:
        """What it is listed by beside topics: the category of an article, the source of a voice."""
        head = self.head
        return head.category if isinstance(head, Article) else head.source if isinstance(head, Said) else ""

    @cached_property
    def share(self) -> Share:
        return self.head.share

    @cached_property
    def stamp(self) -> str:
        """Stands for all that a piece says: another one where any of it is another."""
        known = self.document.path, self.path, self.lang, self.home, self.date, self.state
        said = known, self.document.digest, self.head, self.html, self.reply
        return blake2b(repr(said).encode(errors="replace"), digest_size=16).hexdigest()

    @cached_property
    def words(self) -> str:
        """Its text without markup, on one line."""
        return plain(self.html)

    @cached_property
    def opening(self) -> str:
        """The beginning of `words`, for who wants no more than a sentence or sixty words: the rest is dear to read."""
        begun = plain(self.html[: 3 * OPENING]) if len(self.html) > 3 * OPENING else ""
        return begun if len(begun) > OPENING else self.words


Html = Callable[[Piece], str]


class Late(Piece):
    """A piece whose HTML is there only once somebody asks for it; `stamp` stands for all that it is made of."""

    _made_by: Mapping[str, Html]

    def __init__(self, made_by: Mapping[str, Html], stamp: str, **known: object) -> None:
        """`made_by` gives its `html` and its `reply`."""
        vars(self).update(known, _made_by=made_by, stamp=stamp)

    @cached_property
    def html(self) -> Markup:
        return Markup(self._made_by["html"](self))

    @cached_property
    def reply(self) -> Markup:
        return Markup(self._made_by["reply"](self))
