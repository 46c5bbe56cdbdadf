"""Which race `invoke bench` runs."""

from __future__ import annotations

from collections.abc import Callable

from . import feeds as subscriptions
from . import race


def ratio(
    *, feeds: bool, items: int, rounds: int, seed: int, folders: tuple[str, str], tell: Callable[[str], None]
) -> float:
    """How many times as long a hub takes as stock Pelican: for its feeds, else for a whole site."""
    if feeds:
        return subscriptions.run(items or 2000, rounds, seed, tell)
    return race.run(items or 1000, rounds, seed, folders, tell)
