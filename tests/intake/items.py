"""Items, sources and rules, as little as a test needs of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from parvis.intake import flags
from parvis.intake.draft import NOTHING, Noticed, Rules, draft
from parvis.kinds import Said
from parvis.matter import Document, parse
from parvis.model import Item, Person
from parvis.options import Moderation, Source

WORDS = {"fr": {"watch": ("retard",), "senior": ("plainte", "plaque d’immatriculation"), "block": ("casino",)}}


def item(**fields: Any) -> Item:
    """Something that Zoé said on the forum."""
    given: dict[str, Any] = {
        "source": "forum",
        "upstream_id": "1",
        "author": Person("Zoé", "https://x.example/zoe", "42"),
        "html": "<p>Bonjour à tous.</p>",
        "url": "https://x.example/1",
        "published": datetime(2026, 11, 2, 8, tzinfo=UTC),
        "title": "Un titre",
    }
    return Item(**given | fields)


def source(**fields: Any) -> Source:
    return Source(**{"kind": "feed", "name": "forum", "use": "full"} | fields)


def rules(*languages: str, delicate: tuple[str, ...] = ("word:senior",)) -> Rules:
    return Rules(languages or ("fr", "en"), flags.words_of(Moderation(words=WORDS)), frozenset(delicate))


def drafted(said: Item, by: Source | None = None, given: Rules | None = None, noticed: Noticed = NOTHING) -> Document:
    """The draft of an item, written and read back."""
    made = draft(said, by or source(), given or rules(), noticed=noticed)
    document = parse(made.text, f"content/{made.path}")
    assert isinstance(document.head, Said)
    return document


def head(said: Item, by: Source | None = None, given: Rules | None = None) -> Any:
    return drafted(said, by, given).head
