"""What changes upstream: pending items follow, approved ones never change, and a person hears of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from parvis import library, matter, settings
from parvis.kinds import Said
from parvis.ledger import Ledger
from tests.intake.projects import Hub, post
from tests.intake.serving import Reply, Web, web
from tests.review.desk import review

MANY = 500
COMMON = "use: full, permission: charte"
LATER = "2026-11-09T10:00:00Z"


def person(name: str = "Zoé", id: str = "42") -> list[dict[str, str]]:
    return [{"name": name, "url": f"https://x.example/@{id}"}]


CHANGES: dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    "edit": lambda said: said | {"content_html": "<p>Tout autre chose, et un <em>mot</em> de plus.</p>"},
    "retitle": lambda said: said | {"title": said["title"] + ", revu"},
    "re-date": lambda said: said | {"date_published": LATER},
    "rename": lambda said: said | {"authors": person("Zoé la Grande")},
    "id reuse": lambda said: said | {"authors": person("Max", "77"), "title": "Un autre", "content_html": "<p>Pub</p>"},
    "delete": lambda said: None,
}


POSTS = [post(str(number), authors=person()) for number in range(MANY)]
FORUM = f"forum: {{kind: feed, path: demo/forum.json, {COMMON}}}\n"


@pytest.fixture(scope="module")
def approved_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a hub whose items are all approved."""
    hub = Hub(tmp_path_factory.mktemp("approved"), FORUM)
    hub.say(*POSTS, post("last"))
    hub.pull()
    for path in hub.files:
        hub.approve(path)
    return hub.folder


@pytest.mark.parametrize("change", CHANGES)
def test_five_hundred_approved_items_keep_every_byte_and_get_a_proposal_each(
    tmp_path: Path, approved_all: Path, change: str
) -> None:
    shutil.copytree(approved_all, tmp_path, dirs_exist_ok=True)
    hub = Hub(tmp_path, FORUM)
    approved = hub.everything
    changed = [said for each in POSTS if (said := CHANGES[change](each))]
    hub.say(*changed, post("last"))

    for _ in range(3 if change == "delete" else 2):
        hub.pull()
    after = hub.everything

    assert {path: after[path] for path in approved if path.endswith(".md")} == {
        path: text for path, text in approved.items() if path.endswith(".md")
    }
    assert len([path for path in after if path.startswith("content/proposals/")]) == MANY
    assert library.read(settings.load({}, tmp_path), {}, settings.datetime.fromisoformat(LATER)).faults == ()


@pytest.fixture
def served() -> Iterator[Web]:
    with web() as served:
        yield served


def tell(served: Web, *ids: str) -> None:
    """The forum's feed has these posts, and each has a page of its own; what it said of others stays."""
    posts = [post(id, url=f"{served.url}/p{id}", date_published=f"2026-11-{10 + int(id):02}T09:00:00Z") for id in ids]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": posts}
    served.replies["/forum"] = Reply(json.dumps(feed).encode())
    served.replies |= {f"/p{id}": Reply(b"<p>page") for id in ids}


def hub_of(folder: Path, served: Web, rule: str = "") -> Hub:
    hub = Hub(folder, f"forum: {{kind: feed, url: '{served.url}/forum', {COMMON}{rule}}}\n")
    tell(served, "1", "2", "3")
    pull(hub, served)
    return hub


def pull(hub: Hub, served: Web, times: int = 1) -> list[str]:
    served.asked.clear()
    return [path for _ in range(times) for path in hub.pull(operator=served.operator).lines[0].kept.gone]


def lose(served: Web, id: str, status: int = 404) -> None:
    tell(served, *(other for other in ("1", "2", "3") if other != id))
    served.replies[f"/p{id}"] = Reply(status=status)


def file_of(hub: Hub, title: str) -> str:
    (path,) = (path for path, text in hub.files.items() if f"title: {title}\n" in text and "proposals" not in path)
    return path


@pytest.mark.parametrize("status", [404, 410])
def test_a_pending_item_goes_when_it_was_not_there_twice(tmp_path: Path, served: Web, status: int) -> None:
    hub = hub_of(tmp_path, served)
    path = file_of(hub, "Titre 2")
    lose(served, "2", status)

    assert pull(hub, served) == []
    assert path in hub.files
    assert pull(hub, served) == [path]
    assert path not in hub.files
    assert len(hub.files) == 2
    assert pull(hub, served) == []


