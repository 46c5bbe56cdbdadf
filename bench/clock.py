"""A Pelican plugin of the hub that is measured: what its feeds took, and which of them were made, into feeds.json."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.plugins import signals
from pelican.writers import Writer

from fastbuild.artifacts import KeepingWriter

ROOM, TOLD = "parvis.site.feeds", "feeds.json"


def processor() -> float:
    """Seconds of all processors that this process and its children used."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


class Clock:
    """Stands in for what writes the feeds, and calls it."""

    def __init__(self, measured: Callable[[Writer], None]) -> None:
        self._measured = measured
        self._made: list[str] = []

    def __call__(self, writer: Any) -> None:
        writer.artifact = partial(self._at_once, writer)
        wall, cpu = time.perf_counter(), processor()
        self._measured(writer)
        tell(time.perf_counter() - wall, processor() - cpu, self._made)
        del writer.artifact

    def _at_once(
        self, writer: KeepingWriter, path: str, inputs: Sequence[str], make: Callable[[], bytes], _shows: Iterable[str]
    ) -> None:
        """Not together with the pages, as it would be: what each feed takes is to be seen."""
        KeepingWriter.artifact(writer, path, inputs, lambda: self._make(path, make))

    def _make(self, path: str, make: Callable[[], bytes]) -> bytes:
        if not path.endswith(".opml"):
            self._made.append(path)
        return make()


def tell(wall: float, cpu: float, made: Sequence[str]) -> None:
    Path(TOLD).write_text(json.dumps({"wall": wall, "cpu": cpu, "made": made}), "ascii")


def listen(generators: Sequence[Generator]) -> None:
    for generator in generators:
        if type(generator).__module__.startswith(ROOM):
            generator.write = Clock(generator.write)


def register() -> None:
    signals.all_generators_finalized.connect(listen)
