"""Only public addresses are dialled, however they are spelt, named, mixed, redirected to or swapped."""

from __future__ import annotations

import asyncio
import socket
import threading
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest

from parvis.errors import SOURCES
from parvis.intake.addresses import barred, doors, host_name, resolve, shown
from parvis.intake.answers import Redirect
from parvis.intake.hops import LONGEST, after
from parvis.intake.http import Client, Hop, Unread
from tests.intake.loopback import FETCH, PUBLIC, Net, redirect, reply, serving


def listed(name: str) -> list[str]:
    """One address a line, after the line that says why."""
    lines = (Path(__file__).parents[1] / "corpus/addresses" / f"{name}.txt").read_text(encoding="utf-8")
    return lines.splitlines()[1:]


REGISTERED = listed("special-blocks")

NOTABLE = listed("private")

EDGES = [str(ip_network(block)[place]) for block in REGISTERED for place in (0, -1)]
PRIVATE = sorted({*EDGES, *NOTABLE})

OUTSIDE = listed("public")

ODD = listed("odd-spellings")


def refusal(url: str, net: Net, **fetch: object) -> Unread:
    with pytest.raises(Unread) as raised:
        asyncio.run(net.client(**fetch).get(url))
    assert raised.value.code == SOURCES
    return raised.value


def spelt(address: str) -> str:
    return f"http://[{address}]/" if ":" in address else f"http://{address}/"


def test_the_table_is_large_enough() -> None:
    assert len(PRIVATE) + len(ODD) >= 200


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_beside_the_special_blocks_are_public(address: str) -> None:
    assert barred(address) == ""


def test_no_special_address_is_dialled_when_written_out() -> None:
    for address in PRIVATE:
        net = Net()
        assert "is not a public address" in refusal(spelt(address), net).what, address
        assert net.dialled == []


def test_no_special_address_is_dialled_when_a_name_leads_there() -> None:
    for address in PRIVATE:
        net = Net({"forum.example": [[address]]})
        assert "forum.example leads there" in refusal("http://forum.example/", net).what, address
        assert net.dialled == []


def test_one_private_answer_among_public_ones_refuses_the_name() -> None:
    for address in PRIVATE:
        for mixed in ([PUBLIC, address], [address, PUBLIC], [PUBLIC, "2606:4700::1", address]):
            net = Net({"forum.example": [mixed]})
            assert "is not a public address" in refusal("http://forum.example/", net).what
            assert net.dialled == []


def test_no_redirect_leads_to_a_special_address() -> None:
    async def run() -> None:
        targets = {f"/{n}": spelt(address) for n, address in enumerate(PRIVATE)}
        async with serving({path: redirect(to) for path, to in targets.items()}) as site:
            net = Net({"forum.example": [[PUBLIC]]}, site)
            client = net.client()
            for path in targets:
                with pytest.raises(Unread, match="is not a public address"):
                    await client.get(f"http://forum.example{path}")
            assert set(net.dialled) == {PUBLIC}
            assert len(net.dialled) == len(site.asked) == len(targets)

    asyncio.run(run())


@pytest.mark.parametrize("host", ODD)
def test_an_odd_spelling_is_refused_before_any_name_server_is_asked(host: str) -> None:
    net = Net()
    refusal(f"http://{host}/", net)
    assert net.looked_up == net.dialled == []


def test_no_redirect_leads_over_an_odd_spelling() -> None:
    async def run() -> None:
        routes = {f"/{n}": redirect(f"http://{h.encode().decode('latin-1')}/") for n, h in enumerate(ODD)}
        async with serving(routes) as site:
            net = Net({"forum.example": [[PUBLIC]]}, site)
            client = net.client()
            for path in routes:
                with pytest.raises(Unread):
                    await client.get(f"http://forum.example{path}")
            assert set(net.dialled) == {PUBLIC}
            assert set(net.looked_up) == {"forum.example"}

    asyncio.run(run())


