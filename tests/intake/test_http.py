"""However a source answers, the client ends in time, within bounds, and says in plain words what went wrong."""

from __future__ import annotations

import asyncio
import errno
import gzip
import json
import shutil
import socket
import ssl
import struct
import subprocess
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import httpcore2
import pytest

from parvis.errors import SOURCES
from parvis.intake import answers, http
from parvis.intake.answers import Inflation
from parvis.intake.http import DIAL_TIME, WANTED, Answer, Client, Unread, dial
from tests.intake.loopback import FETCH, PUBLIC, Behaviour, Net, Reply, allowed, redirect, reply, serving

packed = partial(gzip.compress, mtime=0)  # with the time in it, each run would name its cases anew
FEED = b"<rss version='2.0'><channel><title>Zo\xc3\xa9</title></channel></rss>"
BEHAVIOURS = Path(__file__).parents[2].parent / "shared/data/hostile/http-behaviours.json"


def ask(
    routes: dict[str, Reply] | Reply, path: str = "/", *, etag: str = "", modified: str = "", **fetch: Any
) -> Answer:
    async def run() -> Answer:
        async with serving(routes) as site:
            return await allowed(site, **fetch).get(site.url + path, etag=etag, modified=modified)

    return asyncio.run(run())


def failure(routes: dict[str, Reply] | Reply, path: str = "/", **fetch: Any) -> Unread:
    with pytest.raises(Unread) as raised:
        ask(routes, path, **fetch)
    assert raised.value.code == SOURCES
    assert len(raised.value.faults) == 1
    return raised.value


def endless(head: bytes, piece: bytes, every: float = 0) -> Behaviour:
    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(every)

    return behave


async def hang(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def reset(writer: asyncio.StreamWriter) -> None:
    linger = struct.pack("ii", 1, 0)  # closing sends RST
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def reset_midway(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
    await writer.drain()
    await asyncio.sleep(0.05)
    await reset(writer)


def test_a_good_answer_comes_whole() -> None:
    answer = ask(
        reply(
            FEED, "Content-Type: text/xml; charset=utf-8", 'ETag: W/"7"', "Last-Modified: Mon, 02 Nov 2026 09:00:00 GMT"
        )
    )
    assert (answer.status, answer.body, answer.type) == (200, FEED, "text/xml; charset=utf-8")
    assert (answer.etag, answer.modified) == ('W/"7"', "Mon, 02 Nov 2026 09:00:00 GMT")
    assert (answer.not_modified, answer.moved) == (False, "")


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n<r\r\n4;ext=1\r\nss/>\r\n0\r\nTrailer: x\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n<rss/>",
        b"HTTP/1.1 200\r\nConnection: close\r\n\r\n<rss/>",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + reply(b"<rss/>"),
        reply(b"<rss/>") + b"\r\n",
        reply(b"<rss/>", "Content-Encoding: identity"),
        reply(b"<rss/>", "Content-Type: image/png; charset=utf-16"),
        reply(b"<rss/>", "Content-Type: \xe9"),
        reply(b"<rss/>", "Set-Cookie: a=b", "X: " + "y" * 60_000),
        reply(b"<rss/>", status="203 Non-Authoritative Information"),
        reply(packed(b"<rss/>"), "Content-Encoding: gzip"),
        reply(packed(b"<rss/>"), "content-encoding: X-GZIP"),
        reply(packed(b"<rs") + packed(b"") + packed(b"s/>"), "Content-Encoding: gzip"),
        reply(packed(b"<rss/>") + bytes(300), "Content-Encoding: gzip"),
    ],
)  # fmt: skip
def test_honest_and_sloppy_servers_are_understood(raw: bytes) -> None:
    assert ask(raw).body == b"<rss/>"


def test_an_empty_body_is_an_answer() -> None:
    assert ask(reply(b"")).body == b""
    assert ask(reply(b"", "Content-Encoding: gzip")).body == b""


