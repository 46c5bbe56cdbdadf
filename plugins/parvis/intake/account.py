"""What a pull did, told in lines, one a source and the sum last, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..errors import Fault, exit_code
from .keeping import Kept

COLUMNS = ("new", "changed", "proposed", "same", "out")
TITLES = ("new", "changed", "proposed", "as before", "kept out")


@dataclass(frozen=True, slots=True)
class Line:
    """One source: what came of it, or why it could not be read."""

    name: str
    kept: Kept
    faults: tuple[Fault, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        kept = self.kept
        return len(kept.new), len(kept.changed), len(kept.proposed), kept.same, kept.out


@dataclass(frozen=True, slots=True)
class Account:
    """The whole pull. `dry` says that nothing was written."""

    lines: tuple[Line, ...]
    dry: bool = False

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for line in self.lines for fault in line.faults)

    @property
    def code(self) -> int:
        return exit_code(fault.code for fault in self.faults)

    @property
    def sum(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(line.counts for line in self.lines), strict=True))) or (0,) * len(COLUMNS)

    def table(self) -> Iterator[str]:
        """A line a source, columns aligned, and its notes below; the sum is not in it."""
        if self.lines:
            yield self._row("source", TITLES)
        for line in self.lines:
            failed = line.faults and not any(line.counts)
            yield f"{line.name:<{self._width}}  could not be read" if failed else self._row(line.name, line.counts)
            yield from (f"  {note}" for note in line.kept.told)

    def last(self) -> str:
        """The sum, and what did not happen."""
        count = len(self.lines)
        row = self._row(f"{count} source{'s' * (count != 1)}", self.sum)
        failed = sum(bool(line.faults) for line in self.lines)
        return row + f"  {failed} failed" * bool(failed) + "  nothing written (--dry-run)" * self.dry

    def json(self) -> str:
        sources = {line.name: _told(line) for line in self.lines}
        whole = {
            "dry_run": self.dry,
            "sources": sources,
            "sum": dict(zip(COLUMNS, self.sum, strict=True)),
            "code": self.code,
        }
        return json.dumps(whole, indent=2, ensure_ascii=False)

    @property
    def _width(self) -> int:
        return max(10, *(len(line.name) for line in self.lines), 10)

    def _row(self, name: str, cells: Sequence[object]) -> str:
        padded = (f"{cell:>{len(title)}}" for cell, title in zip(map(str, cells), TITLES, strict=True))
        return f"{name:<{self._width}}  {'  '.join(padded)}".rstrip()


def _told(line: Line) -> dict[str, object]:
    kept = line.kept
    return {
        "new": kept.new,
        "changed": kept.changed,
        "proposed": kept.proposed,
        "gone": kept.gone,
        "same": kept.same,
        "out": kept.out,
        "notes": kept.notes,
        "faults": [{"what": fault.what, "hint": fault.hint} for fault in line.faults],
    }