def test_two_hundred_names_that_change_their_mind_are_dialled_where_they_were_checked() -> None:
    async def run() -> None:
        swapped = {f"r{n}.example": [[PUBLIC], [PRIVATE[n % len(PRIVATE)]]] for n in range(200)}
        async with serving(reply()) as site:
            net = Net(swapped, site)
            client = net.client()
            await asyncio.gather(*(client.get(f"http://{name}/") for name in swapped))
            again = await asyncio.gather(*(client.get(f"http://{n}/") for n in swapped), return_exceptions=True)
            assert net.dialled == [PUBLIC] * 200
            assert len(net.looked_up) == 400  # once a request: nothing is asked again between look and leap
            assert all(isinstance(answer, Unread) for answer in again)

    asyncio.run(run())


@pytest.mark.parametrize("text", [PUBLIC, "2606:4700:4700::1111"])
def test_a_public_address_written_out_is_dialled_as_it_stands(text: str) -> None:
    async def run() -> None:
        async with serving(reply()) as site:
            net = Net(site=site)
            answer = await net.client().get(spelt(text))
            assert answer.body == b"<rss/>"
            assert net.dialled == [str(ip_address(text))]
            assert net.looked_up == []

    asyncio.run(run())


@pytest.mark.parametrize("port", [0, 1, 22, 25, 6379, 8000, 8080, 65535, 99999])
def test_ports_other_than_80_and_443_are_refused(port: int) -> None:
    assert "neither 80 nor 443" in refusal(f"http://forum.example:{port}/", Net({"forum.example": [[PUBLIC]]})).what


@pytest.mark.parametrize(
    "url",
    [
        "http://a:b@forum.example/",
        "http://a@forum.example/",
        "http://forum.example\\@127.0.0.1/",
        "http://:@x.example/",
    ],
)
def test_addresses_with_a_name_or_password_are_refused(url: str) -> None:
    assert "user name or a password" in refusal(url, Net({"forum.example": [[PUBLIC]]})).what


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://forum.example/", "gopher://forum.example/", "javascript:alert(1)", "data:,x", "",
        "//forum.example/", "forum.example", "/x", "http:", "http://", "http:///x", "http:x", "http://ex\nample/", "\0",
        "http://forum.example/\x00", "http://\ud800/", "http://forum.example:80:80/", "http://forum.example:x/",
        "http://" + "a" * 64 + ".example/", "http://" + "a." * 127 + "aa/", "http://forum.example/" + "a" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    net = Net({"forum.example": [[PUBLIC]]})
    refusal(url, net)
    assert net.looked_up == net.dialled == []


ALLOW = "PARVIS['fetch']['allow'] can name '{}' where that is meant"


