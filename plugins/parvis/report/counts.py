"""Counts of what the hub holds, as lines for a terminal or as JSON: things and decisions, never people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import DONE
from ..kinds import Said
from ..ledger import Ledger
from ..library import Library
from ..matter import Document
from ..settings import Settings

Say = Callable[[str], None]

STATES = ("live", "hidden", "waiting", "delicate")


@dataclass(frozen=True, slots=True)
class Counts:
    """`kinds` and `sources` count documents by state; `decisions` the ledger by what was decided."""

    kinds: Mapping[str, Mapping[str, int]]
    sources: Mapping[str, Mapping[str, int]]
    decisions: Mapping[str, int]


def report(settings: Settings, library: Library, environ: Mapping[str, str], *, json: bool, say: Say) -> int:
    """Tells the counts of a hub."""
    made = count(library, Ledger(settings.folder, environ, []))
    say(as_json(made) if json else "\n".join(lines(made)))
    return DONE


def count(library: Library, ledger: Ledger) -> Counts:
    kinds: dict[str, Counter[str]] = {}
    sources: dict[str, Counter[str]] = {}
    for path, document in sorted(library.documents.items()):
        states = list(_states(library, path, document))
        kinds.setdefault(path.split("/")[1], Counter()).update(states)
        if isinstance(document.head, Said) and document.head.source:
            sources.setdefault(document.head.source, Counter()).update(states)
    return Counts(kinds, sources, Counter(decision.decision for decision in ledger.decisions))


def _states(library: Library, path: str, document: Document) -> Iterator[str]:
    if path in library.live:
        yield "hidden" if document.head.status == "hidden" else "live"
    elif path in library.waiting:
        yield "waiting"
    if document.delicate:
        yield "delicate"


def lines(counts: Counts) -> Iterator[str]:
    """Aligned columns, kinds first, then sources, the sum last."""
    rows = [*counts.kinds.items(), *((f"  {name}", states) for name, states in counts.sources.items())]
    width = max((len(name) for name, _ in rows), default=0)
    yield " " * width + "".join(f"{state:>10}" for state in STATES)
    for name, states in rows:
        yield f"{name:<{width}}" + "".join(f"{states.get(state, 0) or '·':>10}" for state in STATES)
    decided = ", ".join(f"{number} {name}" for name, number in sorted(counts.decisions.items()))
    total = sum(states.get("live", 0) for states in counts.kinds.values())
    yield f"{total} live; kept out: {decided or 'nothing'}"


def as_json(counts: Counts) -> str:
    return json.dumps(
        {name: getattr(counts, name) for name in counts.__dataclass_fields__}, ensure_ascii=False, indent=1
    )
