"""Every figure that builds are held to, as ratios taken in one run: `invoke bench --builds`.

Ratios are taken round by round and told as their median. CPU seconds stand beside those of the clock: they hold on a
machine that does other things meanwhile. A limit stands only in rows of sizes that it is meant for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from . import contestants, hugo, race, serving
from .contestants import Contest
from .race import Run, Tell

LARGE = 5000
"""Texts from which a site counts as one of 10,000."""


@dataclass(frozen=True, slots=True)
class Row:
    """`own` beside `other`, both names of runs. `limits` are pairs: from so many texts on, at most so much."""

    measure: str
    own: str
    other: str
    limits: tuple[tuple[int, float], ...] = ()
    of: str = "wall"

    def limit(self, items: int) -> float | None:
        return next((most for least, most in sorted(self.limits, reverse=True) if items >= least), None)


ROWS = (
    Row("cold / stock Pelican", "fastbuild", "stock", ((LARGE, 0.25),)),
    Row("cold / Hugo", "fastbuild", "Hugo", ((1000, 1.4), (LARGE, 1.25))),
    Row("one edit / Hugo", "fastbuild, one edit", "Hugo", ((LARGE, 0.10),)),
    Row("one edit / its own cold build", "fastbuild, one edit", "fastbuild"),
    Row(
        "no change / Python's start and a look at each file",
        "fastbuild, no change",
        "fastbuild, floor",
        ((LARGE, 2.0),),
    ),
    Row("largest process / Hugo's", "fastbuild", "Hugo", ((LARGE, 0.25),), "peak"),
    Row("two jobs / one job", "fastbuild", "one job"),
    Row("two shards and merge / one job", "shards", "one job", ((LARGE, 0.7),)),
    Row("two Dask workers / one job", "Dask", "one job", ((LARGE, 0.7),)),
    Row("Parvis, cold / stock Pelican with simple", "Parvis", "simple", ((1000, 1.5), (LARGE, 1.0))),
    Row("Parvis, one edit / its own cold build", "Parvis, one edit", "Parvis", ((LARGE, 0.04),)),
    Row("Parvis, no change / Python's start and a look", "Parvis, no change", "Parvis, floor"),
)
PEAK, GROWTH = 220.0, 1.05
"""MiB of the largest process at 10,000 texts; exponent of CPU seconds from one size to the next."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: `share` is what `limit` is for, a ratio where nothing else is said."""

    cells: tuple[str, ...]
    share: float
    limit: float | None = None


def run(sizes: Sequence[int], rounds: int, seed: int, folders: tuple[str, str], tell: Tell) -> float:
    """Tells one table; gives the largest part of its limit that a figure takes: 1 or less where all hold."""
    binary = hugo.binary(tell)
    contests, lines = [], []
    with TemporaryDirectory(prefix="parvis-bench-") as name:
        tell("a first round of few texts, not counted: Python compiles what it imports")
        contestants.contest(Path(name) / "few", 20, seed, ("", ""), binary).round(lambda _: None)
        for items in sizes:
            contest = contestants.contest(Path(name) / str(items), items, seed, folders, binary)
            for number in range(rounds):
                tell(f"round {number + 1} of {rounds}")
                contest.round(tell)
            contests.append(contest)
            lines += [*told(contest), *served(contest, binary, tell)]
    lines += growth(contests)
    tell("\n".join(table(lines, rounds)))
    return max((line.share / line.limit for line in lines if line.limit), default=0.0)


def told(contest: Contest) -> Iterator[Line]:
    """The rows that a size has both runs of, and what its largest process takes."""
    for row in ROWS:
        pairs = [(runs[row.own], runs[row.other]) for runs in contest.rounds if {row.own, row.other} <= runs.keys()]
        if pairs:
            yield _line(contest.items, row, pairs)
    peak = median(runs["fastbuild"].peak for runs in contest.rounds)
    cells = str(contest.items), "largest process, MiB", "", "", f"{peak:.0f}", "", "", f"{peak:.0f}", ""
    yield Line(cells, peak, PEAK if contest.items >= LARGE else None)


def _line(items: int, row: Row, pairs: Sequence[tuple[Run, Run]]) -> Line:
    own, other = ([pair[place] for pair in pairs] for place in (0, 1))
    wall, cpu, peak = ([_share(a, b, of) for a, b in pairs] for of in ("wall", "cpu", "peak"))
    first = peak if row.of == "peak" else wall
    figures = (f"{median(getattr(run, of) for run in runs):.{digits}f}" for runs, of, digits in (
        (own, "wall", 2), (own, "cpu", 2), (own, "peak", 0), (other, "wall", 2), (other, "cpu", 2)))  # fmt: skip
    second = "" if row.of == "peak" or not all(cpu) else race.ratio(cpu)
    return Line((str(items), row.measure, *figures, race.ratio(first), second), median(first), row.limit(items))


def _share(own: Run, other: Run, of: str) -> float:
    """What is not told, as a process's use on some systems, is 0, and then there is no ratio."""
    return getattr(own, of) / getattr(other, of) if getattr(other, of) else 0.0


def served(contest: Contest, binary: Path | None, tell: Tell) -> Iterator[Line]:
    """An edit while a server runs, to the page that is written, and Hugo's server with the same."""
    theirs = serving.hugo(contest, binary, tell) if binary else None
    own = serving.fastbuild(contest, tell)
    if own:
        yield _shown(contest.items, "served: edit to page, CPU s", own)
    if hub := serving.parvis(contest, tell) if "Parvis" in contest.sites else None:
        yield _shown(contest.items, "served: Parvis, edit to page, CPU s", hub)
    if own and theirs:
        share, told = own.wall / theirs, "served: edit to page / what `hugo server` tells"
        figures = f"{own.wall:.2f}", f"{own.cpu:.2f}", "", f"{theirs:.2f}", "", f"{share:.2f}", ""
        yield Line((str(contest.items), told, *figures), share, 3 if 1000 <= contest.items < LARGE else None)


def _shown(items: int, measure: str, edit: serving.Edit) -> Line:
    """All that an edit costs stands under CPU; what counts is how much of it the page took."""
    cells = str(items), measure, f"{edit.wall:.2f}", f"{edit.cpu:.2f}", "", "", "", "", f"{edit.page:.2f}"
    return Line(cells, edit.page, 0.2 if items >= LARGE else None)


def growth(contests: Sequence[Contest]) -> Iterator[Line]:
    """The exponent by which CPU seconds of cold builds grow from one size to the next."""
    for small, large in pairwise(contests):
        for name in ("fastbuild", "Parvis", "stock", "Hugo"):
            first, last = (
                [runs[name].cpu for runs in contest.rounds if name in runs and runs[name].cpu]
                for contest in (small, large)
            )
            if first and last:
                exponent = log(median(last) / median(first)) / log(large.items / small.items)
                cells = f"{small.items} to {large.items}", f"growth of CPU, exponent: {name}", *[""] * 6
                yield Line((*cells, f"{exponent:.2f}"), exponent, GROWTH if name == "fastbuild" else None)


def table(lines: Sequence[Line], rounds: int) -> Iterator[str]:
    """Markdown. What does not hold its limit is marked."""
    yield f"median of {rounds}; what stands after the limit is over it"
    yield ""
    yield "| texts | measure | wall s | CPU s | MiB | other's wall s | CPU s | wall ratio | CPU ratio | at most |"
    yield "| --- " * 10 + "|"
    for line in lines:
        limit = "" if line.limit is None else f"{line.limit:g}" + (" over" if line.share > line.limit else "")
        yield f"| {' | '.join((*line.cells, limit))} |"
