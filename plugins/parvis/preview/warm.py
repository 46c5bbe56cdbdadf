"""The process that builds the preview: what a build imports is loaded once, and each build is made in a copy of it.

A copy leaves nothing behind for the next one but its files, and where it crashes it costs itself alone. Run in the
folder of a project with the arguments of Pelican, each line of input asks for a build; a line of output answers.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NoReturn

import pelican

ROOMS = ("parvis", "fastbuild", "pelican")
OTHERS = "pelican.plugins."
"""Other people's plugins are loaded in the copy: what they do while they are loaded is theirs."""


def main(arguments: Sequence[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the loop, which ends the input, and for a build
    for _ in sys.stdin:
        with TemporaryFile() as said, TemporaryFile() as loaded:
            code = _copied(arguments, said, loaded)
            answer = {"code": code, "said": _all(said).decode(errors="replace")}
            print(json.dumps(answer), flush=True)
            load((_all(loaded) or b"").decode().split())


def _copied(arguments: Sequence[str], said: IO[bytes], loaded: IO[bytes]) -> int:
    """What a build in a copy of this process ended with, below zero where a signal ended it."""
    sys.stdout.flush()
    gc.freeze()  # what is there is not looked at for garbage, which would copy its memory
    process = os.fork()
    if not process:
        _build(arguments, said, loaded)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    gc.unfreeze()
    return code


def _build(arguments: Sequence[str], said: IO[bytes], loaded: IO[bytes]) -> NoReturn:
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        pelican.main(list(arguments))
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # whatever ends a build, this copy ends here
        traceback.print_exc()
    finally:
        loaded.write("\n".join(worth(sys.modules)).encode())
        loaded.flush()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def worth(names: Iterable[str]) -> list[str]:
    """Those of our own modules, of Pelican's and of what is installed, in the order in which they were loaded."""
    found = []
    for name in names:
        file = getattr(sys.modules.get(name), "__file__", None)
        installed = file and {"site-packages", "dist-packages"} & set(Path(file).parts)
        ours = name.partition(".")[0] in ROOMS
        if (ours or installed) and not name.startswith(OTHERS) and "__main__" not in name:
            found.append(name)
    return found


def load(names: Iterable[str]) -> None:
    """What one build has loaded, the next ones find here."""
    for name in names:
        if name not in sys.modules:
            with suppress(Exception):  # whatever a module raises that was made to be loaded in another way
                import_module(name)


def _all(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    main(sys.argv[1:])