def test_the_request_says_who_asks_and_takes_gzip_only() -> None:
    async def run() -> None:
        async with serving(reply()) as site:
            await allowed(site).get(f"{site.url}/a%20b/é?q=1&r=%C3%A9#part")
            first, *lines = site.asked[0].strip().split("\r\n")
            headers = dict(line.split(": ", 1) for line in lines)
            assert first == "GET /a%20b/%C3%A9?q=1&r=%C3%A9 HTTP/1.1"
            assert headers["User-Agent"] == "Parvis/0.1.0 (+https://hub.example/about)"
            assert headers["Accept-Encoding"] == "gzip"
            assert headers["Host"] == f"127.0.0.1:{site.port}"
            assert not {"Cookie", "Authorization", "Referer", "If-None-Match", "If-Modified-Since"} & set(headers)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("contact", "name"),
    [
        ("", "Parvis/0.1.0"),
        ("mailto:zoe@hub.example", "Parvis/0.1.0 (+mailto:zoe@hub.example)"),
        ("a\r\nX-Evil: 1", "Parvis/0.1.0 (+aX-Evil:1)"),
        ("é\u202e(x~!)\\", "Parvis/0.1.0 (+x~!)"),
    ],
)
def test_a_contact_cannot_add_a_header(contact: str, name: str) -> None:
    async def run() -> None:
        async with serving(reply()) as site:
            await allowed(site, contact=contact).get(f"{site.url}/a?b=c")
            assert site.asked[0] == (
                f"GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nUser-Agent: {name}\r\n"
                f"Accept: {WANTED}\r\n"
                "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n"
            )

    asyncio.run(run())


def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(reply(b"direct")).body == b"direct"


# Conditional requests


def test_validators_are_sent_and_304_says_that_the_copy_holds() -> None:
    async def run() -> None:
        async with serving(reply(b"", status="304 Not Modified")) as site:
            answer = await allowed(site).get(site.url, etag='"v1"', modified="Mon, 02 Nov 2026 09:00:00 GMT")
            assert (answer.not_modified, answer.body, answer.status) == (True, b"", 304)
            assert 'If-None-Match: "v1"\r\n' in site.asked[0]
            assert "If-Modified-Since: Mon, 02 Nov 2026 09:00:00 GMT\r\n" in site.asked[0]

    asyncio.run(run())


def test_a_304_that_nobody_asked_for_is_a_failure() -> None:
    assert failure(reply(b"", status="304 Not Modified")).what == "answered 304 Not Modified though we hold no copy"


def test_a_validator_with_a_line_break_is_not_sent() -> None:
    assert ask(reply(b"x"), etag='"a"\r\nX: 1').body == b"x"


def test_one_validator_is_enough_for_a_304() -> None:
    unchanged = reply(b"", "ETag: b", status="304 Not Modified")
    for validator in ({"etag": '"a"'}, {"modified": "Mon, 02 Nov 2026 09:00:00 GMT"}):
        assert (ask(unchanged, **validator).not_modified, ask(unchanged, **validator).etag) == (True, "b")


def test_validators_too_long_to_keep_are_dropped() -> None:
    answer = ask(reply(b"x", "ETag: " + "e" * 1025, "Last-Modified: " + "m" * 1025, "Content-Type: " + "t" * 1024))
    assert (answer.etag, answer.modified, answer.type) == ("", "", "t" * 1024)


def test_a_header_that_comes_twice_counts_once_but_for_links() -> None:
    answer = ask(
        reply(b"x", "ETag: a", "etag: b", 'Link: </1>; rel="prev"', 'LINK: </2>; rel="next"', "Content-Type: é\xff")
    )
    assert (answer.etag, answer.next, answer.type) == ("a", "/2", "é\xff")


def test_an_answer_in_utf_8_is_read_as_such() -> None:
    assert ask(reply(b"x", f"Content-Type: {'é'.encode().decode('latin-1')}")).type == "é"