@pytest.mark.parametrize(
    ("url", "what", "hint"),
    [
        ("http://[::1", "is not a web address", ""),
        ("ftp://forum.example/", "does not begin with https:// or http://", ""),
        ("http://forum.example/" + "a" * LONGEST, "the address is longer than 4096 characters", ""),
        (
            "http://a:b@forum.example/",
            "the address holds a user name or a password",
            "leave out what stands before the @",
        ),
        ("http://a..b/", "'a..b' is not a host name", "write a name, or an address as 192.0.2.1 or [2001:db8::1]"),
        ("http://nowhere.example/", "nowhere.example has no address", "look at its spelling"),
        ("http://forum.example:8080/", "port 8080 is neither 80 nor 443", ALLOW.format("forum.example:8080")),
        ("http://127.0.0.1/", "127.0.0.1 is not a public address (loopback)", ALLOW.format("127.0.0.1:80")),
        (
            "https://inside.example/",
            "10.0.0.7 is not a public address (private), and inside.example leads there",
            ALLOW.format("inside.example:443"),
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(url: str, what: str, hint: str) -> None:
    refused = refusal(url, Net({"forum.example": [[PUBLIC]], "inside.example": [["10.0.0.7"]]}))

    assert (refused.what, refused.hint) == (what, hint)
    assert refused.faults[0].where == shown(url)


def test_names_and_addresses_may_be_as_long_as_the_rules_say() -> None:
    """RFC 1035, 2.3.4: a name has at most 255 octets on the wire, which is 253 letters and dots."""
    longest = "a." * 126 + "a"

    assert host_name(longest) == longest
    with pytest.raises(Unread):
        host_name(longest + "a")
    assert len(str(Hop.to("http://a.example/".ljust(LONGEST, "a")).url)) == LONGEST
    with pytest.raises(Unread):
        Hop.to("http://a.example/".ljust(LONGEST + 1, "a"))


@pytest.mark.parametrize(
    ("address", "use"),
    [
        ("forum.example", "not an address"),
        ("fe80::1%eth0", "not an address"),
        ("4000::1", "not given out"),
        ("2001:db8::1", "documentation"),
        ("::ffff:8.8.8.8", "IPv4 in disguise"),
        ("8.8.8.8", ""),
    ],
)
def test_an_address_is_told_with_what_it_is_kept_for(address: str, use: str) -> None:
    assert barred(address) == use


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://A.example", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("http://a.example:443/", "a.example:443"),
        ("http://[2001:db8:0::1]:8080/", "[2001:db8::1]:8080"),
        ("http://[2001:db8::1]/", "[2001:db8::1]"),
    ],
)
def test_a_host_header_names_a_port_only_where_it_is_not_the_usual_one(url: str, origin: str) -> None:
    assert Hop.to(url).origin == origin


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("http://a.example/x?y=1", "redirects from https to http (http://a.example/x?…)"),
        ("https://[::1", "redirects to https://[::1, which is not a web address"),
        ("https://b@a.example/?c", "redirects to https://a.example/?…: the address holds a user name or a password"),
    ],
)
def test_a_redirect_is_refused_in_words_without_secrets(to: str, what: str) -> None:
    with pytest.raises(Unread) as refused:
        after(Hop.to("https://a.example/"), Redirect(to, 302))

    assert (refused.value.what, refused.value.hint) == (what, "")


def told(*addresses: str) -> list[tuple[Any, ...]]:
    """Addresses as the system's resolver tells them, once for each kind of socket."""
    return [(0, kind, 0, "", (address, 80)) for address in addresses for kind in (1, 2)]


def test_a_look_up_tells_each_address_once_in_the_resolvers_order(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []

    def look_up(*args: Any) -> list[tuple[Any, ...]]:
        asked.append((*args, threading.current_thread().daemon))
        return told("192.0.2.2", "2001:db8::1", "192.0.2.2")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    assert asyncio.run(resolve("a.example", 443)) == ("192.0.2.2", "2001:db8::1")
    assert asked == [("a.example", 443, True)]


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long")])
def test_a_look_up_that_fails_finds_no_address(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: Any) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    assert asyncio.run(resolve("a.example", 443)) == ()


@pytest.mark.parametrize("still_running", [True, False])
def test_a_late_answer_that_nobody_waits_for_disturbs_nobody(
    still_running: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, disturbed, threads = threading.Event(), [], []

    def look_up(*_: Any) -> list[tuple[Any, ...]]:
        threads.append(threading.current_thread())
        late.wait(60)
        return told("192.0.2.2")

    def answer() -> None:
        late.set()
        threads[0].join(60)

    async def run() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: disturbed.append(context))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(resolve("a.example", 443), 0.05)
        if still_running:
            answer()
            await asyncio.sleep(0)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(threading, "excepthook", disturbed.append)
    asyncio.run(run())
    answer()

    assert disturbed == []


@pytest.mark.parametrize(
    ("allow", "url"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("127.0.0.1:443", "https://127.0.0.1/"),
        ("Intranet.Example:8080", "http://intranet.example:8080/"),
        ("intranet.example:80", "http://INTRANET.example./"),
        ("[::1]:8000", "http://[0:0:0:0:0:0:0:1]:8000/"),
        ("X.example:8080", "http://x.example:8080/"),
    ],
)
def test_a_door_opens_for_its_host_and_port(allow: str, url: str) -> None:
    there = Hop.to(url)
    assert (there.host, there.port) in doors([allow])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8001/", "http://127.0.0.1/", "http://localhost:8000/", "http://127.0.0.2:8000/",
        "http://[::ffff:127.0.0.1]:8000/", "http://127.1:8000/", "http://forum.example:8000/",
    ],
)  # fmt: skip
def test_a_door_opens_for_nothing_else(url: str) -> None:
    net = Net({"localhost": [["127.0.0.1"]], "forum.example": [["127.0.0.1"]]})
    refusal(url, net, allow=("127.0.0.1:8000",))
    assert net.dialled == []


