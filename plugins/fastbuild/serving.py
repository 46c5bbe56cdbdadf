"""Builds, serves, and builds again on every change, in one process that stays warm: nothing is imported twice.

A change of settings or of code begins anew, in a fresh process. A fault in content is told, and the last good site
stays.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pelican
from pelican.log import init as init_logging
from pelican.server import ComplexHTTPRequestHandler, RootedHTTPServer
from watchfiles import watch

from . import inputs, options, watching
from .asked import settings_file
from .prompt import Prompt
from .stamps import FOLDER, walk
from .wishes import WISHES

PORT = 8000


class Loop:
    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = pelican.parse_arguments(list(arguments))
        self._file = settings_file(arguments)
        self._prompt = Prompt()
        self._settings: dict[str, Any] = {}
        self._began = 0

    def build(self) -> bool:
        """Whether it ended well; if not, it has said why."""
        self._began = time.time_ns()
        try:
            made, self._settings = pelican.get_instance(self._arguments)
            made.run()
            return True
        except SystemExit:  # refused, with words
            return False
        except Exception as fault:  # whatever a plugin or a template raises: the next change may mend it
            logging.getLogger(__name__).critical("%s: %s", type(fault).__name__, fault)
            return False

    def serve(self) -> None:
        """In a thread of its own, the live folder."""
        bind, port = self._settings.get("BIND") or "127.0.0.1", self._settings.get("PORT") or PORT
        for candidate in (port, *range(port + 1, port + 10), 0):
            with suppress(OSError):
                given = self._settings["OUTPUT_PATH"], (bind, candidate), ComplexHTTPRequestHandler
                server = RootedHTTPServer(*given)
                break
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"fastbuild: http://{bind}:{server.server_port}/  Ctrl-C ends", flush=True)

    def changes(self) -> Iterator[set[str]]:
        """Sets of paths; nothing that a build writes itself."""
        places: list[str] = [str(Path(self._file).parent)]
        own: tuple[str, ...] = ()
        if watching.published:
            own = inputs.own(watching.published)
            places = [*inputs.roots(self._settings, options.load(self._settings.get("FASTBUILD", {}))), self._file]
            places += [str(path) for path in inputs.code()]
        places = [*dict.fromkeys(filter(os.path.exists, places))]
        watched = watch(*places, debounce=200, step=10, rust_timeout=500, yield_on_timeout=True)
        for number, found in enumerate(watched):
            paths = {path for _, path in found} if number else self._missed(places)
            if paths := {path for path in paths if not path.startswith(own)}:
                yield paths

    def _missed(self, places: Iterable[str]) -> set[str]:
        """What changed after the build had begun, and before the watch stood."""
        rows = (row for place in places for row in walk(place, follow=True))
        return {path for path, (size, time_, _) in rows if size != FOLDER and time_ > self._began}

    def run(self) -> None:
        if self.build():
            self.serve()
        else:
            print("fastbuild: waits for a change that mends it; Ctrl-C ends", flush=True)
        for paths in self.changes():
            if not watching.published or any(path == self._file or path.endswith(".py") for path in paths):
                os.execv(sys.executable, [sys.executable, "-m", "fastbuild", *sys.argv[1:]])
            self._tell(paths)

    def _tell(self, paths: Iterable[str]) -> None:
        began, said = time.monotonic(), []
        trust = options.load(self._settings.get("FASTBUILD", {})).trust
        for path in paths:
            if watching.published and (name := self._prompt.page(path, watching.published, trust)):
                said.append(f"{name} after {time.monotonic() - began:.2f} s")
        if self.build():
            said.append(f"all of it after {time.monotonic() - began:.2f} s")
            print(f"fastbuild: {', '.join(said)}", flush=True)


def serve(arguments: Sequence[str]) -> int:
    WISHES.in_place = True
    given = pelican.parse_arguments(list(arguments))
    init_logging(given.verbosity, given.fatal, handler=pelican.LOG_HANDLERS[given.log_handler])
    with suppress(KeyboardInterrupt):
        Loop(arguments).run()
    return 0