# Statuses


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("404 Nope <b>", "answered 404 Not Found"),
        ("400 Bad", "answered 400 Bad Request"),
        ("500 \x1b[31m", "answered 500 Internal Server Error"),
        ("204 No Content", "answered 204 No Content"),
        ("206 Partial Content", "answered 206 Partial Content"),
        ("999 Request Denied", "answered 999 which is no status of HTTP"),
        ("300 Multiple Choices", "answered 300 Multiple Choices"),
    ],
)
def test_a_refusal_is_named_in_our_words(status: str, what: str) -> None:
    unread = failure(reply(b"", status=status))
    assert (unread.what, unread.status) == (what, int(status[:3]))
    assert unread.hint == ("open the address in a browser" if status[0] == "4" else "")


def test_what_is_gone_for_good_is_said_with_what_to_do() -> None:
    unread = failure(reply(b"", "Retry-After: 9", status="410 Nope"))
    assert (unread.what, unread.status, unread.retry_after) == ("is gone for good (410 Gone)", 410, None)
    assert unread.hint == "take it out of content/sources.yml; what was published stays"


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        ("403 Forbidden", ["Retry-After: 7"], 7),
        ("500 Internal Server Error", ["Retry-After: 7"], 7),
        ("404 Not Found", ["Retry-After: 7"], None),
        ("429 Too Many Requests", ["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 9"], 9),
        ("403 Forbidden", ["RateLimit-Remaining: 0", "RateLimit-Reset: 9"], 9),
        ("429 Too Many Requests", ["Retry-After: 7", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 9"], 7),
        ("503 Service Unavailable", ["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 9"], None),
    ],
)
def test_a_wait_is_asked_for_by_refusals_that_pass(status: str, headers: list[str], wait: int | None) -> None:
    unread = failure(reply(b"", *headers, status=status))
    assert (unread.retry_after, unread.status) == (wait, int(status[:3]))
    if wait is not None:
        assert (unread.what, unread.hint) == (f"asks us to wait {wait} s ({status})", "")


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("3600", 3600), ("0", 0), (" 5 ", 5), ("9" * 40, 30 * 86400), ("-1", None), ("soon", None), ("", None),
        ("٣", None), ("1e3", None), ("Mon, 02 Nov 2020 09:00:00 GMT", 0), ("Mon, 99 Nov 2020 09:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 30 * 86400),
    ],
)  # fmt: skip
def test_retry_after_is_told_in_seconds(value: str, wait: int | None) -> None:
    for status in ("429 Too Many Requests", "503 Service Unavailable"):
        raw = reply(b"", f"Retry-After: {value}".encode().decode("latin-1"), status=status)
        assert failure(raw).retry_after == wait


def test_retry_after_may_be_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    unread = failure(reply(b"", f"Retry-After: {later}", status="429 Too Many Requests"))
    assert 3590 <= (unread.retry_after or 0) <= 3600
    assert unread.what.startswith("asks us to wait 35")


def test_a_source_that_asks_to_wait_is_not_asked_twice() -> None:
    async def run() -> None:
        async with serving(reply(b"", "Retry-After: 1", status="503 Service Unavailable")) as site:
            with pytest.raises(Unread, match="asks us to wait 1 s"):
                await allowed(site).get(site.url)
            assert len(site.asked) == 1

    asyncio.run(run())


