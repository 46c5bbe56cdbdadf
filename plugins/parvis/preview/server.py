"""Serves the preview on this machine: pages reload when a build ends, faults stand on top of every page.

The site itself has no script, and its policy forbids any; what reloads is put in here, on the way to the browser.
"""

from __future__ import annotations

import re
import threading
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from .building import Built

EVENTS = "/-parvis-events"
POLICY = re.compile(rb"<meta[^>]*Content-Security-Policy[^>]*>", re.IGNORECASE)
RELOAD = f'<script>new EventSource("{EVENTS}").onmessage = () => location.reload()</script>'
EMPTY = b"<!doctype html><html lang=en><meta charset=utf-8><title>Preview</title><body></body></html>"
STYLE = (
    "position:relative;margin:0;padding:1rem;background:#7a1f12;color:#fff;font:1rem/1.5 monospace;white-space:pre-wrap"
)


class Preview:
    """What is shown now, and who waits for the next."""

    def __init__(self) -> None:
        self.built = Built(True, "")
        self._changed = threading.Condition()
        self._number = 0

    def show(self, built: Built) -> None:
        with self._changed:
            self.built, self._number = built, self._number + 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Whether something new came within `seconds`."""
        with self._changed:
            number = self._number
            return self._changed.wait_for(lambda: self._number != number, seconds)


class Handler(SimpleHTTPRequestHandler):
    """Files of the preview; pages get the reload and the faults."""

    def __init__(self, preview: Preview, *args: object, directory: str) -> None:
        self.preview = preview
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path == EVENTS:
            self._events()
            return
        file = Path(self.translate_path(self.path))
        if file.is_dir() and self.path.split("?", maxsplit=1)[0].endswith("/"):
            file /= "index.html"
        if file.suffix == ".html" and (file.is_file() or not self.preview.built.well):
            self._page(200, file.read_bytes() if file.is_file() else EMPTY)
        elif file.exists():
            super().do_GET()
        else:
            missing = Path(self.directory) / "404.html"
            self._page(404, missing.read_bytes() if missing.is_file() else EMPTY)

    def _page(self, status: int, page: bytes) -> None:
        built = self.preview.built
        faults = "" if built.well else f'<pre role="alert" style="{STYLE}">{escape(built.said)}</pre>'
        page = POLICY.sub(b"", page)
        page = re.sub(rb"(<body[^>]*>)", lambda found: found[1] + faults.encode(), page, count=1)
        page = page.replace(b"</body>", f"{RELOAD}</body>".encode())
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(page)

    def _events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while True:
                changed = self.preview.wait(15)
                self.wfile.write(b"data: changed\n\n" if changed else b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return  # the browser went to another page

    def log_message(self, *args: object) -> None:
        """Nothing: the terminal is for builds and faults."""


def serve(preview: Preview, folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of `folder` for this machine alone, on `port` or the next free one; it runs until it is shut down."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = partial(Handler, preview, directory=str(folder))
    for candidate in (port, *range(port + 1, port + 10), 0):
        try:
            server = ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError:
            continue
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server
    raise OSError("no free port")
