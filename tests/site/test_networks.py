"""What opens a network with a text ready."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.site.networks import NETWORKS, opened

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize("network", NETWORKS)
@given(text=TEXTS, title=TEXTS)
def test_whatever_a_text_holds_it_arrives_as_it_was(network: str, text: str, title: str) -> None:
    link = "https://brand.example/a/?utm_source=x&utm_campaign=é"

    parts = urlsplit(opened(network, [text], link=link, title=title))

    arrived = parse_qs(parts.query or parts.fragment, keep_blank_values=True)
    meant = {"text": text, "body": text.replace("\n", "\r\n"), "url": link, "u": link, "subject": title}
    assert arrived == {name: [meant[name]] for name in arrived} and arrived
