"""The command: Pelican's own, which ends at once where nothing changed since the last build.

    python -m fastbuild -s pelicanconf.py --fatal errors

Only light imports here: where nothing changed, Pelican is never imported.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NoReturn

from . import ahead, watching
from .asked import Surroundings, option, quoted, settings_file
from .line import HELP, Unclear, parsed

LOOKING = ("-h", "--help", "--version", "--print-settings", "-l", "--listen", "-r", "--autoreload")
"""Where these are among the arguments, the command does something else than one build."""

SELDOM = 50_000
"""Objects that are made between two looks for garbage while settings and plugins are loaded, most of which stays."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        line = parsed(arguments)
    except Unclear as fault:
        print(f"fastbuild: {fault}", file=sys.stderr)
        _end(2)
    builds = line.builds and not any(argument in LOOKING for argument in arguments)
    before = [*notes(line.pelican)] if builds else []
    if builds and not before and line.jobs != 1:
        with suppress(OSError):  # without room for a copy or its results it is slower, and no more
            watching.ahead = ahead.begun(line.pelican)
    if words := unchanged(line.pelican, before):
        print(words)
        _end(0)
    if {"-h", "--help"} & set(arguments):
        print(HELP)
    if watching.edit:
        watching.edit.look()
    ended = _workers(line.cluster, line.pelican) if line.cluster else None
    gc.disable()  # what is imported stays
    from .running import run

    gc.freeze()  # once enabled, it would look through all of that
    gc.set_threshold(SELDOM)
    gc.enable()
    _end(run(line, watched=builds or line.full, shards=ended() if ended else 0))


def _workers(address: str, arguments: Sequence[str]) -> Callable[[], int]:
    """Sets them to work, so that they are at it while Pelican is imported."""
    from .cluster import begun

    return begun(address, arguments)


def _end(code: int) -> NoReturn:
    """To give each object of a large site back takes a while, and helps nobody."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def unchanged(arguments: Sequence[str], folders: Sequence[str]) -> str:
    """What to say where nothing changed; nothing where something did, or nobody knows. `folders` are those of
    `notes`."""
    if not folders:
        return ""
    from . import edit, seen  # where nothing was built before, somebody is at work already by now

    here = Surroundings()
    for folder in folders:
        note = seen.read(folder)
        if not note or note.asked != here.asked(arguments, note.names):
            continue
        others = seen.others(note, folder)
        if others:
            watching.edit = edit.of(note, folder, others)
            return ""
        if others is not None:
            counts = len(note.inputs.paths), len(note.outputs.paths), note.live
            return "fastbuild: nothing changed: {} inputs and {} outputs are as noted in {}".format(*counts)
    return ""


def notes(arguments: Sequence[str]) -> Iterator[str]:
    """Folders that may hold the note: beside the output where the command says it, else beside settings or here, or
    beside what the settings, or the environment they may look at, name as a path."""
    if output := option(arguments, "-o", "--output"):
        yield _beside(os.path.expanduser(output))
        return
    file = settings_file(arguments)
    homes = dict.fromkeys((os.path.dirname(file), os.getcwd()))
    for folder in homes:
        with suppress(OSError), os.scandir(folder) as found:
            yield from (each.path for each in found if each.name.startswith(".") and each.name.endswith(".fastbuild"))
    for place in dict.fromkeys(os.path.join(folder, word) for word in _words(file) for folder in homes):
        if os.path.isdir(place) and os.path.isdir(folder := _beside(place)):
            yield folder


def _beside(output: str) -> str:
    live = os.path.realpath(output)
    return os.path.join(os.path.dirname(live), f".{os.path.basename(live)}.fastbuild")


def _words(settings: str) -> Iterator[str]:
    """Whatever may be the path of an output: `asked` tells later whether it was."""
    yield from os.environ.values()
    yield from map(os.path.expanduser, quoted(settings))
