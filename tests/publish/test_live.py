"""Nobody is told before the site serves what was sent, unless it cannot be seen or takes too long."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from parvis.errors import Unread
from parvis.intake.http import Answer
from parvis.publish.live import Sight, sight
from tests.publish.receiving import Time

URL = "https://brand.example/flux/tout.xml"
OLD, NEW = Answer(URL, 200, b"old", etag='"1"'), Answer(URL, 200, b"new", etag='"2"')
SAME = Answer(URL, 304, not_modified=True)


@dataclass
class Host:
    """Gives one after the other, the last one for ever."""

    gives: Sequence[Answer | Unread]
    etags: list[str] = field(default_factory=list)

    async def get(self, url: str, *, etag: str = "") -> Answer:
        given = self.gives[min(len(self.etags), len(self.gives) - 1)]
        self.etags.append(etag)
        if isinstance(given, Unread):
            raise given
        return given

    async def post(self, url: str, body: bytes, type: str) -> int:
        raise AssertionError(url)


def look(*gives: Answer | Unread, seconds: float = 300) -> tuple[Sight, str, Host, Time, list[str]]:
    host, time, said = Host(gives), Time(), list[str]()
    seen, why = asyncio.run(sight(host, URL, b"new", seconds=seconds, clock=time.clock, say=said.append))
    return seen, why, host, time, said


def test_a_host_that_is_up_to_date_is_asked_once_and_nothing_is_said() -> None:
    seen, _, host, time, said = look(NEW)

    assert (seen, len(host.etags), time.slept, said) == (Sight.LIVE, 1, [], [])


def test_it_waits_politely_until_the_new_bytes_are_there() -> None:
    seen, _, host, time, said = look(OLD, SAME, SAME, SAME, NEW)

    assert seen is Sight.LIVE
    assert host.etags == ["", '"1"', '"1"', '"1"', '"1"']
    assert time.slept == sorted(time.slept)
    assert min(time.slept) >= 3
    assert said == [f"waiting until {URL} serves what was sent, 300 s at most"]


def test_a_first_publication_is_waited_for() -> None:
    assert look(Unread("answered 404 Not Found", status=404), NEW)[0] is Sight.LIVE


def test_a_failure_on_the_way_is_no_reason_to_stop() -> None:
    assert look(OLD, Unread("broke the connection off"), NEW)[0] is Sight.LIVE


def test_a_site_that_cannot_be_seen_from_here_is_not_waited_for() -> None:
    seen, why, host, time, _ = look(Unread("brand.example has no address"))

    assert (seen, why) == (Sight.UNSEEN, "brand.example has no address")
    assert (len(host.etags), time.slept) == (1, [])


@pytest.mark.parametrize("gives", [OLD, Unread("answered 403 Forbidden", status=403)])
@pytest.mark.parametrize("seconds", [1, 60, 300, 3600])
def test_the_wait_has_an_end(gives: Answer | Unread, seconds: float) -> None:
    seen, why, host, time, _ = look(gives, seconds=seconds)

    assert seen is Sight.LATE
    assert why
    assert time.seconds <= seconds
    assert len(host.etags) <= 8 + seconds / 30


def test_a_host_that_asks_to_wait_is_obeyed() -> None:
    _, _, _, time, _ = look(Unread("asks us to wait", status=503, retry_after=100), NEW)

    assert time.slept == [100]


def test_an_answer_that_says_not_modified_without_being_asked_is_not_the_new_one() -> None:
    assert look(Answer(URL, 304, b"new", not_modified=True), seconds=10)[0] is Sight.LATE