def test_what_is_no_longer_listed_but_has_its_page_stays(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    tell(served, "1", "3")

    assert pull(hub, served, 4) == []
    assert len(hub.files) == 3
    assert [path for path, _ in served.asked].count("/p2") == 1, "asked again after a week"


def test_what_is_older_than_all_that_is_listed_is_not_asked_for(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    tell(served, "2", "3")
    served.replies["/p1"] = Reply(status=404)

    assert pull(hub, served, 3) == []
    assert "/p1" not in dict(served.asked)


def test_a_page_that_robots_may_not_read_is_not_asked_for(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    lose(served, "2")
    served.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /p")

    assert pull(hub, served, 3) == []
    assert "/p2" not in dict(served.asked)


def test_what_came_back_between_two_pulls_is_not_gone(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served)
    lose(served, "2")
    pull(hub, served)
    tell(served, "1", "2", "3")
    pull(hub, served)
    lose(served, "2")

    assert pull(hub, served) == []


def test_an_approved_item_that_is_gone_is_withdrawn_where_the_rule_says_so(tmp_path: Path, served: Web) -> None:
    hub = hub_of(tmp_path, served, ", gone: withdraw")
    path = file_of(hub, "Titre 2")
    hub.approve(path)
    before = hub.everything[f"content/{path}"]
    lose(served, "2", 410)

    assert pull(hub, served, 2) == [path]
    assert hub.everything[f"content/{path}"] == before
    (decision,) = Ledger(tmp_path, {}, []).decisions
    assert (decision.decision, decision.by, decision.reason) == ("withdrawn", "upstream", "gone")
    read = library.read(settings.load({}, tmp_path), {}, settings.datetime.fromisoformat("2030-01-01T00:00:00Z"))
    assert read.live == frozenset() and read.gone.keys() == {decision.entry}
    assert pull(hub, served) == []


@pytest.mark.parametrize("verdict", ["take", "leave"])
def test_an_approved_item_that_is_gone_is_a_proposal_else(tmp_path: Path, served: Web, verdict: str) -> None:
    hub = hub_of(tmp_path, served)
    path = file_of(hub, "Titre 2")
    hub.approve(path)
    lose(served, "2")
    pull(hub, served, 2)
    (proposal,) = (each for each in hub.files if each.startswith("proposals/"))
    id = Path(proposal).stem

    assert any("[gone]" in line for line in review(tmp_path))
    assert any("--take withdraws it" in line for line in review(tmp_path, show=id))
    review(tmp_path, **{verdict: id})
    assert proposal not in hub.files
    assert (path in hub.files) == (verdict == "leave")
    pull(hub, served, 3)
    assert proposal not in hub.files
    assert (path in hub.files) == (verdict == "leave")


def test_a_source_that_loses_everything_at_once_takes_nothing_down(tmp_path: Path, served: Web) -> None:
    hub = Hub(tmp_path, f"forum: {{kind: feed, url: '{served.url}/forum', {COMMON}, gone: withdraw}}\n")
    tell(served, *map(str, range(1, 20)))
    pull(hub, served)
    for path in hub.files:
        hub.approve(path)
    tell(served, "1")
    served.replies = {"/forum": served.replies["/forum"]}

    assert pull(hub, served, 2) == []
    assert Ledger(tmp_path, {}, []).decisions == ()
    assert sum(path.startswith("proposals/") for path in hub.files) == 18


@pytest.mark.parametrize("words", ["[deleted]", "<p>[removed]</p>", "<div> [Supprimé] </div>"])
def test_words_that_a_forum_leaves_in_place_of_others_are_a_tombstone(tmp_path: Path, words: str) -> None:
    hub = Hub(tmp_path)
    hub.say(post("1"), post("2"))
    hub.pull()
    hub.say(post("1", content_html=words), post("2"))
    hub.pull()

    assert "Texte 1." in hub.files[file_of(hub, "Titre 1")]
    hub.pull()
    assert [head.title for head in hub.heads()] == ["Titre 2"]


def test_upstreams_way_back_ends_its_proposal(tmp_path: Path) -> None:
    hub = Hub(tmp_path)
    hub.say(post("1"))
    hub.pull()
    hub.approve(hub.only())
    hub.say(post("1", title="Autre"))
    hub.pull()
    assert any(path.startswith("proposals/") for path in hub.files)
    hub.say(post("1"))
    hub.pull()

    assert not any(path.startswith("proposals/") for path in hub.files)


def test_who_takes_an_edit_takes_its_date_and_its_author_too(tmp_path: Path) -> None:
    hub = Hub(tmp_path)
    hub.say(post("1", authors=person()))
    hub.pull()
    path = hub.only()
    hub.approve(path)
    hub.say(post("1", authors=person("Zoé la Grande"), date_published=LATER, title="Revu"))
    hub.pull()
    review(tmp_path, take=hub.heads()[0].id)
    head = matter.parse(hub.files[path], f"content/{path}").head

    assert isinstance(head, Said)
    assert (head.author.name, head.title, head.date) == (
        "Zoé la Grande",
        "Revu",
        settings.datetime.fromisoformat(LATER),
    )
    before = hub.everything
    hub.pull()
    assert hub.everything == before


def test_the_day_of_acceptance_is_no_difference(tmp_path: Path) -> None:
    hub = Hub(tmp_path)
    hub.say(post("1", date_published=None))
    hub.pull()
    review(tmp_path, accept=hub.heads()[0].id)
    hub.say(post("1", date_published=None, tags=["nouveau"]))

    assert hub.pull().sum[2] == 0
