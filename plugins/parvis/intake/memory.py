"""What the pull remembers of a source between two runs: what it said last, and how long to leave it alone.

It lies in .cache/http, a file a source, and is written after the drafts are. Losing it costs a request.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path

FAILURES = 5  # in a row, after which a source that is not there is asked less and less often
FIRST_WAIT, LONGEST_WAIT = 15 * 60.0, 24 * 3600.0
SPREAD = 0.25  # of a wait, by which hubs that failed together come back apart
GONE = 410


@dataclass(frozen=True, slots=True)
class Page:
    """One address as it last answered: its validators (RFC 9110, 8.8) and a digest of its bytes."""

    etag: str = ""
    modified: str = ""
    digest: str = ""

    def same(self, body: bytes) -> bool:
        return self.digest == digest(body)


@dataclass(frozen=True, slots=True)
class Absence:
    """An item that was looked for and not found: how many times in a row, when last, and how that was told.

    `how` is `told` (the source says so), `asked` (its own address says so) or `missed` (it is just not there).
    """

    times: int = 0
    at: float = 0.0
    how: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """`key` stands for the settings that the items were drafted by, `ids` are those that have a file.

    Times are seconds since 1970. Before `later` the source is not asked; `asked` is when it last was. `failures` are
    those in a row; `stopped` says that it is gone for good. `absent` are items that it seems to have no more, `missed`
    those with a picture that could not be had, and how many times.
    """

    key: str = ""
    pages: Mapping[str, Page] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    later: float = 0.0
    failures: int = 0
    asked: float = 0.0
    stopped: bool = False
    absent: Mapping[str, Absence] = field(default_factory=dict)
    missed: Mapping[str, int] = field(default_factory=dict)

    def failed(self, now: float, retry_after: int | None = None, *, status: int = 0, spread: float = 0.0) -> Memory:
        """After one more failure. A pause that was asked for is kept; a server that is busy (429, 5xx) is asked again
        after a quarter of an hour, then half an hour, a day at most, and any other one after five failures so too.

        `spread` (0 to 1) makes such a wait longer by up to a quarter. After a 410 the source is not asked any more.
        """
        failures = self.failures + 1
        doublings = failures - (1 if _busy(status) else FAILURES)
        wait = FIRST_WAIT * 2.0 ** min(doublings, 20) * (1 + SPREAD * spread) if doublings >= 0 else 0.0
        wait = min(wait, LONGEST_WAIT)
        wait = max(wait, float(retry_after or 0))
        later = now + wait if wait else 0.0
        return replace(self, failures=failures, later=later, asked=now, stopped=status == GONE)


def load(folder: Path, name: str) -> Memory:
    """What is known of a source; nothing where it is not written, or not as we write it."""
    try:
        known = json.loads(_file(folder, name).read_text("utf-8"))
        return Memory(
            str(known["key"]),
            {str(url): Page(*map(str, page)) for url, page in known["pages"].items()},
            tuple(map(str, known["ids"])),
            float(known["later"]),
            int(known["failures"]),
            float(known["asked"]),
            bool(known["stopped"]),
            {str(id): Absence(int(n), float(at), str(how)) for id, (n, at, how) in known["absent"].items()},
            {str(id): int(times) for id, times in known["missed"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return Memory()


def changed(folder: Path, name: str, memory: Memory) -> Iterator[tuple[Path, str]]:
    """The file to write and its text, where something changed."""
    if memory == load(folder, name):
        return
    pages = {url: list(astuple(page)) for url, page in memory.pages.items()}
    absent = {id: list(astuple(absence)) for id, absence in memory.absent.items()}
    yield _file(folder, name), json.dumps(asdict(memory) | {"pages": pages, "absent": absent}, indent=1)


def digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _busy(status: int) -> bool:
    return status == 429 or status >= 500


def _file(folder: Path, name: str) -> Path:
    return folder / ".cache/http" / f"{name}.json"
