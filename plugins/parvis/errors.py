"""What went wrong, where, and what to do: one shape for every room, one table of exit codes."""

from __future__ import annotations

import sys
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

DONE, CONTENT, CONFIG, SOURCES, MACHINE = 0, 1, 2, 3, 4
FIRST_NAMED_WINS = (CONFIG, CONTENT, MACHINE, SOURCES)
GUESSES = 30
"""Known words on either side, in the order of the alphabet, that a misspelt one is compared with: 50 µs each."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend. `where` is a path below the project, a setting or a source; `line` counts from 1."""

    where: str
    line: int
    what: str
    hint: str = ""
    code: int = CONTENT

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}: {self.what}{hint}"


class Refused(Exception):
    """Work that cannot go on. Carries every fault found, not the first; `code` is the exit code they ask for."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

    @property
    def code(self) -> int:
        return exit_code(fault.code for fault in self.faults)


class Unread(Refused):
    """An address that gave nothing to read, or would not be told something, in one fault that says why.

    `status` is the HTTP status, 0 where no answer came; `retry_after` is how many seconds the source asks us to wait.
    """

    def __init__(
        self, what: str, hint: str = "", *, where: str = "", status: int = 0, retry_after: int | None = None
    ) -> None:
        self.what, self.hint, self.status, self.retry_after = what, hint, status, retry_after
        super().__init__([Fault(where, 0, what, hint, SOURCES)])

    def at(self, where: str) -> Self:
        """The same failure, said of the address that somebody asked for."""
        return type(self)(self.what, self.hint, where=where, status=self.status, retry_after=self.retry_after)

    def after(self, hop: str) -> Self:
        """The same failure, said of where a redirect led. No hint: none of them is about an address nobody wrote."""
        what = f"redirects to {hop}: {self.what}"
        return type(self)(what, status=self.status, retry_after=self.retry_after)


def refuse(where: str, what: str, hint: str = "", *, code: int = CONTENT, line: int = 0) -> Refused:
    """One fault, ready to raise."""
    return Refused([Fault(where, line, what, hint, code)])


def exit_code(codes: Iterable[int]) -> int:
    """Where several hold, the first named of `FIRST_NAMED_WINS` counts; 0 where none does."""
    found = set(codes)
    return next((code for code in FIRST_NAMED_WINS if code in found), DONE)


def report(faults: Sequence[Fault]) -> int:
    """Prints every fault to stderr, the count first where there are several; gives the exit code."""
    if len(faults) > 1:
        print(f"{len(faults)} faults", file=sys.stderr)
    indent = "  " if len(faults) > 1 else ""
    for fault in faults:
        print(indent + str(fault).replace("\n", "\n" + indent), file=sys.stderr)
    return exit_code(fault.code for fault in faults)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`, did you mean 'timeout'?`, or nothing where no known word is near; of paths the last part must be, too."""
    ordered = sorted(known)
    here = bisect(ordered, word)
    found = get_close_matches(word, ordered[max(here - GUESSES, 0) : here + GUESSES], cutoff=0.6)
    near = next((other for other in found if get_close_matches(_last(word), [_last(other)], cutoff=0.6)), "")
    return f", did you mean '{near}'?" if near else ""


def _last(path: str) -> str:
    return path.rpartition("/")[2]
