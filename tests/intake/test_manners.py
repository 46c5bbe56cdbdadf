"""What a source's headers ask: to wait, and where it goes on. Secrets go to their own address and nowhere else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from parvis.errors import Unread
from parvis.intake import manners
from parvis.intake.answers import Answer
from parvis.intake.http import Client
from parvis.intake.reading import FromAddress, Key
from parvis.operator import Fetch
from parvis.sources import Secret
from tests.intake.loopback import allowed, redirect, reply, serving

TOMORROW = datetime.now(UTC) + timedelta(days=1)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(TOMORROW.timestamp()))},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(TOMORROW.timestamp() * 1000))},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": TOMORROW.isoformat().replace("+00:00", "Z")},
        {"ratelimit-remaining": "0", "ratelimit-reset": "86400"},
        {"ratelimit-remaining": " 0 ", "ratelimit-reset": str(int(TOMORROW.timestamp()))},
    ],
)
def test_limits_are_read_as_every_server_writes_them(headers: dict[str, str]) -> None:
    assert 80_000 < (manners.exhausted(headers) or 0) <= 86_400


@pytest.mark.parametrize("value", ["", "soon", "-1", "1e9", "2026-13-45", "٣", "9" * 400])
def test_a_reset_that_nobody_can_read_is_never_a_fault(value: str) -> None:
    wait = manners.exhausted({"x-ratelimit-remaining": "0", "x-ratelimit-reset": value})

    assert wait is None or 0 <= wait <= manners.LONGEST_WAIT


def test_requests_that_are_left_ask_for_nothing() -> None:
    assert manners.exhausted({"x-ratelimit-remaining": "299", "x-ratelimit-reset": "9999999999"}) is None


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<https://a.example/2>; rel="next"', "https://a.example/2"),
        ('<https://a.example/0>; rel="prev", <https://a.example/2>; rel="next"', "https://a.example/2"),
        ("<https://a.example/2>; rel=next", "https://a.example/2"),
        ('<https://a.example/2>; title="x"; rel="last next"', "https://a.example/2"),
        ('<https://a.example/0>; rel="prev"', ""),
        ('<https://a.example/0>; rel="nextish"', ""),
        ("rel=next", ""),
        ("", ""),
    ],
)
def test_the_next_page_is_where_the_link_header_says(link: str, url: str) -> None:
    assert manners.onward({"link": link}) == url


def test_a_source_that_takes_no_more_requests_is_asked_for_no_further_page() -> None:
    headers = (
        "X-RateLimit-Remaining: 0",
        f"X-RateLimit-Reset: {int(TOMORROW.timestamp())}",
        'Link: </2>; rel="next"',
    )

    async def run() -> None:
        async with serving({"/1": reply(b"[]", *headers)}) as site:
            pages = FromAddress(allowed(site), f"{site.url}/1")
            assert (await pages.get(f"{site.url}/1")).next == "/2"
            with pytest.raises(Unread, match="asks us to wait"):
                await pages.get(f"{site.url}/2")
            assert (len(site.paths), pages.missed) == (1, True)
            assert 80_000 < pages.pause <= 86_400

    asyncio.run(run())


def test_github_says_403_and_when_to_come_back() -> None:
    refusal = reply(b"{}", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 120", status="403 Forbidden")

    async def run() -> None:
        async with serving(refusal) as site:
            with pytest.raises(Unread) as unread:
                await FromAddress(allowed(site), site.url).get(site.url)
            assert (unread.value.status, unread.value.retry_after) == (403, 120)

    asyncio.run(run())


class Told(Client):
    """A client that notes what it is asked, and answers as it is told."""

    def __init__(self, failing: bool = False) -> None:
        super().__init__(Fetch())
        self.asked: list[tuple[str, str]] = []
        self.failing = failing

    async def get(self, url: str, *, bearer: str = "", **_: Any) -> Answer:
        self.asked.append((url, bearer))
        if self.failing:
            raise Unread(f"redirects to {url}", where=url)
        return Answer(url, 200, b"[]")


HEADER, PARAMETER = Secret("KEY", "https://api.example/"), Secret("KEY", "https://api.example/", "token")


@pytest.mark.parametrize(
    ("secret", "asked"),
    [
        (HEADER, ("https://api.example/x?a=1", "s3cr&t")),
        (PARAMETER, ("https://api.example/x?a=1&token=s3cr%26t", "")),
    ],
)
def test_a_secret_goes_with_requests_to_its_home_and_is_never_seen_again(
    secret: Secret, asked: tuple[str, str]
) -> None:
    client = Told()
    pages = FromAddress(client, "https://api.example/", Key(secret, "s3cr&t"))

    got = asyncio.run(pages.get("https://api.example/x?a=1"))
    asyncio.run(pages.get("https://api.example.evil.example/x"))

    assert client.asked == [asked, ("https://api.example.evil.example/x", "")]
    assert got.url == "https://api.example/x?a=1"
    assert list(pages.read) == ["https://api.example/x?a=1", "https://api.example.evil.example/x"]


def test_no_error_tells_a_secret() -> None:
    pages = FromAddress(Told(failing=True), "https://api.example/", Key(PARAMETER, "s3cr&t"))

    with pytest.raises(Unread) as unread:
        asyncio.run(pages.get("https://api.example/x"))

    assert "s3cr" not in str(unread.value) and "s3cr" not in unread.value.faults[0].where


def test_a_redirect_is_not_told_the_secret() -> None:
    seen: list[str] = []

    async def run() -> None:
        async with serving({"/1": redirect("/2"), "/2": reply(b"[]")}) as site:
            await allowed(site).get(f"{site.url}/1", bearer="s3cret")
            seen.extend(site.asked)

    asyncio.run(run())
    assert "Authorization: Bearer s3cret\r\n" in seen[0]
    assert "Authorization" not in seen[1]
