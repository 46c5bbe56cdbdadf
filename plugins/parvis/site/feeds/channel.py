"""What a feed is, whatever bytes it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Entry, Picture

RSS, ATOM = "application/rss+xml", "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Stream:
    """What a feed is. `id` is a `tag:` URI that outlives every address, `url` its own, `home` its page."""

    id: str
    url: str
    home: str
    title: str
    description: str
    lang: str
    entries: Sequence[Entry]
    image: Picture | None = None
