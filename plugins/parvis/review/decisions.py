"""Yes, no, take it, leave it: each decision as the files it writes. Nothing is written before all of them hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from .. import files, library, matter, nodes
from ..errors import CONFIG, Refused, refuse
from ..kinds import Testimonial
from ..ledger import OUT, Ledger
from ..settings import Settings
from .queue import Item, Proposal

REASONS = {
    "spam": "sells something else, or was written by a machine",
    "off-topic": "has nothing to do with us",
    "insult": "insults or threatens somebody",
    "private": "tells something private of somebody",
    "duplicate": "stands here already",
    "no-consent": "its author did not say yes, or took it back",
    "untrue": "says what is not so",
    "other": "something else",
}
NO_DATE = "no-date"
GONE = "gone"
THEIRS = ("title", "date", "original", "rating")
"""What upstream may change beside the words and who says them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One decision. `files` are written in this order, None takes one away; `warning` does not stop it."""

    did: str
    id: str
    path: str
    files: tuple[tuple[Path, str | None], ...]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a decision needs to know: the hub, its ledger, who decides, whether he signs, and when."""

    settings: Settings
    ledger: Ledger
    by: str
    signing: bool
    now: datetime

    def file(self, path: str) -> Path:
        return self.settings.folder / path


def accept(table: Table, item: Item) -> Step:
    """The item goes live with this very text. Raises Refused for a delicate one that no senior signs."""
    path = item.document.path
    if item.head.status in library.OUT and not library.approval(table.settings, item.document):
        return Step("as it was", item.id, path, ())
    edited = matter.edit(_text(table, path), path, _approved(table, item, item.document.body, item.delicate))
    _check(table, edited, path)
    return Step("accepted", item.id, path, ((table.file(path), edited),), _doubt(table, item))


def reject(table: Table, item: Item, reason: str) -> Step:
    """The file goes, and the ledger keeps it out: first the entry, so that a kill between the two loses nothing."""
    if reason not in (*REASONS, GONE):
        codes = "\n  ".join(f"{code:<12}{what}" for code, what in REASONS.items())
        raise refuse("--reason", f"want one of these codes, got '{reason}'\n  {codes}", code=CONFIG)
    live = item.head.status in library.OUT
    decision = "withdrawn" if live else "refused"
    steps: list[tuple[Path, str | None]] = []
    known = table.ledger.latest("item", item.id)
    if not (known and known.decision in OUT):
        entry = item.id if live else ""
        told = {"decision": decision, "by": table.by, "reason": reason, "entry": entry}
        steps.append(table.ledger.file("item", item.id, at=table.now, **told))
    gone = [*([item.proposal.path] if item.proposal else []), item.document.path]  # the item last: it is asked for by
    steps += [(table.file(path), None) for path in gone]
    return Step(decision, item.id, item.document.path, tuple(steps))


def take(table: Table, item: Item) -> Step:
    """Upstream's new words become the item's, approved by whoever takes them; the proposal goes.

    Where upstream has the item no more, it is withdrawn here too.
    """
    proposal, path = _proposed(item), item.document.path
    if GONE in proposal.head.flags:
        return reject(table, item, GONE)
    theirs = _text(table, proposal.path)
    head, _, _ = matter.split(_text(table, path), path)
    changes = dict(_approved(table, item, proposal.body, True)) if item.head.approved else {}
    changes |= {
        name: said
        for name in THEIRS
        if (said := getattr(proposal.head, name)) and said != getattr(item.head, name, said)
    }
    author = proposal.head.author
    if author != item.head.author and (author.name or author.id):
        changes["author"] = {part: said for part in ("name", "url", "id") if (said := getattr(author, part))}
    changes |= {"flags": list(proposal.head.flags) or None, "pulled": matter.pulled_hash(theirs)}
    edited = matter.edit(f"---\n{head}---\n\n{proposal.body.strip()}\n", path, changes)
    _check(table, edited, path)
    return Step("taken", item.id, path, ((table.file(path), edited), (table.file(proposal.path), None)))


def leave(table: Table, item: Item) -> Step:
    """The item stays as it is, and upstream's edit is not offered again; the proposal goes."""
    proposal, path = _proposed(item), item.document.path
    edited = matter.edit(_text(table, path), path, {"pulled": matter.pulled_hash(_text(table, proposal.path))})
    return Step("left", item.id, path, ((table.file(path), edited), (table.file(proposal.path), None)))


def carry_out(steps: Iterable[Step], root: Path) -> None:
    """Writes, in order. What was written before a kill is whole, and the same call again does the rest."""
    for step in steps:
        for file, text in step.files:
            if text is None:
                files.remove(file, root)
            else:
                files.put(file, text)


def _approved(table: Table, item: Item, body: str, delicate: bool) -> Mapping[str, Any]:
    today = table.now.astimezone(table.settings.brand.timezone)
    yes: dict[str, Any] = {"by": table.by, "on": today.date()}
    if table.signing and delicate:
        yes["signed_off_by"] = table.by
    changes: dict[str, Any] = {
        "status": "hidden" if item.head.status == "hidden" else "published",
        "approved": yes | {"text_hash": matter.text_hash(body)},
    }
    if item.head.date is None:
        flags = [flag for flag in item.head.flags if flag != NO_DATE]
        changes |= {"date": today.replace(microsecond=0), "flags": flags or None}
    return changes


def _check(table: Table, text: str, path: str) -> None:
    """What the site would say of it must be nothing."""
    faults = library.approval(table.settings, matter.parse(text, path))
    if faults:
        raise Refused(faults)


def _doubt(table: Table, item: Item) -> str:
    """Raises Refused where consent has ended; words where a testimonial goes out without any reason on file."""
    head = item.head
    if not isinstance(head, Testimonial):
        return ""
    if head.consent and head.consent.until and head.consent.until < table.now.date():
        what = f"consent ended on {head.consent.until}"
        raise refuse(item.document.path, what, f"`invoke review --reject {item.id} --reason no-consent`")
    source = table.settings.sources.get(head.source)
    if head.consent or head.licence or (source and source.permission):
        return ""
    return "no consent, licence or permission is on file; say in `consent:` what the person agreed to"


def _proposed(item: Item) -> Proposal:
    if item.proposal is None:
        raise refuse(item.id, "upstream proposes nothing for it", "`invoke review` lists proposals", code=CONFIG)
    return item.proposal


def _text(table: Table, path: str) -> str:
    return nodes.read(table.file(path), path)
