"""What the client posts goes to the address from the settings and nowhere else, and no answer costs more than time."""

from __future__ import annotations

import asyncio

import pytest

from parvis.errors import Unread
from tests.intake.loopback import PUBLIC, Behaviour, Net, Reply, Site, allowed, redirect, reply, serving
from tests.intake.test_http import endless, hang, packed, reset

TYPE = "application/x-www-form-urlencoded"


def post(raw: Reply, body: bytes = b"hub.mode=publish", **fetch: object) -> tuple[int, Site]:
    async def run() -> tuple[int, Site]:
        async with serving(raw, after=body) as site:
            return await allowed(site, **fetch).post(f"{site.url}/hub?a=1", body, TYPE), site

    return asyncio.run(run())


def test_the_request_says_what_it_brings() -> None:
    _, site = post(reply(status="204 No Content", length=0))

    head, _, body = site.asked[0].partition("\r\n\r\n")
    assert head.splitlines()[0] == "POST /hub?a=1 HTTP/1.1"
    assert {f"Content-Type: {TYPE}", "Content-Length: 16"} <= set(head.splitlines())
    assert body == "hub.mode=publish"


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "204 No Content"])
def test_any_status_of_success_is_one(status: str) -> None:
    assert post(f"HTTP/1.1 {status}\r\n\r\n".encode())[0] == int(status[:3])


@pytest.mark.parametrize(
    "raw",
    [
        endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
        endless(b"HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n", b"4\r\nabcd\r\n"),
        reply(b"x", length=10**12),
        reply(packed(bytes(10**7)), "Content-Encoding: gzip"),
        reply(b"x", "Content-Encoding: br"),
        reply(b"longer than it says", length=3),
    ],
    ids=["endless", "endless-chunks", "huge", "bomb", "brotli", "longer"],
)
def test_what_an_answer_says_is_not_read(raw: Reply) -> None:
    assert post(raw, max_bytes=1024)[0] in {200, 202}


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (redirect("http://10.0.0.1/"), "redirects to http://10.0.0.1/"),
        (redirect("/elsewhere?token=1", "308 Permanent Redirect"), r"redirects to /elsewhere\?…"),
        (reply(status="302 Found"), r"redirects \(302\) to nowhere"),
        (reply(status="400 Bad Request"), "answered 400 Bad Request"),
        (reply(status="500 Internal Server Error"), "answered 500 Internal Server Error"),
        (reply(b"", "Retry-After: 7", status="429 Too Many Requests"), "asks us to wait 7 s"),
        (b"\x16\x03\x01 no HTTP\r\n\r\n", "does not speak HTTP"),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n" * 100), "headers are larger than 100 KiB"),
        (reset, "broke the connection off|closed the connection"),
    ],
)
def test_a_failure_is_told_in_our_words(raw: Reply, what: str) -> None:
    with pytest.raises(Unread, match=what):
        post(raw)


@pytest.mark.parametrize("behave", [hang, endless(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 x\r\n\r\n", 0.01)])
def test_time_is_limited(behave: Behaviour) -> None:
    with pytest.raises(Unread, match=r"took longer than 0\.5 s"):
        post(behave, timeout=0.5)


def test_a_redirect_is_not_followed() -> None:
    async def run() -> list[str]:
        async with serving(
            {"/hub": redirect("/next", "307 Temporary Redirect"), "/next": reply()}, after=b"x=1"
        ) as site:
            with pytest.raises(Unread) as raised:
                await allowed(site).post(f"{site.url}/hub", b"x=1", TYPE)
            assert (raised.value.hint, raised.value.status) == ("name that address instead", 307)
            assert raised.value.faults[0].where == f"{site.url}/hub"
            return site.paths

    assert asyncio.run(run()) == ["/hub"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/",
        "http://hub.example:8080/",
        "http://inside.example/",
    ],
)
def test_what_is_not_public_is_not_told(url: str) -> None:
    net = Net({"hub.example": [[PUBLIC]], "inside.example": [[PUBLIC, "10.0.0.1"]]})

    with pytest.raises(Unread, match=r"is not a public address|is neither 80 nor 443"):
        asyncio.run(net.client().post(url, b"x=1", TYPE))
    assert net.dialled == []


def test_a_name_is_looked_up_once_for_each_notice() -> None:
    async def run() -> None:
        async with serving(reply(), after=b"x=1") as site:
            net = Net({"hub.example": [[PUBLIC], ["10.0.0.1"]]}, site)
            assert await net.client().post("http://hub.example/", b"x=1", TYPE) == 200
            assert (net.looked_up, net.dialled) == (["hub.example"], [PUBLIC])

    asyncio.run(run())
