"""An item's id is its own for good, and what cannot be true cannot be made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parvis.model import Item, Person


def item(**changes: object) -> Item:
    return Item(**({"source": "forum", "upstream_id": "1", "author": Person("Zoé"), "html": "<p>a</p>"} | changes))  # type: ignore[arg-type]


def test_an_id_outlives_title_text_address_author_and_date() -> None:
    later = item(
        title="b", html="c", url="https://x.example/", author=Person("d"), published=datetime(2026, 1, 1, tzinfo=UTC)
    )

    assert later.id == item().id


@pytest.mark.parametrize("known", ["upstream_id", "url", "html"])
def test_an_id_is_made_of_the_first_thing_known(known: str) -> None:
    """DESIGN, ids: the upstream id; where there is none the address; where there is none the text."""
    nothing = {"upstream_id": "", "url": "", "html": ""}
    one, other = ({**nothing, known: f"https://x.example/{n}"} for n in (1, 2))

    assert item(**one).id == item(**one).id != item(**other).id


def test_two_sources_never_share_an_id() -> None:
    assert item().id.startswith("forum-")
    assert item(source="blog").id.removeprefix("blog-") == item().id.removeprefix("forum-")


@pytest.mark.parametrize("known", ["\ud800", "\x00", "é" * 10**6, "../.."])
def test_any_upstream_id_gives_a_short_plain_id(known: str) -> None:
    assert set(item(upstream_id=known).id.removeprefix("forum-")) <= set("0123456789abcdef")
    assert len(item(upstream_id=known).id) == len("forum-") + 12


@pytest.mark.parametrize(
    "changes",
    [
        {"published": datetime(2026, 1, 1)},
        {"url": "javascript:alert(1)"},
        {"url": "/a"},
        {"author": Person("Zoé", url="data:x")},
    ],
)
def test_a_date_without_zone_and_an_address_that_is_none_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="forum-"):
        item(**changes)
