"""Builds, serves, and builds again on every change, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from watchfiles import DefaultFilter, watch

from .building import FOLDER, build
from .server import Preview, serve

WATCHED = ("content", "theme", "plugins", "pelicanconf.py")


def run(project: Path, port: int, say: Callable[[str], None], stop: Event | None = None) -> None:
    """Serves the preview of `project`. `say` gets each line for the terminal."""
    preview = Preview()
    server = serve(preview, project / FOLDER, port)
    address = f"http://127.0.0.1:{server.server_port}/"
    say(f"{address}  drafts and pending items are marked; Ctrl-C ends")
    try:
        _build(project, preview, say)
        for changes in watch(*_watched(project), watch_filter=DefaultFilter(), stop_event=stop, debounce=200, step=50):
            say(", ".join(sorted({Path(path).relative_to(project).as_posix() for _, path in changes})))
            _build(project, preview, say)
    finally:
        server.shutdown()


def _build(project: Path, preview: Preview, say: Callable[[str], None]) -> None:
    start = time.monotonic()
    built = build(project)
    preview.show(built)
    say(f"built in {time.monotonic() - start:.1f} s" if built.well else built.said)


def _watched(project: Path) -> list[Path]:
    return [project / name for name in WATCHED if (project / name).exists()]
