"""Real answers of the interfaces become the right items, value by value."""

from __future__ import annotations

from datetime import datetime
from html import unescape
from typing import Any

import pytest

from parvis import sources
from parvis.errors import SOURCES, Refused
from parvis.html import plain
from parvis.model import Item
from parvis.sources import Got, Note
from tests.cases import SHARED, shared

pytestmark = pytest.mark.skipif(not (SHARED / "api").is_dir(), reason="the shared data is not beside this repository")


def read(kind: str, name: str, **options: Any) -> tuple[list[Item], list[str]]:
    body = (SHARED / "api" / name).read_bytes()
    things = list(sources.read(kind, "src", lambda _: Got(body), url="demo/x", **options))
    return [t for t in things if isinstance(t, Item)], [t.what for t in things if isinstance(t, Note)]


def when(said: str) -> datetime:
    return datetime.fromisoformat(said)


def test_posts_under_a_hashtag_of_mastodon() -> None:
    items, notes = read("mastodon", "mastodon/tag_timeline.json")

    assert notes == []
    for item, status in zip(items, shared("api/mastodon/tag_timeline.json"), strict=True):
        assert (item.upstream_id, item.url, item.lang, item.title) == (status["id"], status["url"], "ja", "")
        assert (item.author.name, item.author.id) == (status["account"]["username"], status["account"]["id"])
        assert item.published == when(status["created_at"])
        assert item.html == status["content"]
        assert item.tags == tuple(tag["name"] for tag in status["tags"])
        assert (item.media, item.likes, item.signals) == ((), 0, ())


