"""Web servers on this machine for code that runs its own event loop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Reply:
    """What a path gives: a conditional request that names the `etag` gets 304."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""


@dataclass
class Web:
    """`replies` can change while it serves; `asked` are the requests so far: path, and whether it was conditional."""

    replies: dict[str, Reply]
    url: str = ""
    asked: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def operator(self) -> dict[str, Any]:
        """The PARVIS dict that opens this server."""
        return {"fetch": {"allow": [self.url.removeprefix("http://")], "timeout": 10}}


@contextmanager
def web(**replies: Reply) -> Iterator[Web]:
    """Serves `/name` for each reply."""
    served = Web({f"/{name}": reply for name, reply in replies.items()})

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = served.replies.get(self.path, Reply(status=404))
            condition = self.headers.get("If-None-Match")
            served.asked.append((self.path, condition is not None))
            same = bool(reply.etag) and condition == reply.etag
            self.send_response(304 if same else reply.status)
            for name, value in ({"ETag": reply.etag} if reply.etag else {} | dict(reply.headers)).items():
                self.send_header(name, value)
            body = b"" if same else reply.body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    served.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