def test_no_redirect_from_outside_goes_through_a_door() -> None:
    async def run() -> None:
        async with serving(redirect("http://intranet.example:8080/secret")) as site:
            names = {"forum.example": [[PUBLIC]], "intranet.example": [["10.0.0.7"]]}
            net = Net(names, site)
            with pytest.raises(Unread, match=r"redirects to .*: port 8080 is neither"):
                await net.client(allow=("intranet.example:8080",)).get("http://forum.example/")
            assert net.dialled == [PUBLIC]

    asyncio.run(run())


def test_a_way_that_left_the_house_finds_no_door_open() -> None:
    async def run() -> None:
        async with serving({"/": redirect("http://forum.example/x"), "/x": redirect("http://b.example/")}) as site:
            names = {"a.example": [["10.0.0.1"]], "forum.example": [[PUBLIC]], "b.example": [["10.0.0.2"]]}
            net = Net(names, site)
            with pytest.raises(Unread, match=r"10.0.0.2 is not a public address"):
                await net.client(allow=("a.example:80", "b.example:80")).get("http://a.example/")
            assert net.dialled == ["10.0.0.1", PUBLIC]

    asyncio.run(run())


def test_one_house_may_lead_to_another_of_ours() -> None:
    async def run() -> None:
        async with serving({"/": redirect("http://b.example:8080/x"), "/x": reply(b"ours")}) as site:
            net = Net({"a.example": [["10.0.0.1"]], "b.example": [["10.0.0.2"]]}, site)
            answer = await net.client(allow=("a.example:80", "b.example:8080")).get("http://a.example/")
            assert answer.body == b"ours"
            assert net.dialled == ["10.0.0.1", "10.0.0.2"]

    asyncio.run(run())


def test_a_page_outside_names_no_address_inside() -> None:
    async def run() -> None:
        names = {"forum.example": [[PUBLIC]], "intranet.example": [["10.0.0.7"]]}
        async with serving(reply()) as site:
            net = Net(names, site)
            client = net.client(allow=("intranet.example:80",))
            with pytest.raises(Unread, match=r"10.0.0.7 is not a public address"):
                await client.get("http://intranet.example/feed", home="http://forum.example/")
            assert net.dialled == []
            await client.get("http://intranet.example/feed", home="http://intranet.example/")
            assert net.dialled == ["10.0.0.7"]

    asyncio.run(run())


def test_the_system_resolver_tells_the_addresses_of_this_machine() -> None:
    client = Client(FETCH)
    with pytest.raises(
        Unread, match=r"(127.0.0.1|::1) is not a public address \(loopback\), and localhost leads there"
    ):
        asyncio.run(client.get("http://localhost/"))


def test_digits_of_another_script_make_a_name_and_no_address() -> None:
    net = Net({"127.xn--d4b.xn--d4b.xn--e4b": [["127.0.0.1"]]})
    assert "127.0.0.1 is not a public address" in refusal("http://127.०.०.१/", net).what
    assert net.dialled == []


def test_a_name_without_an_address_is_said() -> None:
    assert refusal("http://nowhere.example/", Net()).what == "nowhere.example has no address"


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("https://a:b@forum.example/x?token=1#y", "https://forum.example/x?…"),
        ("http://x/\x1b[31m\u202e\n", "http://x/·[31m··"),
        ("http://x/" + "é" * 300, "http://x/" + "é" * 111 + "…"),
        ("http://x/" + "é" * 111, "http://x/" + "é" * 111),
        ("http://x/a b?c?d", "http://x/a·b?…"),
        ("//u@x/y@z", "//x/y@z"),
    ],
)
def test_an_address_in_a_message_is_one_short_line_without_secrets(address: str, line: str) -> None:
    assert shown(address) == line
