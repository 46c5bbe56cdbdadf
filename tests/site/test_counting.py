"""A text is as long as its network says.

tests/corpus/lengths holds what others say: X's own library twitter-text 3.1 for X, Unicode's segmenter in ICU 78 for
the rest, with 23 for a link on Mastodon and bytes for an emoji on Threads. Its texts end at the limit, one before, and
one beyond.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.site.counting import graphemes, length, units
from parvis.site.networks import NETWORKS, measured
from tests.cases import ROOT

LONG = "https://www.example.com/" + "a" * 200 + "?utm_source=x&utm_medium=share"


def corpus(name: str) -> Iterator[Any]:
    for number, line in enumerate((ROOT / f"tests/corpus/lengths/{name}.jsonl").read_text("utf-8").splitlines()):
        case = json.loads(line)
        yield pytest.param(case, id=f"{case['network']} {case.get('name', number)}")


@pytest.mark.parametrize("case", list(corpus("limits")))
def test_around_its_limit_a_text_fits_where_the_network_takes_it(case: dict[str, Any]) -> None:
    network, text = case["network"], case["text"]

    assert length(network, text) == case["length"]
    assert (measured(network, [text]) is not None) == (case["length"] <= NETWORKS[network].limit)


@pytest.mark.parametrize("case", list(corpus("odd")))
def test_odd_texts_are_as_long_as_others_say(case: dict[str, Any]) -> None:
    assert length(case["network"], case["text"]) == case["length"]


@pytest.mark.parametrize(
    ("network", "text", "expected"),
    [
        ("x", LONG, 23),
        ("x", f"Lire {LONG} et example.fr/é", 5 + 23 + 4 + 23),
        ("x", "voir example.com", 5 + 23),
        ("x", "fin.Le début", len("fin.Le début")),
        ("x", "https://brand.example/" + "a" * 40, 62),
        ("mastodon", LONG, 23),
        ("mastodon", f"({LONG})", 25),
        ("mastodon", "voir example.com", 16),
        ("mastodon", "Merci @zoe@mastodon.example !", len("Merci @zoe !")),
        ("mastodon", "zoe@mastodon.example", 20),
        ("bluesky", LONG, len(LONG)),
        ("threads", "Salut 👋", 6 + 4),
        ("threads", "© 2026", 6),
        ("linkedin", "Salut 👋", 8),
        ("telegram", "Salut 👋", 7),
    ],
)
def test_links_names_and_emoji_count_as_the_network_says(network: str, text: str, expected: int) -> None:
    assert length(network, text) == expected


def test_bluesky_takes_no_more_bytes_than_its_record_holds() -> None:
    family = "👩‍👩‍👧‍👦"

    assert graphemes(family * 120) == 120
    assert measured("bluesky", [family * 119]) == 119 and measured("bluesky", [family * 121]) is None


@given(st.text(), st.text())
def test_nothing_gets_shorter_by_more_text(one: str, more: str) -> None:
    assert units(one + more) >= units(one)
    assert graphemes(one + "\n" + more) == graphemes(one + "\n") + graphemes(more)


@pytest.mark.parametrize(
    "word", ["a-" * 2000 + ".", "a." * 2000, "https://" + "(" * 4000, "é" * 4000 + ".fr", "@" * 4000 + ".", "a@" * 2000]
)
@pytest.mark.parametrize("network", ["x", "mastodon"])
def test_a_word_made_to_be_slow_is_not(network: str, word: str) -> None:
    began = time.process_time()
    length(network, word)

    assert time.process_time() - began < 20
