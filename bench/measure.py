"""Which race `invoke bench` runs, and whether it ends well."""

from __future__ import annotations

from typing import NamedTuple

from parvis.errors import CONFIG, CONTENT, DONE, refuse

from . import builds, feeds, pulling, race
from .race import Tell


class Asked(NamedTuple):
    """As the command has it: `items` are sizes with commas between, `folders` a hub's texts and stock Pelican's."""

    feeds: bool
    builds: bool
    items: str
    rounds: int
    seed: int
    folders: tuple[str, str]
    most: float
    pull: bool = False


def run(asked: Asked, tell: Tell) -> int:
    """Tells a table; gives the exit code."""
    told = ratio(asked, tell)
    return CONTENT if asked.most and told > asked.most else DONE


def ratio(asked: Asked, tell: Tell) -> float:
    """How many times as long a hub takes as stock Pelican: for its feeds, else for a whole site.

    With `builds` or `pull`, the largest part of its limit that any figure takes.
    """
    if asked.pull:
        return pulling.run(tell)
    given, sizes = any(asked.folders), _sizes(asked.items)
    if asked.builds:
        return builds.run([0] if given else sizes or [1000], asked.rounds, asked.seed, asked.folders, tell)
    if asked.feeds:
        return feeds.run((sizes or [2000])[0], asked.rounds, asked.seed, tell)
    return race.run((sizes or [1000])[0], asked.rounds, asked.seed, asked.folders, tell)


def _sizes(items: str) -> list[int]:
    try:
        return [int(size) for size in items.split(",") if size]
    except ValueError:
        raise refuse("--items", f"'{items}' is no number of texts", "--items 1000,10000", code=CONFIG) from None
