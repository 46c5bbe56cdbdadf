"""Builds, serves, and builds again on every change, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import suppress
from pathlib import Path
from threading import Event

from watchfiles import DefaultFilter, watch
from watchfiles.main import FileChange

from .building import FOLDER, Builder
from .server import Preview, serve

WATCHED = ("content", "theme", "plugins", "pelicanconf.py")
IGNORED = DefaultFilter(ignore_entity_patterns=(*DefaultFilter.ignore_entity_patterns, r"^\..*\.part$"))
"""What editors leave behind, and files that `parvis.files` is writing."""


def run(project: Path, port: int, say: Callable[[str], None], stop: Event | None = None) -> None:
    """Serves the preview of `project`. `say` gets each line for the terminal."""
    preview, builder = Preview(), Builder(project)
    server = serve(preview, project / FOLDER, port)
    address = f"http://127.0.0.1:{server.server_port}/"
    say(f"{address}  drafts and pending items are marked; Ctrl-C ends")
    try:
        with suppress(KeyboardInterrupt):
            for number, changes in enumerate(_changes(project, stop)):
                if changes:
                    say(", ".join(sorted({Path(path).relative_to(project).as_posix() for _, path in changes})))
                if changes or number == 0:
                    _build(builder, {Path(path) for _, path in changes}, preview, say)
    finally:
        server.shutdown()
        builder.end()


def _changes(project: Path, stop: Event | None) -> Iterator[set[FileChange]]:
    """Sets of changes; the first may be empty, and tells that from now on none is missed."""
    places = [project / name for name in WATCHED if (project / name).exists()]
    return watch(
        *places, watch_filter=IGNORED, stop_event=stop, debounce=200, step=50,
        rust_timeout=500, yield_on_timeout=True,
    )  # fmt: skip


def _build(builder: Builder, changed: Set[Path], preview: Preview, say: Callable[[str], None]) -> None:
    start, said = time.monotonic(), ""

    def early(pages: Sequence[str]) -> None:
        nonlocal said
        said = f"{', '.join(pages)} after {time.monotonic() - start:.2f} s, "
        preview.show(preview.built)  # faults of others stay on top

    built = builder.build(changed, early)
    preview.show(built)
    say(f"{said}built in {time.monotonic() - start:.2f} s" if built.well else built.said)