def test_a_host_that_asked_for_rest_is_left_alone_for_this_run() -> None:
    refusal = reply(b"", "Retry-After: 100", status="503 Service Unavailable")
    last = reply(b"x", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 100")

    async def run(routes: dict[str, Reply]) -> None:
        async with serving(routes) as site:
            client = allowed(site)
            await asyncio.gather(client.get(f"{site.url}/a"), return_exceptions=True)
            with pytest.raises(Unread) as spared:
                await client.get(f"{site.url}/b")
            left = spared.value.retry_after or 0
            assert 60 < left <= 100
            assert spared.value.what == f"asks us to wait {left} s: its limit is reached"
            assert site.paths == ["/a"]

    asyncio.run(run({"/a": refusal}))
    asyncio.run(run({"/a": last}))


# Redirects


def test_three_redirects_are_followed_and_the_last_address_is_told() -> None:
    answer = ask(
        {
            "/": redirect("/a"),
            "/a": redirect("b?x#y"),
            "/b?x": redirect("c"),
            "/c": reply(b"here"),
        }
    )
    assert answer.body == b"here"
    assert answer.url.endswith("/c")
    assert answer.moved == ""


def test_a_source_that_moved_for_good_tells_its_new_address() -> None:
    routes: dict[str, Reply] = {
        "/": redirect("/a", "301 Moved Permanently"),
        "/a": redirect("/b", "308 Permanent Redirect"),
        "/b": reply(b"here"),
        "/c": redirect("/a", "307 Temporary Redirect"),
    }
    assert ask(routes).moved.endswith("/b")
    assert ask(routes, "/c").moved == ""


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("/", "redirects in a circle"),
        ("#x", "redirects in a circle"),
        ("/long/1", "redirects more than 3 times"),
        ("file:///etc/passwd", "redirects to file:///etc/passwd: does not begin with https:// or http://"),
        ("javascript:alert(1)", "redirects to javascript:alert(1): does not begin with https:// or http://"),
        ("http://10.0.0.1/", "redirects to http://10.0.0.1/: 10.0.0.1 is not a public address (private)"),
        ("http://[fe80::1]/", "redirects to http://[fe80::1]/: fe80::1 is not a public address (link-local)"),
        ("http://127.0.0.1:1/", "redirects to http://127.0.0.1:1/: port 1 is neither 80 nor 443"),
        ("http://u:p@127.0.0.1/", "redirects to http://127.0.0.1/: the address holds a user name or a password"),
        ("http://ex ample/", "redirects to http://ex·ample/: 'ex%20ample' is not a host name"),
        ("", "redirects (302) to nowhere"),
        ("/gone", "redirects to http://127.0.0.1:PORT/gone: is gone for good (410 Gone)"),
    ],
)  # fmt: skip
def test_a_redirect_that_leads_nowhere_good_is_named(to: str, what: str) -> None:
    async def run() -> None:
        long: dict[str, Reply] = {f"/long/{n}": redirect(f"/long/{n + 1}") for n in range(9)}
        async with serving({"/": redirect(to), "/gone": reply(b"", status="410 Gone"), **long}) as site:
            with pytest.raises(Unread) as raised:
                await allowed(site).get(site.url)
            assert raised.value.what == what.replace("PORT", str(site.port))
            assert raised.value.faults[0].where == site.url
            assert len(site.asked) <= 4

    asyncio.run(run())


def test_a_redirect_without_a_location_is_named() -> None:
    unread = failure(reply(b"", status="302 Found"))
    assert (unread.what, unread.status) == ("redirects (302) to nowhere", 302)


def test_no_more_than_three_redirects_are_followed() -> None:
    async def run() -> None:
        async with serving({f"/{n}": redirect(f"/{n + 1}") for n in range(9)}) as site:
            with pytest.raises(Unread):
                await allowed(site).get(f"{site.url}/0")
            assert site.paths == ["/0", "/1", "/2", "/3"]

    asyncio.run(run())


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_every_kind_of_redirect_is_followed(status: str) -> None:
    answer = ask({"/": redirect("/a", status), "/a": reply(b"here")})
    assert (answer.body, bool(answer.moved)) == (b"here", status[:3] in {"301", "308"})


def test_a_circle_of_two_ends_after_two_requests() -> None:
    async def run() -> None:
        async with serving({"/": redirect("/a"), "/a": redirect("/")}) as site:
            with pytest.raises(Unread, match="redirects in a circle"):
                await allowed(site).get(f"{site.url}/")
            assert site.paths == ["/", "/a"]

    asyncio.run(run())


