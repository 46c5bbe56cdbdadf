"""Many drafts at once: the process copies itself, and copies make drafts beside it. A draft depends on nothing else."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import Draft, Item
from ..options import Source
from .draft import Noticed, Rules, draft

FEWEST = 400  # drafts that are worth a copy
MOST = 4
HANDFUL = 200


@dataclass(frozen=True, slots=True)
class Job:
    """A new item, the source it came by, and what was noticed about it."""

    item: Item
    source: Source
    noticed: Noticed


_jobs: Sequence[Job] = ()
_rules: Rules | None = None


def made(jobs: Sequence[Job], rules: Rules) -> Mapping[str, Draft]:
    """Drafts by the ids of their items. Where there is little to do, or one processor, or no fork, none: the pull makes
    them itself, and also those that cannot be made, so that a fault shows as it always did."""
    global _jobs, _rules  # what a copy is born with need not be sent to it
    hands = min(MOST, processors(), len(jobs) // FEWEST)
    if hands < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return {}
    _jobs, _rules = jobs, rules
    gc.freeze()  # or each copy would look through all that lies here, and so make it its own
    try:
        with multiprocessing.get_context("fork").Pool(hands) as pool:
            found = pool.imap_unordered(_handful, range(0, len(jobs), HANDFUL))
            return {id: Draft(path, text) for handful in found for id, path, text in handful}
    finally:
        _jobs, _rules = (), None
        gc.unfreeze()


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _handful(first: int) -> list[tuple[str, str, str]]:
    drafts = []
    assert _rules is not None
    for job in _jobs[first : first + HANDFUL]:
        try:
            one = draft(job.item, job.source, _rules, noticed=job.noticed)
        except Exception:  # the first process meets the same, and says it
            continue
        drafts.append((job.item.id, one.path, one.text))
    return drafts
