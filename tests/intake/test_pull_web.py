"""Sources with an address: asked politely, and no more often than needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from parvis.errors import SOURCES
from parvis.intake.account import Account
from tests.cases import SHARED, shared
from tests.intake.projects import Hub, post
from tests.intake.serving import Reply, Web, web

EXPECTED = shared("feeds/expected.json") or {}


def feed(*posts: dict[str, object]) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": list(posts)}).encode()


@pytest.fixture
def served() -> Iterator[Web]:
    with web(forum=Reply(feed(post()), etag='"1"')) as served:
        yield served


def hub_of(folder: Path, served: Web, path: str = "/forum") -> Hub:
    return Hub(folder, f"forum: {{kind: feed, url: '{served.url}{path}', use: full, permission: charte}}\n")


def pull(hub: Hub, served: Web, *names: str) -> Account:
    served.asked.clear()
    return hub.pull(*names, operator=served.operator)


def test_an_address_is_read(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)

    assert pull(hub, served).sum == (1, 0, 0, 0, 0)
    assert served.asked == [("/forum", False)]


def test_an_address_that_is_not_allowed_is_not_read(tmp_path: Path, served: Web) -> None:
    account = hub_of(tmp_path, served).pull()

    assert account.code == SOURCES
    assert "not a public address" in account.faults[0].what or "neither 80 nor 443" in account.faults[0].what
    assert served.asked == []


def test_a_second_pull_asks_on_condition_and_writes_nothing(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    pull(hub, served)
    before = hub.everything

    assert pull(hub, served).sum == (0, 0, 0, 1, 0)
    assert served.asked == [("/forum", True)]
    assert hub.everything == before


def test_a_source_without_validators_is_known_by_its_bytes(tmp_path: Path, served: Web) -> None:
    served.replies["/forum"].etag = ""
    hub = hub_of(tmp_path, served)
    pull(hub, served)

    assert pull(hub, served).sum == (0, 0, 0, 1, 0)
    assert served.asked == [("/forum", False)]


def test_what_is_new_is_fetched_once(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    pull(hub, served)
    served.replies["/forum"] = Reply(feed(post(), post("2")), etag='"2"')

    assert pull(hub, served).sum == (1, 0, 0, 1, 0)
    assert served.asked == [("/forum", True)]


def test_a_file_that_went_is_fetched_again_without_condition(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    pull(hub, served)
    (hub.folder / "content" / hub.only()).unlink()

    assert pull(hub, served).sum == (1, 0, 0, 0, 0)
    assert served.asked == [("/forum", False)]


def test_new_settings_are_applied_although_nothing_is_new_there(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    pull(hub, served)
    hub.write("content/moderation.yml", "words: {fr: {block: [texte]}}\n")

    assert pull(hub, served).sum == (0, 1, 0, 0, 0)


def test_a_page_that_names_its_feed_is_followed_there(tmp_path: Path, served: Web) -> None:
    page = b'<!doctype html><title>Blog</title><link rel=alternate type=application/feed+json href="/forum">'
    served.replies["/page"] = Reply(page)
    hub = hub_of(tmp_path, served, "/page")

    assert pull(hub, served).sum == (1, 0, 0, 0, 0)
    assert pull(hub, served).sum == (0, 0, 0, 1, 0)
    assert served.asked == [("/page", False), ("/forum", True)]


def test_a_source_that_failed_is_asked_again(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    good = served.replies["/forum"]
    served.replies["/forum"] = Reply(status=404)

    assert pull(hub, served).faults[0].what.endswith("answered 404 Not Found")
    served.replies["/forum"] = good
    assert pull(hub, served).sum == (1, 0, 0, 0, 0)


def test_a_source_that_asks_for_a_pause_is_left_alone_unless_named(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    served.replies["/forum"] = Reply(status=429, headers={"Retry-After": "3600"})
    pull(hub, served)

    assert "is left alone until" in pull(hub, served).faults[0].what
    assert served.asked == []
    pull(hub, served, "forum")
    assert served.asked == [("/forum", False)]


def test_a_source_that_is_gone_for_good_is_not_asked_again_unless_named(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    served.replies["/forum"] = Reply(status=410)
    pull(hub, served)

    assert "gone for good" in pull(hub, served).faults[0].what
    assert served.asked == []
    pull(hub, served, "forum")
    assert served.asked == [("/forum", False)]


def test_a_source_is_looked_at_no_more_often_than_it_says(tmp_path: Path, served: Web) -> None:
    entry = f"forum: {{kind: feed, url: '{served.url}/forum', use: full, permission: charte, every: 6}}\n"
    hub = Hub(tmp_path, entry)
    pull(hub, served)

    assert pull(hub, served).sum == (0, 0, 0, 1, 0)
    assert served.asked == []
    assert pull(hub, served, "forum").sum == (0, 0, 0, 1, 0)
    assert served.asked == [("/forum", True)]


def test_where_it_moved_to_is_told_each_time(tmp_path: Path, served: Web) -> None:
    served.replies["/old"] = Reply(status=308, headers={"Location": "/forum"})
    hub = hub_of(tmp_path, served, "/old")
    told = [pull(hub, served).lines[0].kept.notes for _ in range(3)]

    assert told == [[f"has moved for good to {served.url}/forum; write that in content/sources.yml"]] * 3


def test_a_changed_entry_of_sources_yml_ends_a_pause(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    served.replies["/wrong"] = Reply(status=503, headers={"Retry-After": "3600"})
    hub_of(tmp_path, served, "/wrong")
    pull(hub, served)
    hub_of(tmp_path, served)

    assert pull(hub, served).sum == (1, 0, 0, 0, 0)


def test_a_source_that_moved_for_good_is_told(tmp_path: Path, served: Web) -> None:
    served.replies["/old"] = Reply(status=301, headers={"Location": "/forum"})
    account = pull(hub_of(tmp_path, served, "/old"), served)

    assert account.sum == (1, 0, 0, 0, 0)
    assert account.lines[0].kept.notes == [
        f"has moved for good to {served.url}/forum; write that in content/sources.yml"
    ]


def test_a_file_cannot_name_an_address_to_fetch(tmp_path: Path, served: Web) -> None:
    hub = Hub(tmp_path)
    hub.write("demo/forum.json", f'<html><link rel=alternate type=application/feed+json href="{served.url}/forum">')
    served.asked.clear()

    assert hub.pull(operator=served.operator).code == SOURCES
    assert served.asked == []


@pytest.mark.skipif(not EXPECTED, reason="the shared feeds are not here")
def test_every_shared_feed_is_pulled_alike_from_a_file_and_from_an_address(tmp_path: Path) -> None:
    names = {f"s{number}": name for number, name in enumerate(EXPECTED)}
    bodies = {key: (SHARED / "feeds" / name).read_bytes() for key, name in names.items()}
    common = "use: full, permission: essai, max_items: 1000"
    with web(**{key: Reply(body) for key, body in bodies.items()}) as served:
        entries = (f"{key}: {{kind: feed, url: '{served.url}/{key}', {common}}}\n" for key in names)
        by_address = Hub(tmp_path / "a", "".join(entries))
        from_web = by_address.pull(operator=served.operator)
    by_file = Hub(tmp_path / "b", "".join(f"{key}: {{kind: feed, path: demo/{key}, {common}}}\n" for key in names))
    for key, body in bodies.items():
        by_file.write(f"demo/{key}", "")
        (by_file.folder / "demo" / key).write_bytes(body)
    from_files = by_file.pull()
    expected = {key: EXPECTED[name]["n"] for key, name in names.items()}

    for account in (from_web, from_files):
        assert account.faults == ()
        assert {line.name: line.counts[0] for line in account.lines} == expected
    assert {head.id for head in by_address.heads()} == {head.id for head in by_file.heads()}
    assert len(by_file.files) == sum(expected.values())
    before = by_file.everything
    assert by_file.pull().sum[:3] == (0, 0, 0)
    assert by_file.everything == before