def test_hops_share_one_clock() -> None:
    def slow(to: str) -> Behaviour:
        async def behave(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.2)
            writer.write(redirect(to))

        return behave

    began = monotonic()
    unread = failure({"/": slow("/a"), "/a": slow("/b"), "/b": slow("/c"), "/c": reply()}, timeout=0.5)
    assert unread.what.endswith("took longer than 0.5 s")
    assert unread.hint == ""
    assert monotonic() - began < 20


# Slow, endless, bloated, broken


@pytest.mark.parametrize(
    "behave",
    [
        hang,
        endless(b"", b"H", 0.05),
        endless(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x", 0.05),
        endless(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x", 0.05),
        endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.05),
        endless(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 0\r\n", 0.05),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.05),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
    ],
)
def test_time_is_limited_as_a_whole(behave: Behaviour) -> None:
    began = monotonic()
    unread = failure(behave, timeout=0.4)
    assert (unread.what, unread.hint) == ("took longer than 0.4 s", "PARVIS['fetch']['timeout'] sets how long we wait")
    assert monotonic() - began < 20


@pytest.mark.parametrize(
    "behave",
    [
        endless(b"HTTP/1.1 200 OK\r\n\r\n", bytes(50_000)),
        endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"c350\r\n" + bytes(50_000) + b"\r\n"),
        endless(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", bytes(50_000)),
        reply(bytes(2**20 + 1)),
        reply(packed(bytes(2**20 + 1)), "Content-Encoding: gzip"),
        reply(packed(bytes(2**20)) + packed(b"!"), "Content-Encoding: gzip"),
    ],
)
def test_bytes_are_limited_after_inflation(behave: Reply) -> None:
    unread = failure(behave, max_bytes=2**20)
    assert unread.what == "its answer is larger than 1 MiB"
    assert unread.hint == "PARVIS['fetch']['max_bytes'] sets how much is taken"


def test_a_small_limit_is_said_in_bytes() -> None:
    assert failure(reply(b"x" * 1001), max_bytes=1000).what == "its answer is larger than 1000 bytes"
    assert ask(reply(b"x" * 1000), max_bytes=1000).body == b"x" * 1000
    assert failure(reply(b"", length=10**15), max_bytes=1000).what == "its answer is larger than 1000 bytes"


@pytest.mark.parametrize("size", [1, 7])
def test_gzip_is_understood_in_whatever_pieces_it_comes(size: int) -> None:
    members = packed(b"<rss>") + packed(b"") + packed(b"</rss>") + bytes(9)
    inflate = Inflation(11)
    parts = (members[at : at + size] for at in range(0, len(members), size))
    assert b"".join(piece for part in parts for piece in inflate.take(part)) == b"<rss></rss>"
    inflate.end()


def test_no_more_is_inflated_than_one_byte_over_the_limit() -> None:
    inflate = Inflation(10)
    members = [packed(bytes(8)), packed(bytes(8)), packed(b"x")]
    assert b"".join(piece for member in members for piece in inflate.take(member)) == bytes(11)


def test_what_grows_comes_in_small_pieces_and_whole() -> None:
    body = bytes(range(256)) * 4000
    pieces = list(Inflation(2**21).take(packed(body)))
    assert b"".join(pieces) == body
    assert max(map(len, pieces)) <= 2**17


@pytest.mark.parametrize("pack", [bytes, packed])
def test_an_answer_of_just_the_limit_is_taken(pack: Callable[[bytes], bytes]) -> None:
    coding = "identity" if pack is bytes else "gzip"
    assert len(ask(reply(pack(bytes(2**20)), f"Content-Encoding: {coding}"), max_bytes=2**20).body) == 2**20


def test_a_gzip_bomb_costs_no_more_than_the_limit() -> None:
    layer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join([*(layer.compress(bytes(2**20)) for _ in range(200)), layer.flush()])
    tracemalloc.start()
    try:
        assert failure(reply(bomb, "Content-Encoding: gzip"), max_bytes=2**20).what == "its answer is larger than 1 MiB"
        assert tracemalloc.get_traced_memory()[1] < 12 * 2**20
    finally:
        tracemalloc.stop()


def test_a_flood_of_hints_costs_no_memory() -> None:
    flood = endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500)
    tracemalloc.start()
    try:
        failure(flood, timeout=0.5)
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("behave", "what"),
    [
        (reset, "broke the connection off"),
        (reset_midway, "broke the connection off"),
        (b"", "closed the connection without an HTTP answer"),
        (b"HTTP/1.1 200 OK\r\nConte", "closed the connection without an HTTP answer"),
        (reply(b"abc", length=10), "its answer ends early"),
        (reply(b"abcdefghij", length=3), "its answer is longer than its Content-Length says"),
        (reply(b"abc", "Content-Length: 4"), "does not speak HTTP"),
        (reply(b"abc", "Transfer-Encoding: chunked"), "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9_9\r\n\r\nabc", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "its answer ends early"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "does not speak HTTP"),
        (b"<html>HTTP/0.9</html>\n", "closed the connection without an HTTP answer"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc" * 20, "does not speak HTTP"),
        (b"SSH-2.0-OpenSSH_9.7\r\n\r\n", "does not speak HTTP"),
        (b"\n\n\n\n", "does not speak HTTP"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nA b: c\r\n\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 40_000 + b"\r\n", "its headers are larger than 100 KiB"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000 + b"\r\n\r\n", "its headers are larger than 100 KiB"),
        (b"x" * 300_000, "its headers are larger than 100 KiB"),
        (reply(packed(FEED)[:-1], "Content-Encoding: gzip"), "its gzip ends early"),
        (reply(packed(FEED)[:20], "Content-Encoding: gzip"), "its gzip ends early"),
        (reply(packed(FEED)[:-8] + bytes(8), "Content-Encoding: gzip"), "its gzip is broken"),
        (reply(packed(FEED) + b"more", "Content-Encoding: gzip"), "its gzip is broken"),
        (reply(packed(FEED) + packed(FEED)[:9], "Content-Encoding: gzip"), "its gzip ends early"),
        (reply(FEED, "Content-Encoding: gzip"), "its gzip is broken"),
        (reply(FEED, "Content-Encoding: " + "x" * 50), f"is compressed as '{'x' * 40}', which was not asked for"),
        (reply(b"x\x9c", "Content-Encoding: deflate"), "is compressed as 'deflate', which was not asked for"),
        (reply(b"\x0b\x02\x80", "Content-Encoding: br"), "is compressed as 'br', which was not asked for"),
        (reply(b"(\xb5/\xfd", "Content-Encoding: zstd"), "is compressed as 'zstd', which was not asked for"),
        (
            reply(packed(packed(FEED)), "Content-Encoding: gzip, gzip"),
            "is compressed as 'gzip, gzip', which was not asked for",
        ),
        (
            reply(packed(packed(FEED)), "Content-Encoding: gzip", "Content-Encoding: gzip"),
            "is compressed as 'gzip, gzip', which was not asked for",
        ),
        (
            reply(FEED, "Content-Encoding: \x1b[31m\xe9".replace("\x1b", "")),
            "is compressed as '[31mé', which was not asked for",
        ),
    ],
)  # fmt: skip
def test_a_broken_answer_is_named(behave: Reply, what: str) -> None:
    assert failure(behave).what == what


def test_a_closed_port_is_named() -> None:
    async def run() -> None:
        async with serving(reply()) as site:
            client = allowed(site)
        with pytest.raises(Unread, match=f"nothing answers at 127.0.0.1, port {site.port}"):
            await client.get(site.url)

    asyncio.run(run())


def test_the_second_address_is_tried_where_the_first_is_silent() -> None:
    async def run() -> None:
        async with serving(reply(b"second")) as site:
            net = Net({"forum.example": [["2606:4700::1", PUBLIC]]}, site)
            reach = net.dial

            async def dial(address: str, port: int) -> object:
                if ":" in address:
                    raise OSError("no route")
                return await reach(address, port)

            net.dial = dial  # type: ignore[method-assign, assignment]
            assert (await net.client().get("http://forum.example/")).body == b"second"

    asyncio.run(run())


def test_a_name_server_that_hangs_ends_with_the_clock() -> None:
    async def never(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    net = Net()
    net.resolve = never  # type: ignore[method-assign]
    with pytest.raises(Unread, match=r"took longer than 0.2 s"):
        asyncio.run(net.client(timeout=0.2).get("http://forum.example/"))


def test_four_addresses_of_a_name_are_tried_at_most() -> None:
    net = Net({"forum.example": [["2606:4700::1", PUBLIC, "8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1"]]})
    with pytest.raises(Unread) as raised:
        asyncio.run(net.client().get("https://forum.example/"))
    assert raised.value.what == "nothing answers at forum.example, port 443"
    assert net.dialled == ["2606:4700::1", PUBLIC, "8.8.8.8", "8.8.4.4"]


def test_a_dial_has_a_clock_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    async def connect(self: object, *args: Any, **more: Any) -> str:
        asked.append((args, more))
        return "stream"

    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connect)

    assert asyncio.run(dial(PUBLIC, 443)) == "stream"  # type: ignore[comparison-overlap]
    assert asked == [((PUBLIC, 443), {"timeout": DIAL_TIME})]


# Politeness


def test_a_host_has_one_request_at_a_time_and_waiting_is_no_fault() -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(reply())

    async def run() -> None:
        async with serving(slow) as site:
            client = allowed(site, timeout=1.5)
            await asyncio.gather(*(client.get(f"{site.url}/{n}") for n in range(20)))
            assert (len(site.asked), site.most_open) == (20, 1)

    asyncio.run(run())


def test_a_port_of_its_own_is_a_host_of_its_own_but_http_and_https_are_one() -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(reply())

    async def run() -> None:
        async with serving(slow) as site:
            net = Net({f"{name}.example": [[PUBLIC]] for name in "abc"}, site)
            client = net.client(allow=("a.example:8001", "a.example:8002"))
            urls = ["http://a.example:8001/", "http://a.example:8002/", "http://b.example/", "http://b.example:443/"]
            await asyncio.gather(*(client.get(url) for url in urls))
            assert site.most_open == 3

    asyncio.run(run())


def test_so_many_are_read_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "AT_ONCE", 8)

    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(reply())

    async def run() -> None:
        async with serving(slow) as site:
            net = Net({f"r{n}.example": [[PUBLIC]] for n in range(30)}, site)
            client = net.client()
            await asyncio.gather(*(client.get(f"http://{name}/") for name in net.names))
            assert (len(site.asked), site.most_open) == (30, 8)

    asyncio.run(run())


