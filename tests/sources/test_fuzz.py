"""Whatever the bytes are: items and notes, or one fault in words. Never a traceback, never an Item that cannot be."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources import broken

COMMENTS = b"<item><title>%d</title><description>&lt;a href='%d'>Comments&lt;/a></description></item>"
FOUND = [
    ("maildir", b"From ", ""),
    ("hackernews", b"<rss version='2.0'><channel>%b%b</channel></rss>" % (COMMENTS % (1, 1), COMMENTS % (2, 2)), ""),
]
LARGE = (HealthCheck.data_too_large, HealthCheck.too_slow)  # real answers are, and machines are busy


@pytest.mark.parametrize("kind", broken.KINDS)
@settings(deadline=None, max_examples=40, suppress_health_check=LARGE)
@given(data=st.data())
def test_whatever_it_says_a_source_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    url = data.draw(st.sampled_from(broken.ADDRESSES[kind]))
    broken.read(kind, data.draw(broken.bodies(kind)), url)


@pytest.mark.parametrize(("kind", "body", "url"), FOUND)
def test_what_was_found_once(kind: str, body: bytes, url: str) -> None:
    broken.read(kind, body, url)


@settings(deadline=None, max_examples=200, suppress_health_check=LARGE)
@given(broken.bodies("feed"), st.sampled_from(["", "https://h.example/feed"]))
def test_a_feed(body: bytes, url: str) -> None:
    broken.read("feed", body, url)


@settings(deadline=None, max_examples=200, suppress_health_check=LARGE)
@given(broken.bodies("table"))
def test_a_table(body: bytes) -> None:
    broken.read("table", body, "")
