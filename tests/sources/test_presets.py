"""The address that a person copies from the browser becomes the feed's; one of something else is told at once."""

from __future__ import annotations

import pytest

from parvis import sources
from parvis.sources.presets import PRESETS

ADDRESSES = """
youtube https://www.youtube.com/channel/UC7_gcs09iThXybpVgjHZ_7g/videos https://www.youtube.com/feeds/videos.xml?channel_id=UC7_gcs09iThXybpVgjHZ_7g
youtube https://m.youtube.com/@Maison/videos https://www.youtube.com/@Maison
youtube https://youtube.com/playlist?list=PL123&si=x https://www.youtube.com/feeds/videos.xml?playlist_id=PL123
youtube https://www.youtube.com/feeds/videos.xml?channel_id=UC7 https://www.youtube.com/feeds/videos.xml?channel_id=UC7
peertube https://tube.example/c/marque/videos https://tube.example/feeds/videos.xml?videoChannelName=marque
peertube https://tube.example/c/marque@autre.example/videos?s=1 https://tube.example/feeds/videos.xml?videoChannelName=marque@autre.example
peertube https://tube.example/a/zoe/video-channels https://tube.example/feeds/videos.xml?accountName=zoe
peertube https://tube.example https://tube.example/feeds/videos.xml?sort=-publishedAt
reddit https://old.reddit.com/r/marque/ https://www.reddit.com/r/marque/.rss
reddit https://www.reddit.com/r/marque/new/?sort=x https://www.reddit.com/r/marque/new/.rss
reddit https://www.reddit.com/r/marque/comments/116yyx6/retour/ https://www.reddit.com/r/marque/comments/116yyx6/retour/.rss
reddit https://www.reddit.com/u/zoe https://www.reddit.com/user/zoe/.rss
reddit https://www.reddit.com/r/marque/.rss https://www.reddit.com/r/marque/.rss
lemmy https://lemmy.example/c/marque@autre.example?x=1 https://lemmy.example/feeds/c/marque@autre.example.xml?sort=New
lemmy https://lemmy.example/u/zoe https://lemmy.example/feeds/u/zoe.xml?sort=New
lemmy https://lemmy.example/ https://lemmy.example/feeds/local.xml?sort=New
forem https://dev.to/zoe https://dev.to/feed/zoe
forem https://dev.to/t/pain https://dev.to/feed/tag/pain
forem https://dev.to/ https://dev.to/feed
hackernews https://news.ycombinator.com/ https://news.ycombinator.com/rss
hackernews https://news.ycombinator.com/user?id=pg https://hn.algolia.com/api/v1/search_by_date?tags=author_pg
hackernews https://news.ycombinator.com/item?id=41 https://hn.algolia.com/api/v1/search_by_date?tags=comment,story_41
hackernews https://hn.algolia.com/?dateRange=all&q=marque https://hn.algolia.com/api/v1/search_by_date?query=marque
ghost https://blog.example/ https://blog.example/rss/
ghost https://blog.example/tag/pain/ https://blog.example/tag/pain/rss/
ghost https://blog.example/rss/ https://blog.example/rss/
substack https://maison.substack.com/archive https://maison.substack.com/feed
substack https://substack.com/@maison https://maison.substack.com/feed
substack https://www.maison.example/ https://www.maison.example/feed
medium https://medium.com/@zoe https://medium.com/feed/@zoe
medium https://medium.com/maison/un-article https://medium.com/feed/maison
medium https://medium.com/tag/pain https://medium.com/feed/tag/pain
medium https://maison.medium.com/ https://maison.medium.com/feed
tumblr https://maison.tumblr.com/ https://maison.tumblr.com/rss
tumblr https://www.tumblr.com/maison https://maison.tumblr.com/rss
tumblr https://www.tumblr.com/maison/tagged/pain https://maison.tumblr.com/tagged/pain/rss
tumblr https://maison.tumblr.com/tagged/pain https://maison.tumblr.com/tagged/pain/rss
github-releases https://github.com/a/b https://github.com/a/b/releases.atom
github-releases https://github.com/a/b/releases/tag/v1 https://github.com/a/b/releases.atom
"""
NONE = """
youtube https://www.youtube.com/watch?v=abc
peertube https://tube.example/w/kk
reddit https://www.reddit.com/r/marque.json
lemmy https://lemmy.example/post/12
forem https://dev.to/zoe/un-article
hackernews https://news.ycombinator.com/jobs
ghost https://blog.example/un-article/
substack https://substack.com/
medium https://medium.com/
tumblr https://www.tumblr.com/
github-releases https://github.com/a
"""


@pytest.mark.parametrize(("kind", "copied", "feed"), [line.split() for line in ADDRESSES.strip().splitlines()])
def test_the_address_of_a_page_becomes_that_of_its_feed(kind: str, copied: str, feed: str) -> None:
    assert PRESETS[kind].begin(copied) == feed


@pytest.mark.parametrize(("kind", "copied"), [line.split() for line in NONE.strip().splitlines()])
def test_an_address_of_something_else_is_told_with_what_is_wanted(kind: str, copied: str) -> None:
    assert sources.misplaced(kind, copied) == f"want {PRESETS[kind].wanted}"


def test_every_preset_has_addresses_of_both_sorts() -> None:
    assert {line.split()[0] for line in ADDRESSES.strip().splitlines()} == set(PRESETS)
    assert {line.split()[0] for line in NONE.strip().splitlines()} == set(PRESETS)
