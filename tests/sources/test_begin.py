"""The address that a person copies from the browser becomes the one that is asked first."""

from __future__ import annotations

from importlib import import_module
from urllib.parse import unquote

import pytest

from parvis import sources

BEGINNINGS = """
mastodon https://social.example/@maison https://social.example/api/v1/accounts/lookup?acct=maison
mastodon https://social.example/@zoe@autre.example https://social.example/api/v1/accounts/lookup?acct=zoe@autre.example
mastodon https://social.example/@maison/with_replies https://social.example/api/v1/accounts/lookup?acct=maison
mastodon https://social.example/tags/été https://social.example/api/v1/timelines/tag/été?limit=40
mastodon https://social.example/tags/%C3%A9t%C3%A9 https://social.example/api/v1/timelines/tag/été?limit=40
mastodon https://social.example/api/v1/timelines/tag/x https://social.example/api/v1/timelines/tag/x
discourse https://forum.example https://forum.example/latest.json
discourse https://forum.example/top https://forum.example/top.json
discourse https://forum.example/c/a/b/7/l/latest https://forum.example/c/a/b/7.json
discourse https://forum.example/tag/pain https://forum.example/tag/pain.json
discourse https://forum.example/t/une-idee/12/3?u=zoe https://forum.example/t/12.json
discourse https://forum.example/t/12 https://forum.example/t/12.json
discourse https://forum.example/sous/c/a/7 https://forum.example/sous/c/a/7.json
wordpress https://blog.example/ https://blog.example/wp-json/wp/v2/posts?_embed=1&per_page=100
wordpress https://blog.example/wp-json/wp/v2/posts?tags=3 https://blog.example/wp-json/wp/v2/posts?tags=3
github https://github.com/a/b https://api.github.com/repos/a/b/issues?state=all&per_page=100
github https://github.com/a/b/labels/un%20avis https://api.github.com/repos/a/b/issues?state=all&per_page=100&labels=un+avis
github https://github.com/a/b/issues?q=is:open+label:avis https://api.github.com/repos/a/b/issues?state=all&per_page=100&labels=avis
webmention https://maison.example/blog https://webmention.io/api/mentions.jf2?domain=maison.example&per-page=100&page=0
"""
NONE = """
mastodon https://social.example/about
bluesky https://bsky.app/
discourse https://forum.example/about
github https://github.com/a
stackexchange https://stackoverflow.com/help
maildir https://mail.example/
"""


@pytest.mark.parametrize(("kind", "copied", "asked"), [line.split() for line in BEGINNINGS.strip().splitlines()])
def test_an_address_becomes_the_one_that_is_asked(kind: str, copied: str, asked: str) -> None:
    assert unquote(import_module(f"parvis.sources.{kind}").begin(copied)) == unquote(asked)


@pytest.mark.parametrize(("kind", "copied"), [line.split() for line in NONE.strip().splitlines()])
def test_an_address_of_something_else_is_told_with_what_is_wanted(kind: str, copied: str) -> None:
    assert "want" in sources.misplaced(kind, copied)
