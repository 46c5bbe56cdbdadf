"""How each source is doing: whether it is read, whether it has gone quiet, moved or changed hands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from .. import files
from ..intake import memory, watch
from ..intake.memory import Memory
from ..intake.watch import Watch
from ..kinds import Said
from ..library import Library
from ..options import Source
from ..settings import Settings

STATES = ("stopped", "changed", "failing", "moved", "paused", "silent", "new", "well")
"""The gravest first; a source is in the first one that fits."""
MINDED = STATES[:4]
ENOUGH, QUIET, TIMES = 5, timedelta(days=14), 4
LATEST = 40


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know: `text` with places for `values`, and `detail` as it was told at the time, in English."""

    text: str
    values: Mapping[str, str]
    detail: str = ""

    def told(self) -> str:
        said = self.text % self.values
        return f"{said}: {self.detail}" if self.detail else said


@dataclass(frozen=True, slots=True)
class Health:
    """One source. Times are None for never, `failures` are those in a row, `waiting` and `live` count items."""

    name: str
    label: str
    kind: str
    address: str
    state: str
    read: datetime | None
    latest: datetime | None
    waiting: int
    live: int
    failures: int
    later: datetime | None
    notes: tuple[Note, ...]


def of(settings: Settings, library: Library, now: datetime, lang: str) -> list[Health]:
    """Every source of content/sources.yml, those that need somebody first."""
    found = [_health(settings, library, source, now, lang) for source in settings.sources.values()]
    return sorted(found, key=lambda health: (STATES.index(health.state), health.name))


def lines(found: list[Health]) -> Iterator[str]:
    """A line a source, columns aligned, notes below; the sum last."""
    rows = [("source", "state", "last read", "latest item", "waiting", "live", "failed"), *map(_cells, found)]
    sizes = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for number, row in enumerate(rows):
        left = [f"{cell:<{size}}" for cell, size in zip(row[:4], sizes[:4], strict=True)]
        right = [f"{cell:>{size}}" for cell, size in zip(row[4:], sizes[4:], strict=True)]
        yield "  ".join([*left, *right]).rstrip()
        yield from (f"  {note.told()}" for note in (found[number - 1].notes if number else ()))
    yield total(found)
    if any(health.state == "changed" for health in found):
        yield "  hint: `invoke sources --confirm NAME` where the change is meant"


def total(found: list[Health]) -> str:
    """`7 sources: 5 well, 1 failing, 1 silent`."""
    states = Counter(health.state for health in found)
    told = ", ".join(f"{states[state]} {state}" for state in reversed(STATES) if states[state])
    return f"{len(found)} source{'s' * (len(found) != 1)}{f': {told}' if told else ''}"


def confirm(settings: Settings, name: str) -> bool:
    """A person says that a source may be what it is now; whether there was anything to say."""
    known = watch.load(settings.folder, name)
    files.put_all(dict(watch.changed(settings.folder, name, known.confirmed())))
    return bool(known.changed)


def _health(settings: Settings, library: Library, source: Source, now: datetime, lang: str) -> Health:
    known, seen = memory.load(settings.folder, source.name), watch.load(settings.folder, source.name)
    heads = [(path, document.head) for path, document in library.documents.items()]
    ours = [(path, head) for path, head in heads if isinstance(head, Said) and head.source == source.name]
    dates = sorted(head.date for _, head in ours if head.date)
    silent = _silent(dates, now)
    return Health(
        source.name,
        source.label.in_(lang) or source.name,
        source.kind,
        source.url or source.path,
        _state(known, seen, silent, now),
        _moment(seen.read),
        dates[-1] if dates else None,
        sum(head.status == "pending" for _, head in ours),
        sum(path in library.live for path, _ in ours),
        known.failures,
        _moment(known.later) if known.later > now.timestamp() else None,
        tuple(_notes(known, seen, silent, now)),
    )


def _state(known: Memory, seen: Watch, silent: int, now: datetime) -> str:
    fits = {
        "stopped": known.stopped,
        "changed": bool(seen.changed),
        "failing": bool(seen.why),
        "moved": bool(seen.moved),
        "paused": known.later > now.timestamp(),
        "silent": bool(silent),
        "new": not seen.read,
    }
    return next((state for state in STATES if fits.get(state)), "well")


def _notes(known: Memory, seen: Watch, silent: int, now: datetime) -> Iterator[Note]:
    if known.stopped:
        yield Note("it is gone for good and is not asked any more; take it out of content/sources.yml", {})
    elif seen.why:
        yield Note("%(count)s failures in a row", {"count": str(max(1, known.failures))}, seen.why)
    if seen.changed:
        yield Note("since %(day)s what is new waits for a person", {"day": _day(seen.changed_since)}, seen.changed)
    if seen.moved:
        since = {"address": seen.moved, "day": _day(seen.moved_since)}
        yield Note("since %(day)s it says that it lies at %(address)s; write that in content/sources.yml", since)
    if known.later > now.timestamp() and not known.stopped:
        yield Note("it is left alone until %(moment)s", {"moment": f"{_moment(known.later):%Y-%m-%d %H:%M} UTC"})
    if silent:
        yield Note("nothing new for %(days)s days, which is not its habit", {"days": str(silent)})


def _silent(dates: list[datetime], now: datetime) -> int:
    """For how many days it has said nothing, where that is far more than it is used to; else 0."""
    gaps = sorted(later - earlier for earlier, later in pairwise(dates[-LATEST:]))
    if len(gaps) < ENOUGH - 1:
        return 0
    quiet = now - dates[-1]
    usual = gaps[int(len(gaps) * 0.9)]
    return quiet.days if quiet > max(QUIET, TIMES * usual) else 0


def _cells(health: Health) -> tuple[str, ...]:
    read = f"{health.read:%Y-%m-%d %H:%M}" if health.read else "never"
    latest = f"{health.latest:%Y-%m-%d}" if health.latest else "–"
    counts = (health.waiting, health.live, health.failures)
    return health.name, health.state, read, latest, *map(str, counts)


def _moment(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _day(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
