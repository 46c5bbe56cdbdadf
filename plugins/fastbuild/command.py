"""The command: Pelican's own, which ends at once where nothing changed since the last build.

    python -m fastbuild -s pelicanconf.py --fatal errors

Only light imports here: where nothing changed, Pelican is never imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import NoReturn

from . import seen
from .asked import Surroundings, option, settings_file
from .line import HELP, Unclear, parsed

LOOKING = ("-h", "--help", "--version", "--print-settings", "-l", "--listen", "-r", "--autoreload")
"""Where these are among the arguments, the command does something else than one build."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        line = parsed(arguments)
    except Unclear as fault:
        print(f"fastbuild: {fault}", file=sys.stderr)
        _end(2)
    builds = line.builds and not any(argument in LOOKING for argument in arguments)
    if builds and (words := unchanged(line.pelican)):
        print(words)
        _end(0)
    if {"-h", "--help"} & set(arguments):
        print(HELP)
    from .running import run

    _end(run(line, watched=builds or line.full))


def _end(code: int) -> NoReturn:
    """To give each object of a large site back takes a while, and helps nobody."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def unchanged(arguments: Sequence[str]) -> str:
    """What to say where nothing changed; nothing where something did, or nobody knows."""
    here = Surroundings()
    for folder in notes(arguments):
        note = seen.read(folder)
        if note and note.asked == here.asked(arguments, note.names) and seen.holds(note, folder):
            counts = len(note.inputs.paths), len(note.outputs.paths), note.live
            return "fastbuild: nothing changed: {} inputs and {} outputs are as noted in {}".format(*counts)
    return ""


def notes(arguments: Sequence[str]) -> Iterator[str]:
    """Folders that may hold the note: beside the output where the command says it, else beside settings or here."""
    if output := option(arguments, "-o", "--output"):
        live = os.path.realpath(os.path.expanduser(output))
        yield os.path.join(os.path.dirname(live), f".{os.path.basename(live)}.fastbuild")
        return
    for folder in dict.fromkeys((os.path.dirname(settings_file(arguments)), os.getcwd())):
        with os.scandir(folder) as found:
            yield from (each.path for each in found if each.name.startswith(".") and each.name.endswith(".fastbuild"))
