"""Thirty days of pulls every four hours: how often each kind of server is asked, to the request."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from parvis import settings
from parvis.errors import Unread
from parvis.intake import rounds
from parvis.intake.answers import Answer
from parvis.intake.cage import Cage, Fetching, Reading
from parvis.intake.pull import pull
from parvis.model import Item
from parvis.sources import feed
from tests.intake.projects import Hub, post

HOUR = 3600.0
START = 1_800_000_000.0
PULLS = 30 * 6
FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [post()]}).encode()
Act = Callable[[int, str], Answer]


def good(**more: Any) -> Act:
    return lambda asked, etag: Answer("https://x.example/", 200, FEED, **more)


def conditional(asked: int, etag: str) -> Answer:
    if etag:
        return Answer("https://x.example/", 304, etag=etag, not_modified=True)
    return Answer("https://x.example/", 200, FEED, etag='"1"')


def failing(status: int, retry_after: int | None = None) -> Act:
    def act(asked: int, etag: str) -> Answer:
        raise Unread("fails", status=status, retry_after=retry_after)

    return act


def stumbling(asked: int, etag: str) -> Answer:
    """Every tenth answer is a failure, and the next one is good again."""
    return failing(500)(asked, etag) if asked % 10 == 9 else conditional(asked, etag)


DAYS, EACH = 30, PULLS
KINDS: dict[str, tuple[Act, str, int]] = {
    "conditional": (conditional, "", EACH),  # 304 but for the first time
    "plain": (good(), "", EACH),  # no validators: known by its bytes
    "moved": (good(moved="https://y.example/"), "", EACH),
    "daily": (conditional, ", every: 24", DAYS),
    "limited": (good(pause=int(6 * HOUR)), "", EACH // 2),  # its limit is reached with each request, for six hours
    "gone": (failing(410), "", 1),
    "pause": (failing(429, int(24 * HOUR)), "", DAYS),
    # At hours 0, 4, 8, 12, 16, 24, 36, 56: waits of ¼, ½, 1, 2, 4, 8 and 16 hours, each up to a quarter longer; then
    # once a day, 27 times.
    "short-pause": (failing(503, int(2 * HOUR)), "", 8 + 27),
    "busy": (failing(503), "", 8 + 27),
    # The same from the fifth failure on: at hours 0 to 32 every time, then 40, 52, 72, and 26 times once a day.
    "missing": (failing(404), "", 9 + 3 + 26),
    "silent": (failing(0), "", 9 + 3 + 26),
    "stumbling": (stumbling, "", EACH),
    "patient": (failing(429, int(10 * 24 * HOUR)), "", 3),
}


class Here(Cage):
    """Reads in this process: who asks how often is the question, and no document here is a stranger's."""

    async def read(
        self, kind: str, name: str, get: Fetching, options: Mapping[str, Any], *, most: int = 10_000
    ) -> Reading:
        got = await get(options["url"])
        return Reading(tuple(thing for thing in feed.read(name, lambda _: got, **options) if isinstance(thing, Item)))


def test_every_kind_of_server_is_asked_so_often_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()

    class Counting:
        """A client that asks nobody."""

        def __init__(self, *_: object) -> None:
            pass

        async def get(self, url: str, *, etag: str = "", **_: object) -> Answer:
            name = url.removeprefix("https://").partition(".")[0]
            asked[name] += 1
            return KINDS[name][0](asked[name], etag)

    monkeypatch.setattr(rounds, "Client", Counting)
    monkeypatch.setattr(rounds, "Cage", Here)
    entries = "".join(
        f"{name}: {{kind: feed, url: 'https://{name}.example/'{kind[1]}}}\n" for name, kind in KINDS.items()
    )
    hub = settings.load({}, Hub(tmp_path, entries).folder)
    for number in range(PULLS):
        pull(hub, {}, now=START + number * 4 * HOUR)

    assert len(KINDS) >= 12
    assert dict(asked) == {name: count for name, (_, _, count) in KINDS.items()}
