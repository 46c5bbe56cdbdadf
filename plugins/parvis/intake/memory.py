"""What the pull remembers of a source between two runs: what it said last, and how long to leave it alone.

It lies in .cache/http, a file a source, and is written after the drafts are. Losing it costs a request.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from .. import files

FAILURES = 5  # in a row, after which a source is asked less and less often
FIRST_WAIT, LONGEST_WAIT = 15 * 60.0, 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Page:
    """One address as it last answered: its validators (RFC 9110, 8.8) and a digest of its bytes."""

    etag: str = ""
    modified: str = ""
    digest: str = ""

    def same(self, body: bytes) -> bool:
        return self.digest == digest(body)


@dataclass(frozen=True, slots=True)
class Memory:
    """`key` stands for the settings that the items were drafted by, `ids` are those that have a file.

    `later` is the time, in seconds since 1970, before which the source is not asked; `failures` are those in a row.
    """

    key: str = ""
    pages: Mapping[str, Page] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    later: float = 0.0
    failures: int = 0

    def failed(self, now: float, retry_after: int | None) -> Memory:
        """After one more failure: asked for a pause, we keep it, and a source that never works is asked less often."""
        failures = self.failures + 1
        wait = float(retry_after or 0)
        if failures >= FAILURES:
            wait = max(wait, min(FIRST_WAIT * 2 ** (failures - FAILURES), LONGEST_WAIT))
        return replace(self, failures=failures, later=now + wait if wait else 0.0)


def load(folder: Path, name: str) -> Memory:
    """What is known of a source; nothing where it is not written, or not as we write it."""
    try:
        known = json.loads(_file(folder, name).read_text("utf-8"))
        pages = {str(url): Page(*map(str, page)) for url, page in known["pages"].items()}
        ids = tuple(map(str, known["ids"]))
        return Memory(str(known["key"]), pages, ids, float(known["later"]), int(known["failures"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return Memory()


def save(folder: Path, name: str, memory: Memory) -> None:
    """Writes where something changed."""
    if memory == load(folder, name):
        return
    pages = {url: list(asdict(page).values()) for url, page in memory.pages.items()}
    files.put(_file(folder, name), json.dumps(asdict(memory) | {"pages": pages}, indent=1))


def digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _file(folder: Path, name: str) -> Path:
    return folder / ".cache/http" / f"{name}.json"
