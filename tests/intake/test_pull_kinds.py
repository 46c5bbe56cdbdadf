"""Sources by their own interface, pulled as a person would: page after page, politely, and what is not for us stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parvis.errors import CONFIG, SOURCES, Refused
from parvis.intake.account import Account
from tests.intake.projects import Hub
from tests.intake.serving import Reply, Web, web

TIMELINE = "/api/v1/timelines/tag/pain"


def status(id: str, **fields: Any) -> dict[str, Any]:
    account = {"id": "7", "username": "zoe", "display_name": "Zoé", "url": "https://social.example/@zoe"}
    given = {"id": id, "visibility": "public", "account": account, "created_at": f"2026-09-{int(id):02}T08:00:00Z"}
    return given | {"content": f"<p>Mot {id}</p>", "url": f"https://social.example/@zoe/{id}"} | fields


def answer(*statuses: dict[str, Any], **headers: str) -> Reply:
    return Reply(json.dumps(statuses).encode(), headers=headers)


@pytest.fixture
def served() -> Iterator[Web]:
    with web() as served:
        yield served


def hub_of(folder: Path, served: Web, more: str = "") -> Hub:
    return Hub(folder, f"social:\n  kind: mastodon\n  url: {served.url}{TIMELINE}?limit=2\n{more}")


def pull(hub: Hub, served: Web) -> Account:
    served.asked.clear()
    return hub.pull(operator=served.operator)


def test_pages_are_followed_to_as_many_as_are_wanted_and_no_further(tmp_path: Path, served: Web) -> None:
    served.replies[f"{TIMELINE}?limit=2"] = answer(
        status("9"), status("8"), Link=f'<{served.url}{TIMELINE}?limit=2&max_id=8>; rel="next"'
    )
    served.replies[f"{TIMELINE}?limit=2&max_id=8"] = answer(status("7"), status("6"))
    hub = hub_of(tmp_path, served, "  max_items: 3\n")

    assert pull(hub, served).sum == (3, 0, 0, 0, 0)
    assert [path for path, _ in served.asked] == [f"{TIMELINE}?limit=2", f"{TIMELINE}?limit=2&max_id=8"]
    assert pull(hub, served).sum == (0, 0, 0, 3, 0)


def test_a_page_that_could_not_be_had_is_asked_for_again(tmp_path: Path, served: Web) -> None:
    served.replies[f"{TIMELINE}?limit=2"] = answer(status("9"), status("8"))
    hub = hub_of(tmp_path, served)

    first = pull(hub, served)
    assert (first.sum, first.code) == ((2, 0, 0, 0, 0), 0)
    served.replies[f"{TIMELINE}?limit=2&max_id=8"] = answer(status("7"))
    assert pull(hub, served).sum == (1, 0, 0, 2, 0)


def test_a_source_that_has_no_requests_left_keeps_what_came_and_is_left_alone(tmp_path: Path, served: Web) -> None:
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "3600"}
    served.replies[f"{TIMELINE}?limit=2"] = answer(status("9"), status("8"), **spent)
    served.replies[f"{TIMELINE}?limit=2&max_id=8"] = answer(status("7"))
    hub = hub_of(tmp_path, served)

    assert pull(hub, served).sum == (2, 0, 0, 0, 0)
    assert len(served.asked) == 1
    pull(hub, served)
    assert served.asked == []


def test_a_warning_is_a_title_and_a_flag(tmp_path: Path, served: Web) -> None:
    warned = status("9", sensitive=True, spoiler_text="Cuisine : viande", content="<p>Un rôti</p>")
    served.replies[f"{TIMELINE}?limit=2"] = answer(warned)
    hub = hub_of(tmp_path, served, "  trust: trusted\n")
    pull(hub, served)

    (head,) = hub.heads()
    assert (head.title, head.flags, head.status) == ("Cuisine : viande", ("sensitive",), "pending")


def test_an_answer_of_another_shape_is_one_line_and_exit_3(tmp_path: Path, served: Web) -> None:
    served.replies[f"{TIMELINE}?limit=2"] = Reply(b'[{"id": {"no": "id"}}]')
    account = pull(hub_of(tmp_path, served), served)

    (fault,) = account.faults
    assert account.code == SOURCES
    assert (fault.where, fault.what) == (
        "social",
        "this is not what such a source gives: [0].id: want text, got an object",
    )


def test_an_option_that_a_kind_does_not_know_is_told_with_its_line(tmp_path: Path, served: Web) -> None:
    with pytest.raises(Refused) as refused:
        pull(hub_of(tmp_path, served, "  reblog: true\n"), served)

    (fault,) = refused.value.faults
    assert (fault.line, fault.code) == (4, CONFIG)
    assert fault.what.endswith("did you mean 'reblogs'?")
