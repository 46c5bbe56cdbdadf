"""What upstream would have us change of an item that a person decided on: the text of a file in proposals/."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from typing import Any

from .. import matter
from ..html import address
from ..kinds import Said, Testimonial
from ..matter import Document

MARKS = re.compile(r"[\s\\*_`#>-]+")
GONE, OTHER = "gone", "other-author"
WHY = {
    GONE: "upstream it was not found twice in a row; --take withdraws it here too, --leave keeps it",
    OTHER: "the account that said it upstream is another one now",
}


def said(document: Document) -> tuple[object, ...]:
    """What readers see of an item, and whose it is. How the Markdown is written makes no difference."""
    head = _head(document)
    reviewed = (head.rating, head.consent) if isinstance(head, Testimonial) else ()
    when = head.date and head.date.astimezone(UTC).replace(second=0, microsecond=0)
    return (head.title, when, head.author, address(head.original), MARKS.sub("", document.body), *reviewed)


def differs(theirs: Document, ours: Document) -> bool:
    """Whether upstream says something else than we do. What it no longer says (a date, an id) is no difference."""
    new, old = _head(theirs), _head(ours)
    lost = {"date": new.date or old.date, "author": new.author if new.author.id or new.author.name else old.author}
    return said(_with(theirs, lost)) != said(ours)


def changed_hands(theirs: Document, ours: Document) -> bool:
    """Whether the source says by its own key that somebody else is the author now; a display name is no identity."""
    new, old = _head(theirs).author.id, _head(ours).author.id
    return bool(new and old and new != old)


def departure(document: Document) -> str:
    """The proposal to take an item down: what we have of it, with the reason."""
    head = _head(document)
    author = {key: part for key in ("name", "url", "id") if (part := getattr(head.author, key))}
    values: dict[str, Any] = {
        "id": head.id,
        "title": head.title,
        "date": head.date,
        "lang": head.lang,
        "status": "pending",
        "source": head.source,
        "author": author or {"name": ""},
        "original": head.original,
        "use": head.use,
        "flags": [GONE],
        "held": WHY[GONE],
    }
    kept = {name: value for name, value in values.items() if value not in ("", None)}
    return matter.write(kept | {"pulled": matter.pulled_hash(matter.write(kept, document.body))}, document.body)


def _with(document: Document, changes: dict[str, Any]) -> Document:
    return replace(document, head=replace(document.head, **changes))


def _head(document: Document) -> Said:
    assert isinstance(document.head, Said)
    return document.head
