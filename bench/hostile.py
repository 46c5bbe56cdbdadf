"""What servers do to whoever reads them, by mistake or on purpose: each behaviour by its name."""

from __future__ import annotations

import asyncio
import json
import struct
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from ssl import PROTOCOL_TLS_SERVER, SSLContext

Behave = Callable[[asyncio.StreamWriter], Awaitable[None]]
Act = bytes | Behave | Callable[[], bytes]
CERTIFICATES = Path(__file__).parent / "certificates"
TRUSTED = {"SSL_CERT_FILE": str(CERTIFICATES / "ca.pem")}
"""What the environment has to say, so that of these certificates the faults alone are in the way."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """What is sent, and what the report has to say of it, as a pattern; "" where it is understood after all.

    `scheme` is how it is asked. With `tls` there is TLS around it. One that is `early` acts at the first bytes.
    """

    act: Act
    said: str
    scheme: str = "http"
    tls: Callable[[], SSLContext] | None = None
    early: bool = False


def reply(body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole answer. `length` lies about the body's."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return reply(b"", f"Location: {to}", status=status)


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Behave:
    """A piece after the other, as long as somebody listens."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


async def hang(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def reset_midway(writer: asyncio.StreamWriter) -> None:
    writer.write(reply(feed(1), length=99_999))
    await writer.drain()
    await asyncio.sleep(0.05)
    await reset(writer)


def feed(items: int, start: int = 0, name: str = "x") -> bytes:
    """An RSS feed of plain entries."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{name}-{n}</guid><title>Note {n} of {name}</title>"
        f"<link>https://{name}.example/{n}</link><pubDate>Mon, 0{1 + n % 9} Nov 2026 {n % 24:02}:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{words(n, name)}&lt;/p&gt;</description></item>"
        for n in range(start, start + items)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{name}</title>{entries}</channel></rss>".encode()


def words(n: int, name: str) -> str:
    """Twenty words that no other entry has in this order."""
    seed = zlib.crc32(f"{name} {n}".encode())
    return " ".join(f"mot{(seed >> at % 24) % 997}{chr(97 + (seed + at) % 26)}" for at in range(20))


def wrapped(inside: bytes, head: bytes = b"") -> bytes:
    """A feed of one entry with something inside."""
    return b"<?xml version='1.0'?>" + head + b"<rss version='2.0'><channel><item>" + inside + b"</item></channel></rss>"


@cache
def bomb(container: int) -> bytes:
    """200 MiB of nothing, packed: zlib.MAX_WBITS for deflate, and 16 more for gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, container)
    return b"".join([*(packer.compress(bytes(2**20)) for _ in range(200)), packer.flush()])