def test_two_sources_that_redirect_to_each_other_do_not_wait_for_ever() -> None:
    async def run() -> None:
        async with serving(
            {"/": redirect("http://b.example/x"), "/y": redirect("http://a.example/x"), "/x": reply()}
        ) as site:
            net = Net({"a.example": [[PUBLIC]], "b.example": [[PUBLIC]]}, site)
            client = net.client()
            both = (client.get("http://a.example/"), client.get("http://b.example/y"))
            assert [answer.body for answer in await asyncio.gather(*both)] == [b"<rss/>"] * 2

    asyncio.run(run())


def test_bad_sources_cost_only_themselves() -> None:
    bad: list[Reply] = [hang, b"", reply(b"x", length=9), redirect("/"), reply(b"", status="500 No"), reset]

    async def run() -> None:
        async with serving({"/good": reply(FEED)} | {f"/bad{n}": one for n, one in enumerate(bad)}) as site:
            names = {f"r{n}.example": [[PUBLIC]] for n in range(200)}
            client = Net(names, site).client(timeout=4)
            urls = [f"http://{name}/{'good' if n % 10 else f'bad{n // 10 % len(bad)}'}" for n, name in enumerate(names)]
            found = await asyncio.gather(*(client.get(url) for url in urls), return_exceptions=True)
            assert [isinstance(one, Answer) for one in found] == [bool(n % 10) for n in range(200)]
            assert all(isinstance(one, Answer | Unread) for one in found)

    asyncio.run(run())


