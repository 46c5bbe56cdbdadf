"""A server on this machine that is told things: a hub, search engines, and the host of the site in one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from parvis.intake.http import Client
from parvis.operator import Fetch
from parvis.publish.notice import Clock

FETCH = Fetch(allow=(), folders=(), timeout=10.0, max_bytes=2**20, contact="")


@dataclass
class Reply:
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Post:
    """What somebody posted."""

    path: str
    type: str
    body: bytes

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode(), strict_parsing=True)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Place:
    """The server: what it was told and asked; `answer` is given the number of the POST, `page` the path of a GET."""

    url: str = ""
    told: list[Post] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answer: Callable[[int], Reply] = lambda number: Reply()
    page: Callable[[str], bytes | None] = lambda path: None

    @property
    def client(self) -> Client:
        return Client(replace(FETCH, allow=(self.url.removeprefix("http://"),)))

    def topics(self) -> list[str]:
        """The feeds that the hub was told of, in order."""
        return [url for post in self.told if post.path == "/hub" for url in post.form["hub.url"]]


@contextmanager
def receiving() -> Iterator[Place]:
    place = Place()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            place.told.append(Post(self.path, self.headers["Content-Type"], body))
            self._say(place.answer(len(place.told)))

        def do_GET(self) -> None:
            place.asked.append(self.path)
            body = place.page(self.path)
            self._say(Reply(404) if body is None else Reply(200, {}, body))

        def _say(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 204:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    place.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Time:
    """A clock that a sleep moves on at once."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self.sleep)


def rss(url: str, *items: str, hub: str = "") -> str:
    link = f'<atom:link rel="hub" href="{hub}"/>' if hub else ""
    entries = "".join(f"<item><title>{item}</title></item>" for item in items)
    return (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>x</title>'
        f'<atom:link rel="self" href="{url}"/>{link}{entries}</channel></rss>'
    )


def atom(url: str, *items: str, hub: str = "") -> str:
    link = f'<link rel="hub" href="{hub}"/>' if hub else ""
    entries = "".join(f"<entry><id>{item}</id></entry>" for item in items)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{url}"/>{link}{entries}</feed>'


def json_feed(url: str, *items: str, hub: str = "") -> str:
    feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "feed_url": url, "items": list(items)}
    return json.dumps(feed | ({"hubs": [{"type": "WebSub", "url": hub}]} if hub else {}))


FORMATS: Sequence[tuple[str, Callable[..., str]]] = (("xml", rss), ("atom", atom), ("json", json_feed))
