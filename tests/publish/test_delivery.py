"""A receiver that asks to wait is obeyed, one that fails is left alone, and neither costs more than so much time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from parvis.errors import Unread
from parvis.publish.delivery import LONGEST, Delivery, deliver
from parvis.publish.notice import Answer, Notice
from tests.publish.receiving import Time

Behaviour = Callable[[int], Unread | None]


@dataclass
class Receiver:
    """Answers each request, by its number, as `behave` says, after so many seconds."""

    behave: Behaviour
    time: Time
    takes: float = 0.0
    bodies: list[bytes] = field(default_factory=list)

    async def post(self, url: str, body: bytes, type: str) -> int:
        self.bodies.append(body)
        self.time.seconds += self.takes
        if failure := self.behave(len(self.bodies)):
            raise failure
        return 204

    async def get(self, url: str, *, etag: str = "") -> Answer:
        raise AssertionError(url)


def notices(count: int) -> Sequence[Notice]:
    return [
        Notice("https://hub.example/?secret", "text/plain", str(number).encode(), (f"{number}.xml",), "look at it")
        for number in range(count)
    ]


def send(count: int, behave: Behaviour, takes: float = 0.0) -> tuple[Delivery, Receiver]:
    receiver = Receiver(behave, Time(), takes)
    return asyncio.run(deliver(receiver, notices(count), receiver.time.clock)), receiver


def refusing(status: int, wait: int | None = None) -> Unread:
    return Unread(f"answered {status}", "open it", where="https://hub.example/", status=status, retry_after=wait)


def test_all_is_told_once_and_in_order() -> None:
    came, receiver = send(5, lambda number: None)

    assert came == Delivery(frozenset(f"{number}.xml" for number in range(5)), ())
    assert receiver.bodies == [b"0", b"1", b"2", b"3", b"4"]


def test_one_that_is_turned_down_costs_no_other_and_its_secret_is_not_told() -> None:
    came, _ = send(3, lambda number: refusing(400) if number == 2 else None)

    assert came.told == {"0.xml", "2.xml"}
    (fault,) = came.faults
    assert str(fault) == ("https://hub.example/: answered 400; not told of 1.xml\n  hint: look at it")


@pytest.mark.parametrize("failure", [refusing(500), refusing(403), Unread("nothing answers at hub.example, port 443")])
def test_a_receiver_that_fails_thrice_in_a_row_is_left_alone(failure: Unread) -> None:
    came, receiver = send(200, lambda number: failure)

    assert len(receiver.bodies) == 3
    assert came.told == set()
    assert [fault.what.partition(";")[2] for fault in came.faults] == [
        " not told of 0.xml", " not told of 1.xml", " not told of 2.xml", " not told of 3.xml and 196 more",
    ]  # fmt: skip


def test_failures_between_successes_stop_nothing() -> None:
    came, receiver = send(30, lambda number: refusing(500) if number % 3 else None)

    assert len(receiver.bodies) == 30
    assert len(came.told) == 10


def test_a_wait_that_is_asked_for_is_obeyed_and_then_it_is_told() -> None:
    came, receiver = send(2, lambda number: refusing(429, 7) if number == 1 else None)

    assert receiver.time.slept == [7]
    assert receiver.bodies == [b"0", b"0", b"1"]
    assert len(came.told) == 2


@pytest.mark.parametrize("wait", [LONGEST + 1, 30 * 24 * 3600])
def test_a_wait_that_is_too_long_leaves_all_for_the_next_time(wait: int) -> None:
    came, receiver = send(3, lambda number: refusing(503, wait))

    assert (receiver.bodies, receiver.time.slept, came.told) == ([b"0"], [], frozenset())
    assert came.faults[-1].what == "is left alone now; not told of 1.xml and 1 more"


def test_who_asks_to_wait_for_ever_is_asked_thrice() -> None:
    _, receiver = send(50, lambda number: refusing(429, 0))

    assert len(receiver.bodies) == 3
    assert receiver.time.slept == [1, 1]


def test_a_slow_receiver_takes_no_more_than_so_much_time() -> None:
    came, receiver = send(1000, lambda number: None, takes=20)

    assert receiver.time.seconds <= LONGEST + 20
    assert came.faults[-1].what.startswith(f"took longer than {LONGEST:g} s; not told of")
    assert len(came.told) == len(receiver.bodies)
