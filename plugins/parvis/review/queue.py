"""What waits for a person: pending posts and testimonials, and upstream's edits of what is live, oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from .. import library, matter
from ..errors import CONFIG, Fault, Refused, did_you_mean, refuse
from ..kinds import Said, Testimonial
from ..matter import Document
from ..settings import Settings

KINDS = ("community", "testimonials")
UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Upstream's later words for an item that a person has decided on."""

    path: str
    head: Testimonial
    body: str


@dataclass(frozen=True, slots=True)
class Item:
    """One community post or testimonial as it lies in content/. `proposal` is what upstream would have it say now."""

    document: Document
    head: Said
    delicate: bool
    proposal: Proposal | None = None

    @property
    def id(self) -> str:
        return self.head.id

    @property
    def kind(self) -> str:
        return self.document.path.split("/")[1]

    @property
    def pending(self) -> bool:
        return self.head.status == "pending"

    @property
    def simple(self) -> bool:
        """Whether nothing about it asks for a second look."""
        return not (self.delicate or self.head.flags or self.head.held)


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything people said, by id; `faults` are those of files that cannot be read."""

    items: Mapping[str, Item]
    faults: tuple[Fault, ...]

    @property
    def waiting(self) -> tuple[Item, ...]:
        """Oldest first; what has no date comes last."""
        waiting = (item for item in self.items.values() if item.pending or item.proposal)
        return tuple(sorted(waiting, key=lambda item: (item.head.date or UNDATED, item.id)))

    def find(self, wanted: str) -> Item:
        """The item of this id, or the one whose id begins so; what waits goes before what does not.

        Raises Refused where there is none, or more than one.
        """
        if wanted in self.items:
            return self.items[wanted]
        for pool in ([item.id for item in self.waiting], list(self.items)):
            found = sorted(id for id in pool if id.startswith(wanted))
            if len(found) == 1:
                return self.items[found[0]]
            if found:
                raise refuse(wanted, "begins several ids", f"write more of it: {', '.join(found[:5])}", code=CONFIG)
        meant = did_you_mean(wanted, self.items)
        raise refuse(wanted, f"no item has this id{meant}", "`invoke review` lists those that wait", code=CONFIG)


def read(settings: Settings) -> Queue:
    """Reads community/, testimonials/ and proposals/."""
    faults: list[Fault] = []
    proposed = {proposal.head.id: proposal for proposal in proposals(settings, faults)}
    documents = [(d, d.head) for d in matter.walk(settings.folder, faults, KINDS) if isinstance(d.head, Said)]
    items = {
        head.id: Item(document, head, library.delicate(settings, document), proposed.get(head.id))
        for document, head in documents
    }
    return Queue(MappingProxyType(items), tuple(sorted(faults)))


def proposals(settings: Settings, faults: list[Fault]) -> Iterator[Proposal]:
    """Every file of proposals/."""
    for file in sorted((settings.content / "proposals").rglob("*.md")):
        path = file.relative_to(settings.folder).as_posix()
        try:
            document = matter.load(file, path, "testimonials")  # which have every field that a post has
        except Refused as refused:
            faults.extend(refused.faults)
        else:
            if isinstance(document.head, Testimonial):
                yield Proposal(path, document.head, document.body)