def test_a_client_serves_more_than_one_run() -> None:
    net = Net({"forum.example": [[PUBLIC]]})
    client = net.client()
    for _ in range(2):
        with pytest.raises(Unread, match=r"nothing answers at forum.example, port 80"):
            asyncio.run(client.get("http://forum.example/"))


def test_a_machine_without_files_to_open_is_no_fault_of_the_host() -> None:
    async def dial(address: str, port: int) -> httpcore2.AsyncNetworkStream:
        raise httpcore2.ConnectError from OSError(errno.EMFILE, "Too many open files")

    client = Client(FETCH, resolve=Net({"forum.example": [[PUBLIC]]}).resolve, dial=dial)
    with pytest.raises(Unread, match="too many files are open on this machine"):
        asyncio.run(client.get("http://forum.example/"))


def test_a_machine_without_room_for_an_answer_is_no_fault_of_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def run() -> None:
        async with serving(reply()) as site:
            with pytest.raises(Unread, match="of this machine has no room"):
                await allowed(site).get(site.url)

    monkeypatch.setattr(answers, "SpooledTemporaryFile", full)
    asyncio.run(run())


# TLS


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate and its key for localhost, in one file."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([openssl, *made, *names], check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text(key.read_text() + cert.read_text())
    return both


@asynccontextmanager
async def serving_tls(certificate: Path, raw: Reply) -> AsyncIterator[tuple[int, Client]]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    async with serving(raw, tls=context) as site:
        yield site.port, allowed(site)


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    async def run() -> None:
        async with serving_tls(certificate, reply()) as (port, client):
            with pytest.raises(Unread, match=r"its certificate is not valid \(self-signed certificate\)"):
                await client.get(f"https://localhost:{port}/")

    asyncio.run(run())


