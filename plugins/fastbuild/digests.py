"""Short words that stand for long ones: the same for the same bytes, another for others."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def digest_of(texts: Iterable[str]) -> str:
    """Of their number and order too: no two sequences have the same."""
    made = blake2b(digest_size=16)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.hexdigest()
