"""What `invoke review` does: lists, shows, or decides; every fault is found before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..errors import CONFIG, Fault, Refused, refuse, report
from ..ledger import Ledger
from ..settings import Settings
from . import listing, queue
from .decisions import REASONS, Step, Table, accept, carry_out, leave, reject, take
from .queue import Item, Queue
from .team import decider

ALL = "all"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of `invoke review`: ids with commas between, a code, a name."""

    accept: str = ""
    reject: str = ""
    reason: str = ""
    take: str = ""
    leave: str = ""
    show: str = ""
    by: str = ""
    sign_off: bool = False
    json: bool = False


def review(
    settings: Settings, asked: Asked, *, environ: Mapping[str, str], now: datetime, git_name: str, width: int, say: Say
) -> int:
    """Does what was asked and says it; gives the exit code. Raises Refused where anything asked for cannot be done."""
    found = queue.read(settings)
    if asked.show:
        for line in listing.shown(found.find(asked.show)):
            say(line)
        return 0
    if any((asked.accept, asked.reject, asked.take, asked.leave)):
        faults: list[Fault] = []
        ledger = Ledger(settings.folder, environ, faults)
        by = decider(settings, asked.by, git_name, signing=asked.sign_off)
        _decide(Table(settings, ledger, by, asked.sign_off, now), found, asked, say)
        return report(faults)
    if asked.json:
        say(listing.as_json(found.waiting))
    else:
        for line in listing.lines(found.waiting, width):
            say(line)
    return report(found.faults)


def _decide(table: Table, found: Queue, asked: Asked, say: Say) -> None:
    if asked.reject and not asked.reason:
        raise refuse("--reject", "wants --reason too", f"one of {', '.join(REASONS)}", code=CONFIG)
    faults: list[Fault] = []
    steps = [*_steps(table, found, asked, faults)]
    if faults:
        raise Refused([*faults, *found.faults])
    simple, left = _simple(table, found) if asked.accept == ALL else ([], [])
    steps += simple
    carry_out(steps, table.settings.content)
    size = max((len(id) for id in (*(step.id for step in steps), *(id for id, _ in left))), default=0)
    for step in steps:
        say(f"{step.did:<10}{step.id:<{size}}  {step.path}")
    for id, why in left:
        say(f"{'not taken':<10}{id:<{size}}  {why}")
    report([Fault(step.path, 0, f"warning: {step.warning}") for step in steps if step.warning])
    say(f"{len(steps)} decided by {table.by}; {listing.total(queue.read(table.settings).waiting)}")
    say("  hint: commit content/, then `invoke build`" if steps else f"  hint: {listing.HINT}")


def _steps(table: Table, found: Queue, asked: Asked, faults: list[Fault]) -> Iterator[Step]:
    """What was asked by id, as files to write; what cannot be done goes to `faults`."""
    verbs: Iterable[tuple[str, Callable[[Item], Step]]] = (
        ("" if asked.accept == ALL else asked.accept, lambda item: accept(table, item)),
        (asked.reject, lambda item: reject(table, item, asked.reason)),
        (asked.take, lambda item: take(table, item)),
        (asked.leave, lambda item: leave(table, item)),
    )
    seen: dict[str, Callable[[Item], Step]] = {}
    for ids, decide in verbs:
        for wanted in filter(None, (word.strip() for word in ids.split(","))):
            try:
                item = found.find(wanted)
                if seen.get(item.id) is decide:
                    continue
                if seen.setdefault(item.id, decide) is not decide:
                    raise refuse(item.id, "decided on twice in one command", code=CONFIG)
                yield decide(item)
            except Refused as refused:
                faults.extend(refused.faults)


def _simple(table: Table, found: Queue) -> tuple[list[Step], list[tuple[str, str]]]:
    """What `--accept all` takes, and what it leaves with the reason: nobody clears a flagged item without looking."""
    taken, left = [], []
    for item in (item for item in found.waiting if item.pending):
        marks = (*(("delicate",) if item.delicate else ()), *item.head.flags, *filter(None, [item.head.held]))
        try:
            if marks:
                left.append((item.id, f"{' '.join(marks)}: decide on it by its id"))
            else:
                taken.append(accept(table, item))
        except Refused as refused:
            left.append((item.id, refused.faults[0].what))
    return taken, left