def gzipped(body: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def certified(name: str) -> Callable[[], SSLContext]:
    """TLS by a certificate of this folder."""

    def made() -> SSLContext:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{name}.pem")
        return context

    return made


LAUGHS = b"<!DOCTYPE r [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
) + b"]>"  # fmt: skip
FEED = feed(2)
PACKED = gzipped(FEED)
LARGE = "larger than|took longer than"
LATE, EARLY = "took longer than", "its answer ends early"
CLOSED, NO_HTTP = "closed the connection without an HTTP answer", "does not speak HTTP"
TOO_OLD = b"\x15\x03\x01\0\x02\x02\x46"  # the alert protocol_version (RFC 5246, 7.2) of who knows TLS 1.0 alone
HOSTILE: Mapping[str, Hostile] = {
    "silence": Hostile(hang, LATE),
    "slow headers": Hostile(endless(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x", 0.1), LATE),
    "slow body": Hostile(endless(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x", 0.1), LATE),
    "slow chunks": Hostile(endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.1), LATE),
    "endless 103": Hostile(endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0.002), LATE),
    "endless 100": Hostile(endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.002), LATE),
    "endless body": Hostile(endless(b"HTTP/1.1 200 OK\r\n\r\n", bytes(65_536)), LARGE),
    "endless chunks": Hostile(
        endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"c350\r\n" + bytes(50_000) + b"\r\n"),
        LARGE,
    ),
    "gzip bomb": Hostile(lambda: reply(bomb(31), "Content-Encoding: gzip"), "larger than"),
    "deflate bomb": Hostile(lambda: reply(bomb(15), "Content-Encoding: deflate"), "which was not asked for"),
    "brotli bomb": Hostile(reply(b"\x0b\x02\x80" * 99, "Content-Encoding: br"), "which was not asked for"),
    "zstd bomb": Hostile(reply(b"(\xb5/\xfd" * 99, "Content-Encoding: zstd"), "which was not asked for"),
    "doubly packed": Hostile(reply(gzipped(PACKED), "Content-Encoding: gzip, gzip"), "which was not asked for"),
    "truncated gzip": Hostile(reply(PACKED[:-9], "Content-Encoding: gzip"), "its gzip ends early"),
    "broken gzip": Hostile(reply(PACKED[:-8] + bytes(8), "Content-Encoding: gzip"), "its gzip is broken"),
    "gzip in name only": Hostile(reply(FEED, "Content-Encoding: gzip"), "its gzip is broken"),
    "length too large": Hostile(reply(FEED, length=len(FEED) + 9), EARLY),
    "length too small": Hostile(reply(FEED, length=len(FEED) - 9), "longer than its Content-Length"),
    "two lengths": Hostile(reply(FEED, "Content-Length: 4"), NO_HTTP),
    "negative length": Hostile(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc", NO_HTTP),
    "length of an exabyte": Hostile(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\n", "larger than"),
    "broken chunk": Hostile(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", NO_HTTP),
    "half a chunk": Hostile(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", EARLY),
    "headers without end": Hostile(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 40_000, "headers are larger"),
    "a header of 300 kB": Hostile(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000, "headers are larger"),
    "a NUL in a header": Hostile(b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", NO_HTTP),
    "another protocol": Hostile(b"SSH-2.0-OpenSSH_9.7\r\n\r\n", NO_HTTP),
    "nothing at all": Hostile(b"", CLOSED),
    "reset": Hostile(reset, "broke the connection off"),
    "reset midway": Hostile(reset_midway, "broke the connection off"),
    "redirect to itself": Hostile(redirect("?"), "redirects in a circle"),
    "redirect to a file": Hostile(redirect("file:///etc/passwd"), "redirects to file"),
    "redirect to the cloud's own": Hostile(redirect("http://169.254.169.254/"), "is not a public address"),
    "redirect to a decimal number": Hostile(redirect("http://2130706433/"), "is not a host name"),
    "redirect to nowhere": Hostile(reply(status="302 Found"), "to nowhere"),
    "redirect to no address": Hostile(redirect("http://[::1"), "is not a web address"),
    "gone": Hostile(reply(status="410 Gone"), "gone for good"),
    "wait an hour": Hostile(reply(b"", "Retry-After: 3600", status="429 Too Many Requests"), "asks us to wait 3600 s"),
    "busy": Hostile(reply(status="503 Service Unavailable"), "answered 503"),
    "an unknown status": Hostile(reply(status="799 Odd"), "answered 799"),
    "304 that nobody asked for": Hostile(reply(status="304 Not Modified"), "though we hold no copy"),
    "a log-in page": Hostile(reply(b"<!doctype html><title>Sign in</title><form>"), r"web page \(“Sign in”\)"),
    "a page that names itself": Hostile(
        reply(b"<html><link rel=alternate type='application/rss+xml' href='?2'><title>x</title>"), "is a page too"
    ),
    "a page that names an address inside": Hostile(
        reply(b"<html><link rel=alternate type='application/rss+xml' href='http://127.0.0.1:22/'>"), "22"
    ),
    "an empty answer": Hostile(reply(), "nothing at this address"),
    "a picture": Hostile(reply(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40), "this is no feed"),
    "JSON of something else": Hostile(reply(json.dumps({"error": "no"}).encode()), "no JSON Feed"),
    "JSON nested deeply": Hostile(reply(b"[" * 200_000), "nested too deeply"),
    "entities that grow": Hostile(reply(wrapped(b"<title>&l;</title>", LAUGHS)), "declares entities"),
    "an entity from a file": Hostile(
        reply(wrapped(b"<title>&x;</title>", b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>")),
        "declares entities",
    ),
    "a tag of 2 MB of attributes": Hostile(
        lambda: reply(wrapped(b"<title " + b"".join(b"a%d='b' " % n for n in range(180_000)) + b"/>")),
        "attributes, more than",
    ),
    "elements nested deeply": Hostile(lambda: reply(wrapped(b"<a>" * 200_000)), "nested deeper than"),
    "HTML nested deeply": Hostile(
        lambda: reply(wrapped(b"<guid>1</guid><description>" + b"&lt;b&gt;" * 50_000 + b"x</description>")),
        "nested deeper than 100 elements",
    ),
    "100,000 items": Hostile(
        lambda: reply(wrapped(b"</item><item>".join(b"<title>%d</title>" % n for n in range(100_000)))),
        "only the first 1000 entries",
    ),
    "one entry of 10 MB": Hostile(
        lambda: reply(wrapped(b"<guid>1</guid><description>" + b"word " * 2_000_000 + b"</description>")),
        "entries cut after 400,000 characters: 1",
    ),
    "a thousand times one id": Hostile(
        lambda: reply(feed(1000).replace(b"<guid isPermaLink='false'>x-", b"<guid>x")), ""
    ),
    "an answer of 17 MB": Hostile(lambda: reply(feed(1) + b" " * (17 * 2**20)), "larger than"),
    "charset in name only": Hostile(reply(FEED, "Content-Type: text/xml; charset=utf-16"), ""),
    "a charset that is none": Hostile(reply(FEED, "Content-Type: text/xml; charset=x-klingon"), ""),
    "letters that are none": Hostile(reply(FEED.replace(b"Note", b"N\xff\xfete")), ""),
    "a type that lies": Hostile(reply(FEED, "Content-Type: image/png"), ""),
    "characters that XML forbids": Hostile(reply(FEED.replace(b"Note", b"N\0\x1b&#0;&#xD800;te")), ""),
    "a good certificate": Hostile(reply(FEED), "", "https", certified("good")),
    "a certificate that has expired": Hostile(
        reply(FEED), r"not valid \(certificate has expired", "https", certified("expired")
    ),
    "a certificate of the future": Hostile(
        reply(FEED), r"not valid \(certificate is not yet valid", "https", certified("future")
    ),
    "a certificate for another host": Hostile(reply(FEED), r"not valid \(.*mismatch", "https", certified("other")),
    "a certificate that vouches for itself": Hostile(
        reply(FEED), r"not valid \(self-signed certificate", "https", certified("self")
    ),
    "a certificate by an unknown hand": Hostile(
        reply(FEED), r"not valid \(unable to get local issuer", "https", certified("unknown")
    ),
    "plain HTTP at the port of TLS": Hostile(reply(FEED), "does not speak TLS", "https", early=True),
    "TLS at the port of plain HTTP": Hostile(
        reply(FEED), f"{NO_HTTP}|{CLOSED}|broke the connection off", tls=certified("good")
    ),
    "TLS that is too old": Hostile(TOO_OLD, "speaks no TLS that is safe", "https", early=True),
    "a handshake without an answer": Hostile(hang, LATE, "https", early=True),
    "a handshake without an end": Hostile(endless(b"\x16\x03\x03\x40\0", b"\x02", 0.1), LATE, "https", early=True),
    "a handshake of noise": Hostile(reply(b"", status="\xff" * 900)[9:], "does not speak TLS", "https", early=True),
    "a handshake broken off": Hostile(reset, "broke the connection off", "https", early=True),
}
