"""A copy of this process that makes one build, and stays to write single pages where it went well. Linux only."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

import pelican

from ..site.prompt import Prompt


class Outcome(NamedTuple):
    """What a build ended with, below zero where a signal ended it; all that it printed; modules that it loaded, and
    their files."""

    code: int
    said: str
    loaded: list[tuple[str, str]]


class Copy:
    """Begins at once. `last` is another one that is there: what leads to it is none of this one's business."""

    def __init__(self, arguments: Sequence[str], last: Copy | None) -> None:
        self._said: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed at the end
        asked, answered = os.pipe(), os.pipe()
        sys.stdout.flush()
        gc.freeze()  # what is there is not looked at for garbage, which would copy its memory
        self._process = os.fork()
        mine, its = ((answered[0], asked[1]), (asked[0], answered[1]))
        for end in its if self._process else mine:
            os.close(end)
        reads, writes = mine if self._process else its
        self._reads, self._writes = os.fdopen(reads, "r"), os.fdopen(writes, "w")
        if not self._process:
            if last:
                last._close()
            self._work(arguments)
        gc.unfreeze()

    def built(self) -> Outcome:
        answer = self._answer() or {"code": 1, "loaded": []}
        said = os.pread(self._said.fileno(), 2**24, 0).decode(errors="replace")
        return Outcome(self.end() if answer["code"] else 0, said, answer["loaded"])

    def pages(self, texts: Sequence[str]) -> list[str]:
        """Has the pages of these texts written, as far as nothing else follows from what they say now."""
        try:
            self._writes.write(json.dumps(texts) + "\n")
            self._writes.flush()
        except OSError:
            return []
        return list(self._answer() or ())

    def instead_of(self, last: Copy | None) -> Copy:
        if last:
            last.end()
        return self

    def end(self) -> int:
        self._close()
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _close(self) -> None:
        for file in (self._reads, self._writes, self._said):
            with suppress(OSError):  # what it was asked may be unread: it has died
                file.close()

    def _answer(self) -> Any:
        line = self._reads.readline()
        return json.loads(line) if line.endswith("\n") else None

    def _tell(self, answer: object) -> None:
        self._writes.write(json.dumps(answer) + "\n")
        self._writes.flush()

    def _work(self, arguments: Sequence[str]) -> None:
        code = 1
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._turn_output()
            prompt = Prompt()
            code = _build(arguments)
            self._tell({"code": code, "loaded": [*_loaded()]})
            if not code:
                self._prompt(prompt, self._reads)
        finally:
            os._exit(code)

    def _turn_output(self) -> None:
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        for stream in (1, 2):
            os.dup2(self._said.fileno(), stream)

    def _prompt(self, prompt: Prompt, asked: Iterable[str]) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for line in asked:
            self._tell([*prompt.pages(json.loads(line))])


def _build(arguments: Sequence[str]) -> int:
    try:
        pelican.main(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # whatever ends a build, its copy ends with it
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _loaded() -> Iterable[tuple[str, str]]:
    modules = ((name, getattr(module, "__file__", None)) for name, module in [*sys.modules.items()])
    return ((name, file) for name, file in modules if file)
