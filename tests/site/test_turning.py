"""A hub says until when it holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from parvis.site.turning import following

NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris"))


def head(**given: Any) -> Any:
    share = SimpleNamespace(embargo=given.pop("embargo", None), until=given.pop("until", None))
    return (
        SimpleNamespace(date=None, share=share, **given)
        if "date" not in given
        else SimpleNamespace(share=share, **given)
    )


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ({}, timedelta(minutes=30)),
        ({"date": NOW - timedelta(days=3)}, timedelta(minutes=30)),
        ({"date": NOW + timedelta(minutes=4)}, timedelta(minutes=4)),
        ({"date": NOW + timedelta(days=4)}, timedelta(minutes=30)),
        ({"updated": NOW + timedelta(minutes=5)}, timedelta(minutes=5)),
        ({"embargo": NOW + timedelta(minutes=6)}, timedelta(minutes=6)),
        ({"until": NOW + timedelta(minutes=7)}, timedelta(minutes=7)),
        ({"until": NOW}, timedelta(microseconds=1)),
        ({"date": NOW - timedelta(milliseconds=400)}, timedelta(milliseconds=600)),
    ],
)
def test_it_holds_until_the_next_moment_or_midnight_where_the_brand_is(given: dict[str, Any], after: timedelta) -> None:
    assert following(NOW, [head(), head(**given)]) == NOW + after
