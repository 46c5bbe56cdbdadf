"""A built site on a port of this machine, at the root or under a project path, as Pages serves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

BLANK = "/blank-page-of-the-test"


class Pages(SimpleHTTPRequestHandler):
    """Files below `directory`, at `path`; nothing else is there."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece: in two, each waits 40 ms for the other
    path_of_site = ""

    def translate_path(self, path: str) -> str:
        if not path.startswith(f"{self.path_of_site}/"):
            return "/nowhere"
        return super().translate_path(path.removeprefix(self.path_of_site))

    def do_GET(self) -> None:
        if not self.path.endswith(BLANK):
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        return self.end_headers()

    def list_directory(self, path: str) -> None:  # type: ignore[override]
        self.send_error(404)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Says nothing of browsers that hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def listening(path: str = "") -> Iterator[tuple[str, ThreadingHTTPServer]]:
    """An address that a site can be built for, before there is one; give it a folder with `show`."""
    server = Server(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{path}", server
    finally:
        server.shutdown()
        server.server_close()


def blank(address: str) -> str:
    """The address of an empty page on the host of `address`."""
    return f"{address}{BLANK}"


def show(server: ThreadingHTTPServer, output: Path, path: str = "") -> None:
    """Serves `output` from now on."""
    kind = type("Pages", (Pages,), {"path_of_site": path})
    server.RequestHandlerClass = partial(kind, directory=str(output))  # type: ignore[assignment]
