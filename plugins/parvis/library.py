"""All that content/ holds, read once and checked across files: what may go out, and every fault with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from . import across, matter
from .errors import Fault
from .kinds import Head, Said
from .ledger import OUT as KEPT_OUT
from .ledger import Decision, Ledger, author_key
from .matter import Document
from .settings import Settings

OUT = ("published", "hidden")
Walk = Callable[[Path, list[Fault]], Iterator[Document]]


@dataclass(frozen=True, slots=True)
class Library:
    """Documents by path. `live` are those that go out now; `waiting` are drafts and pending items, for a preview.

    `gone` are the ids of what was published and has been taken down since, and when.
    """

    documents: Mapping[str, Document]
    live: frozenset[str]
    waiting: frozenset[str]
    faults: tuple[Fault, ...]
    gone: Mapping[str, datetime] = field(default_factory=dict)


def read(settings: Settings, environ: Mapping[str, str], now: datetime, walk: Walk = matter.walk) -> Library:
    """Reads every document of the project; raises nothing, the faults say what is wrong. `walk` gives them by path."""
    faults: list[Fault] = []
    documents = {document.path: document for document in walk(settings.folder, faults)}
    ledger = Ledger(settings.folder, environ, faults)
    today = now.astimezone(settings.brand.timezone)
    out = {path for path, document in documents.items() if withdrawn(document, ledger)}
    unfit = {path: found for path, d in documents.items() if path not in out and (found := approval(settings, d))}
    faults += across.faults(settings, documents.values(), ledger)
    faults += (fault for found in unfit.values() for fault in found)
    live = frozenset(
        path
        for path, document in documents.items()
        if document.head.status in OUT and path not in out | unfit.keys() and in_time(document.head, today)
    )
    gone = _gone(ledger, documents.values(), {documents[path].head.id for path in live}, now)
    return Library(documents, live, frozenset(documents) - live - out, tuple(sorted(set(faults))), gone)


def withdrawn(document: Document, ledger: Ledger) -> bool:
    """Whether the ledger keeps this document out: by its id, its address or its author."""
    return _decision(document, ledger) is not None


def _decision(document: Document, ledger: Ledger) -> Decision | None:
    head = document.head
    if not isinstance(head, Said):
        return ledger.out(item=head.id)
    author = author_key(head.source, head.author.name, head.author.url, head.author.id)
    return ledger.out(item=head.id, address=head.original, author=author)


def _gone(ledger: Ledger, documents: Iterable[Document], live: Set[str], now: datetime) -> Mapping[str, datetime]:
    """Of files that went, the ledger knows the id; of those that still stand here, the file does."""
    found = {one.entry: one.at for one in ledger.decisions if one.entry and one.decision in KEPT_OUT}
    for document in documents:
        decision = _decision(document, ledger) if document.head.status in OUT else None
        if decision and isinstance(document.head, Said):
            found[document.head.id] = decision.at
    return MappingProxyType({id: at for id, at in sorted(found.items()) if id not in live and at <= now})


def in_time(head: Head, now: datetime) -> bool:
    """Whether its date has come and the consent it rests on still holds. Days end where `now` has its zone."""
    consent = getattr(head, "consent", None)
    ended = consent and consent.until and consent.until < now.date()
    return not ended and (head.date is None or head.date <= now)


def delicate(settings: Settings, document: Document) -> bool:
    """Whether a senior has to sign: it lies under delicate/, or bears a flag that content/moderation.yml names."""
    head = document.head
    flags = set(head.flags) if isinstance(head, Said) else set()
    return document.delicate or not flags.isdisjoint(settings.moderation.delicate)


def approval(settings: Settings, document: Document) -> list[Fault]:
    """A published item needs a person's yes to this very text, a delicate one a senior's."""
    head = document.head
    if not isinstance(head, Said) or head.status not in OUT:
        return []
    faults = []
    if head.date is None:
        faults.append(across.at(document, "status", "published, but without a date", "add date: with time and zone"))
    accept = f"read it, then `invoke review --accept {head.id} --by NAME`"
    if head.approved is None:
        faults.append(across.at(document, "status", "published, but nobody approved it", accept))
    elif head.approved.text_hash != document.text_hash:
        what = "the text is not the one that was approved"
        faults.append(Fault(document.path, document.line, what, accept))
    elif head.approved.by.startswith("trusted:"):
        source = settings.sources.get(head.source)
        if not source or source.trust != "trusted" or head.approved.by != f"trusted:{head.source}" or head.flags:
            faults.append(
                across.at(document, "approved", f"approved by {head.approved.by}, which is not trusted for it", accept)
            )
    elif delicate(settings, document) and not signed(settings, head.approved.signed_off_by):
        hint = f"a senior of content/team.yml signs: `invoke review --accept {head.id} --sign-off --by NAME`"
        faults.append(across.at(document, "approved", "delicate, and no senior signed it off", hint))
    return faults


def signed(settings: Settings, name: str) -> bool:
    """Whether this name may sign delicate items; any may where content/team.yml names no senior."""
    return name in settings.team.seniors if settings.team.seniors else bool(name)


def home(settings: Settings, head: Head) -> str:
    """The language whose pages a document stands among: its own if the site has it, else the first."""
    return across.home(settings, head)