@pytest.mark.parametrize("name", ["account_statuses", "status_with_card"])
def test_what_is_unlisted_at_mastodon_stays_out(name: str) -> None:
    items, notes = read("mastodon", f"mastodon/{name}.json")

    assert items == []
    assert [note.startswith("left out, not public: ") for note in notes] == [True]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("mastodon", "mastodon/account.json"),
        ("mastodon", "mastodon/trends_links.json"),
        ("bluesky", "bluesky/granary-actor.bsky.json"),
        ("bluesky", "bluesky/granary-like.bsky.json"),
        ("discourse", "discourse/categories.json"),
        ("wordpress", "stackexchange/questions.json"),
        ("github", "discourse/latest.json"),
        ("webmention", "mastodon/tag_timeline.json"),
        ("stackexchange", "wordpress/posts_embed.json"),
        ("lemmy", "peertube/videos.json"),
        ("mastodon", "csv/tally.csv"),
        ("discourse", "mastodon/tag_timeline.json"),
        ("discourse", "github/issue_opened.json"),
        ("bluesky", "mastodon/tag_timeline.json"),
        ("wordpress", "mastodon/tag_timeline.json"),
        ("wordpress", "github/issue_opened.json"),
        ("github", "mastodon/tag_timeline.json"),
        ("github", "forem/articles.json"),
        ("forem", "github/issue_opened.json"),
        ("peertube", "wordpress/posts_embed.json"),
        ("reddit", "github/issue_opened.json"),
    ],
)
def test_an_answer_of_another_shape_is_one_fault_that_says_where(kind: str, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read(kind, name)

    (fault,) = refused.value.faults
    assert (fault.where, fault.code, "\n" in fault.what) == ("src", SOURCES, False)


def test_an_authors_feed_of_bluesky() -> None:
    items, notes = read("bluesky", "bluesky/author_feed.json")
    feed = shared("api/bluesky/author_feed.json")["feed"]
    own = [row["post"] for row in feed if "reason" not in row]

    assert notes == ["left out, passed on from others (`reposts: true` takes them as their authors’ own): 7"]
    for item, post in zip(items, own, strict=True):
        record, author = post["record"], post["author"]
        assert item.upstream_id == post["uri"]
        assert item.url == f"https://bsky.app/profile/{author['handle']}/post/{post['uri'].rpartition('/')[2]}"
        assert (item.author.id, item.author.name) == (author["did"], author["displayName"])
        assert item.published == when(record["createdAt"])
        assert item.lang == next(iter(record.get("langs", [])), "")
        assert plain(item.html).split()[: len(record["text"].split())] == record["text"].split()
        assert item.likes == post["likeCount"]
        linked = {f["uri"] for facet in record.get("facets", []) for f in facet["features"] if "uri" in f}
        assert all(link in unescape(item.html) for link in linked)


def test_pictures_and_their_words_of_bluesky() -> None:
    items, _ = read("bluesky", "bluesky/author_feed.json", reposts=True)
    feed = shared("api/bluesky/author_feed.json")["feed"]

    assert len(items) == len(feed)
    for item, row in zip(items, feed, strict=True):
        embed = row["post"].get("embed", {})
        images = embed.get("images", embed.get("media", {}).get("images", []))
        assert [(medium.url, medium.alt) for medium in item.media] == [
            (i["fullsize"], i["alt"].strip()) for i in images
        ]


def test_replies_of_bluesky_may_stay_out() -> None:
    items, _ = read("bluesky", "bluesky/author_feed.json", replies=False)
    feed = shared("api/bluesky/author_feed.json")["feed"]

    assert len(items) == sum("reason" not in row and "reply" not in row["post"]["record"] for row in feed)


def test_byte_offsets_of_bluesky_behind_emoji() -> None:
    (linked,), _ = read("bluesky", "bluesky/granary-note_with_article_tag_indices.bsky.json")
    (named,), _ = read("bluesky", "bluesky/granary-note_with_mention_linked_text.bsky.json")

    assert linked.html == '<p>hello 👩‍👩‍👦‍👦✋🏽 <a href="http://xyz/foo">foo</a></p>'
    assert named.html == '<p>hi <a href="https://bsky.app/profile/did:plc:789">@alice</a>!</p>'


@pytest.mark.parametrize("name", ["latest", "category_latest_topics"])
def test_topics_of_discourse(name: str) -> None:
    items, _ = read("discourse", f"discourse/{name}.json", site="https://forum.example.org")
    page = shared(f"api/discourse/{name}.json")
    (user,) = page["users"]

    for item, topic in zip(items, page["topic_list"]["topics"], strict=True):
        assert item.url == f"https://forum.example.org/t/{topic['slug']}/{topic['id']}"
        assert (item.author.name, item.author.id) == (user["username"], str(user["id"]))
        assert (item.title, item.published) == (topic["title"], when(topic["created_at"]))


def test_posts_of_a_topic_of_discourse() -> None:
    items, notes = read("discourse", "discourse/topic.json", site="https://forum.example.org")
    topic = shared("api/discourse/topic.json")
    posts = [post for post in topic["post_stream"]["posts"] if post["post_type"] == 1 and not post["hidden"]]

    assert [(i.upstream_id, i.author.name, i.html, i.published) for i in items] == [
        (str(p["id"]), p["name"], p["cooked"], when(p["created_at"])) for p in posts
    ]
    assert items[0].title == topic["title"]
    assert items[0].url == f"https://forum.example.org/t/{topic['slug']}/{topic['id']}"
    assert notes == ["left out, hidden, or notices of the forum itself: 1"]


def test_posts_of_wordpress() -> None:
    (item,), notes = read("wordpress", "wordpress/posts_embed.json")

    assert (item.upstream_id, item.url) == ("4211", "https://marque.example/2026/10/rencontre-des-ambassadeurs-lyon/")
    assert item.title == "Rencontre des ambassadeurs\xa0: Lyon, c’était bien…"
    assert (item.author.name, item.author.id, item.published) == ("Zoé L’Hôte", "7", when("2026-10-03T07:30:00Z"))
    assert item.tags == ("Événements", "ambassadeurs")
    assert [(medium.url, medium.alt, medium.type) for medium in item.media] == [
        ("https://marque.example/a.jpg", "", "image/jpeg")
    ]
    assert notes == ["left out, kept behind a password: 1"]


def test_issues_of_github() -> None:
    items, _ = read("github", "github/paginate-issues.json")
    issues = [issue for answer in shared("api/github/paginate-issues.json") for issue in answer["response"]]

    assert len(items) == 13
    for item, issue in zip(items, issues, strict=True):
        assert (item.upstream_id, item.url, item.title) == (str(issue["id"]), issue["html_url"], issue["title"])
        assert (item.author.name, item.author.id) == (issue["user"]["login"], str(issue["user"]["id"]))
        assert item.published == when(issue["created_at"])
    (opened,), _ = read("github", "github/issue_opened.json", labels=("bug",))
    assert (opened.tags, opened.title) == (("bug",), "Spelling error in the README file")


def test_questions_of_stack_exchange() -> None:
    items, _ = read("stackexchange", "stackexchange/questions.json")
    questions = shared("api/stackexchange/questions.json")["items"]

    assert [item.title for item in items] == [unescape(question["title"]) for question in questions]
    for item, question in zip(items, questions, strict=True):
        assert (item.upstream_id, item.url) == (str(question["question_id"]), question["link"])
        assert (item.author.id, item.author.url) == (str(question["owner"]["user_id"]), question["owner"]["link"])
        assert item.tags == tuple(question["tags"])
        assert item.published and item.published.timestamp() == question["creation_date"]


def test_mentions_of_webmention_io() -> None:
    (item,), _ = read("webmention", "webmention.io/mentions.jf2.json")
    (mention,) = shared("api/webmention.io/mentions.jf2.json")["children"]

    assert (item.upstream_id, item.url, item.html) == ("900", mention["url"], mention["content"]["html"])
    assert (item.author.name, item.author.url) == ("Tantek Çelik", "http://tantek.com/")
    assert item.published == when(mention["published"])


def test_saved_answers_of_places_that_are_read_as_feeds() -> None:
    (lemmy, gone), _ = read("lemmy", "lemmy/post_list.json")
    (video,), _ = read("peertube", "peertube/videos.json")
    (article,), _ = read("forem", "forem/articles.json")
    (story, comment), _ = read("hackernews", "hackernews/algolia_search.json")
    (post, removed), _ = read("reddit", "reddit/listing.json")

    assert (lemmy.upstream_id, lemmy.author.name, lemmy.lang) == ("https://autre.example/post/77", "Zoé 🧡", "fr")
    assert (gone.deleted, removed.deleted) == (True, True)
    assert (video.licence, video.lang, video.author.name) == ("Attribution - Share Alike", "fr", "Zoé")
    assert [medium.url for medium in video.media] == ["https://pt.example/lazy-static/previews/a.jpg"]
    assert article.tags == ("programming", "career", "webdev", "coding")
    assert (story.title, comment.title) == ("Show HN: Marque – a community hub", "")
    assert plain(comment.html).split() == ["I", "love", "it", "/", "I", "use", "it", "daily", "Great", "<3"]
    assert (post.title, plain(post.html)) == ("Retour d'expérience", "Super produit & équipe")


@pytest.mark.parametrize(("kind", "name"), [("google-forms", "google-forms"), ("tally", "tally"), ("table", "tally")])
def test_no_address_and_no_signed_link_of_a_form_is_read(kind: str, name: str) -> None:
    items, _ = read(kind, f"csv/{name}.csv")

    assert items
    assert "@" not in repr(items) and "SECRET" not in repr(items)
