"""`share:` in the front matter: texts by network, by language, or both; every fault with its line."""

from __future__ import annotations

import pytest

from parvis import nodes
from parvis.errors import Fault
from parvis.schema import Place, record
from parvis.share import Share


def read(text: str) -> tuple[Share | None, list[Fault]]:
    faults: list[Fault] = []
    return record(Share)(nodes.parse(text, "a.md"), Place("a.md", faults, "share")), faults


def texts(share: Share | None, lang: str, *, own: bool) -> dict[str, list[str]]:
    assert share
    return {network: [ready.text for ready in found] for network, found in share.given(lang, own=own).items()}


def test_networks_alone_are_in_the_items_own_language() -> None:
    share, faults = read("wordings:\n  mastodon: [Un, Deux]\n  any: Trois\n")

    assert not faults
    assert texts(share, "fr", own=True) == {"mastodon": ["Un", "Deux"], "any": ["Trois"]}
    assert texts(share, "fr", own=False) == {}


def test_languages_hold_networks_and_may_stand_beside_them() -> None:
    share, faults = read("wordings:\n  any: [Un]\n  fr: {any: [Deux]}\n  en: {x: [One], any: [Two]}\n")

    assert not faults
    assert texts(share, "fr", own=True) == {"any": ["Un", "Deux"]}
    assert texts(share, "en", own=False) == {"x": ["One"], "any": ["Two"]}


def test_each_text_knows_its_line() -> None:
    share, _ = read("wordings:\n  any:\n    - Un\n    - Deux\n  en:\n    x: [One]\n")

    assert share and [ready.line for ready in share.wordings[""]["any"]] == [3, 4]
    assert share.wordings["en"]["x"][0].line == 6


def test_empty_texts_are_none() -> None:
    share, faults = read("wordings:\n  any: ['', ' ']\n  x:\n  en: {}\n")

    assert not faults and share and not share.wordings


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("wordings:\n  any: [Un]\n  mastodn: [Deux]\n", 3, "did you mean 'mastodon'"),
        ("wordings:\n  en:\n    mastodn: [Deux]\n", 3, "share.wordings.en: want any, mastodon"),
        ("wordings:\n  french: {any: [Un]}\n", 2, "a language code"),
        ("wordings:\n  any: {fr: [Un]}\n", 2, "share.wordings.any: want text"),
        ("wordings:\n  any: [Un]\n  any: [Deux]\n", 3, "stands twice"),
        ("wordings:\n  en: {any: [Un]}\n  en: {any: [Deux]}\n", 3, "stands twice"),
        ("wordings: [Un]\n", 1, "want names with values"),
        ("wording:\n  any: [Un]\n", 1, "did you mean 'wordings'"),
    ],
)
def test_a_fault_tells_its_line_and_what_was_meant(text: str, line: int, what: str) -> None:
    _, faults = read(text)

    assert any(fault.line == line and what in fault.what for fault in faults), faults