def test_a_trusted_certificate_for_another_name_is_refused(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    async def run() -> None:
        async with serving_tls(certificate, reply(b"private")) as (port, client):
            assert (await client.get(f"https://localhost:{port}/")).body == b"private"
            with pytest.raises(Unread, match="its certificate is not valid"):
                await client.get(f"https://127.0.0.1:{port}/")

    asyncio.run(run())


def test_no_redirect_leads_from_https_to_http(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    async def run() -> None:
        async with serving_tls(certificate, redirect("http://localhost/")) as (port, client):
            with pytest.raises(Unread, match="redirects from https to http"):
                await client.get(f"https://localhost:{port}/")

    asyncio.run(run())


def test_https_to_a_port_without_tls_is_named() -> None:
    async def run() -> None:
        async with serving(b"HTTP/1.1 400 Bad Request\r\n\r\n", after=b"") as site:
            with pytest.raises(Unread, match="does not speak TLS"):
                await allowed(site).get(f"https://127.0.0.1:{site.port}/")

    asyncio.run(run())


def test_http_to_a_port_with_tls_is_named(certificate: Path) -> None:
    async def run() -> None:
        async with serving_tls(certificate, reply()) as (port, client):
            with pytest.raises(Unread):
                await client.get(f"http://localhost:{port}/")

    asyncio.run(run())


# Every case of the shared list


@pytest.mark.skipif(not BEHAVIOURS.exists(), reason="the shared data is not beside this repository")
def test_every_behaviour_of_the_shared_list_is_covered() -> None:
    covered = {
        "redirect to file", "redirect to link-local", "redirect loop", "https to http", "slow body", "endless body",
        "304", "410", "429", "301", "wrong type", "content-length lie", "DNS rebinding",
    }  # fmt: skip
    assert {case["case"] for case in json.loads(BEHAVIOURS.read_text(encoding="utf-8"))} <= covered
