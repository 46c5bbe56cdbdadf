"""What a source answered: the bytes, whole and within bounds, or why there are none."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Protocol

from ..errors import Unread
from . import manners

MIB = 2**20
PIECE = 2**17  # bytes that are inflated at once
MOVED = {301, 302, 303, 307, 308}
FOR_GOOD = {301, 308}
GZIP = {"gzip", "x-gzip"}
PHRASES = {int(status): status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave. `body` is inflated; `type` is the Content-Type as sent, often wrong: look at the bytes.

    `url` is where it lay after redirects; `moved` is the same where the source has moved there for good. With
    `not_modified` the body is empty: the copy that `etag` and `modified` (header values) belong to still holds.
    `next` is the address of the next page, as sent; `pause` the seconds in which no more requests are taken.
    """

    url: str
    status: int
    body: bytes = b""
    type: str = ""
    etag: str = ""
    modified: str = ""
    not_modified: bool = False
    moved: str = ""
    next: str = ""
    pause: int = 0


class Response(Protocol):
    """What the wire gives: a status, headers as they were sent, a body in pieces."""

    status: int
    headers: list[tuple[bytes, bytes]]

    def aiter_stream(self) -> AsyncGenerator[bytes, None]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of a request (RFC 9110, 13): header values as an earlier answer gave them. Or what it posts.

    `bearer` is a secret (RFC 6750) that must not follow a redirect.
    """

    etag: str = ""
    modified: str = ""
    bearer: str = ""
    body: bytes | None = None
    type: str = ""

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"

    @property
    def conditional(self) -> bool:
        return any(name.startswith(b"If-") for name, _ in self.headers)

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        length = "" if self.body is None else str(len(self.body))
        pairs = ((b"If-None-Match", self.etag), (b"If-Modified-Since", self.modified))
        secret = ((b"Authorization", f"Bearer {self.bearer}" if self.bearer else ""),)
        posted = ((b"Content-Type", self.type), (b"Content-Length", length))
        return [(name, value.encode()) for name, value in pairs + secret + posted if value.isprintable() and value]


@dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that lies elsewhere."""

    location: str
    status: int

    @property
    def for_good(self) -> bool:
        return self.status in FOR_GOOD


async def read(response: Response, url: str, asked: Asked, *, limit: int) -> Answer | Redirect:
    """One response, its body at most `limit` bytes after inflation. Raises Unread where there is nothing to take.

    Of what a POST is answered the status alone counts: its body is not read.
    """
    headers = _headers(response)
    status = response.status
    if status in MOVED:
        if not headers.get("location"):
            raise Unread(f"redirects ({status}) to nowhere", status=status)
        return Redirect(headers["location"], status)
    if asked.body is not None and 200 <= status < 300:
        return Answer(url, status)
    unchanged = status == 304 and asked.conditional
    if not unchanged and status not in {200, 203}:
        raise _turned_down(status, headers)
    body = b"" if unchanged else await _body(response, headers, limit)
    kind, etag, modified = (_short(headers.get(name, "")) for name in ("content-type", "etag", "last-modified"))
    onward, pause = manners.onward(headers), manners.exhausted(headers) or 0
    return Answer(url, status, body, kind, etag, modified, not_modified=unchanged, next=onward, pause=pause)


async def _body(response: Response, headers: Mapping[str, str], limit: int) -> bytes:
    coding = headers.get("content-encoding", "").strip().lower()
    if coding not in GZIP | {"", "identity"}:
        raise Unread(f"is compressed as '{coding[:40]}', which was not asked for")
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise too_large(limit)
    inflate = Inflation(limit) if coding in GZIP else None
    with SpooledTemporaryFile(max_size=MIB) as body:  # many answers come at once, and some never end
        async with aclosing(response.aiter_stream()) as chunks:
            async for chunk in chunks:
                body.writelines(inflate.take(chunk) if inflate else (chunk,))
                if body.tell() > limit:
                    raise too_large(limit)
        if inflate:
            inflate.end()
        body.seek(0)
        return body.read()


class Inflation:
    """Inflates gzip (RFC 1952, one member or several) piece by piece, never to more than `limit` bytes and one."""

    def __init__(self, limit: int) -> None:
        self._left = limit + 1
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._within = False

    def take(self, chunk: bytes) -> Iterator[bytes]:
        """What `chunk` inflates to, in small pieces, cut at one byte over the limit."""
        while self._left > 0:
            if self._member.eof:  # another member, or zeros that fill up the last block
                chunk = chunk.lstrip(b"\0")
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16) if chunk else self._member
            if not chunk:
                break
            try:
                part = self._member.decompress(chunk, min(self._left, PIECE))
            except zlib.error:
                raise Unread("its gzip is broken") from None
            self._left -= len(part)
            self._within = not self._member.eof
            chunk = self._member.unused_data or self._member.unconsumed_tail
            yield part

    def end(self) -> None:
        """Raises Unread where the last member has not come to its end."""
        if self._within:
            raise Unread("its gzip ends early")


def too_large(limit: int) -> Unread:
    size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit} bytes"
    return Unread(f"its answer is larger than {size}", "PARVIS['fetch']['max_bytes'] sets how much is taken")


def _turned_down(status: int, headers: Mapping[str, str]) -> Unread:
    phrase = PHRASES.get(status, "which is no status of HTTP")
    wait = manners.retry_after(headers) if status in {403, 429} or status >= 500 else None
    if wait is None and status in {403, 429}:
        wait = manners.exhausted(headers)
    if status == 410:
        what, hint = "is gone for good (410 Gone)", "take it out of content/sources.yml; what was published stays"
    elif status == 304:
        what, hint = "answered 304 Not Modified though we hold no copy", ""
    elif wait is not None:
        what, hint = f"asks us to wait {wait} s ({status} {phrase})", ""
    else:
        what, hint = f"answered {status} {phrase}", "open the address in a browser" if 400 <= status < 500 else ""
    return Unread(what, hint, status=status, retry_after=wait)


def _short(value: str) -> str:
    return value if len(value) <= 1024 else ""


def _headers(response: Response) -> dict[str, str]:
    """By lower-case name; a name that comes twice keeps all its values, so that two encodings are seen as two."""
    found: dict[str, str] = {}
    for raw, value in response.headers:
        name = raw.decode("latin-1").lower()
        try:
            text = value.decode()
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        joins = name in found and name in {"content-encoding", "link"}
        found[name] = f"{found[name]}, {text}" if joins else found.get(name, text)
    return found
