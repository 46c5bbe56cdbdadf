"""The process that builds the preview: what a build imports is loaded once, and each build is made in a copy of it.

A copy leaves nothing behind for the next one but its files, and where it crashes it costs itself alone. The last one
that went well stays: it knows the site, and writes the page of a text at once when its words change.

Run in the folder of a project with the arguments of Pelican. Each line of input asks for a build, as a list of texts
whose pages come first; lines of output answer: `pages` that were written, then the `code` of the build, and what it
`said`.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from .copy import Copy

ROOMS = ("parvis", "fastbuild", "pelican")
OTHERS = "pelican.plugins."
"""Other people's plugins are loaded in the copy: what they do while they are loaded is theirs."""


def main(arguments: Sequence[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the loop, which ends the input, and for a build
    last: Copy | None = None
    for line in sys.stdin:
        if last and (pages := last.pages(json.loads(line))):
            print(json.dumps({"pages": pages}), flush=True)
        made = Copy(arguments, last)
        outcome = made.built()
        print(json.dumps({"code": outcome.code, "said": outcome.said}), flush=True)
        if not outcome.code:
            last = made.instead_of(last)
        load(worth(outcome.loaded))
    if last:
        last.end()


def worth(files: Iterable[tuple[str, str]]) -> list[str]:
    """Names of our own modules, of Pelican's and of what is installed, in the order in which they were loaded."""
    found = []
    for name, file in files:
        installed = {"site-packages", "dist-packages"} & set(Path(file).parts)
        if (installed or name.partition(".")[0] in ROOMS) and not name.startswith(OTHERS) and "__main__" not in name:
            found.append(name)
    return found


def load(names: Iterable[str]) -> None:
    """What one build has loaded, the next ones find here."""
    for name in names:
        if name not in sys.modules:
            with suppress(Exception):  # whatever a module raises that was made to be loaded in another way
                import_module(name)


if __name__ == "__main__":
    main(sys.argv[1:])
