"""Which files a pull writes: new items, pending ones that nobody touched, and proposals for all that people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .. import matter, nodes
from ..errors import Refused
from ..kinds import Said
from ..ledger import Ledger, author_key
from ..library import OUT
from ..matter import Document
from ..model import Draft, Item
from ..options import Source
from . import filters, proposing
from .draft import NOTHING, Noticed, Rules, draft, original, signed
from .draft import Kept as Copied
from .shelf import Place, Shelf, stem
from .store import Batch


@dataclass
class Kept:
    """What came of one source: paths below content/, and counts of what needed no file."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0
    out: int = 0
    ids: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """The notes, and what is gone, in lines for people."""
        gone = [f"gone upstream, and here: {len(self.gone)} ({', '.join(self.gone[:5])})"] if self.gone else []
        return self.notes + gone


@dataclass(frozen=True, slots=True)
class Keeper:
    """Decides over items, one source after the other, and notes in `batch` what is to be written.

    `withdrawn` are items that the ledger is to take down because their authors did, each with whether it was live.
    """

    content: Path
    rules: Rules
    ledger: Ledger
    shelf: Shelf
    batch: Batch
    withdrawn: dict[str, bool] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    """Drafts of new items that were made before, by id; they were made without a look at what lies here."""

    def keep(self, source: Source, items: Iterable[Item], noticed: Mapping[str, Noticed] | None = None) -> Kept:
        """`items` have passed the source's filters; `noticed` says by id what a person should look at."""
        kept = Kept()
        for item in items:
            if self._is_out(source, item):
                kept.out += 1
                continue
            try:
                self._keep(source, item, kept, (noticed or {}).get(item.id, NOTHING))
            except Exception as error:  # what no draft can be made of costs one item of a stranger, never the pull
                kept.notes.append(f"{item.id} was left out ({type(error).__name__}: {str(error)[:200]})")
        return kept

    def depart(self, source: Source, ids: Iterable[str], kept: Kept) -> None:
        """Items that upstream has no more: a pending one goes, of any other a person or the source's rule decides."""
        for id in ids:
            place = self.shelf.places.get(id)
            known = self._there(place, kept) if place and not self.ledger.out(item=id) else None
            if place is None or known is None:
                continue
            document, untouched = known
            if untouched:
                self.batch.gone.append(place.path)
                kept.gone.append(place.path)
            elif source.gone == "withdraw":
                self.withdrawn[id] = document.head.status in OUT
                kept.gone.append(place.path)
            elif source.gone == "propose":
                self._offer(id, place, proposing.departure(document), kept)

    def has(self, id: str) -> bool:
        """Whether an item has its file, or may have none."""
        return id in self.shelf.places or self.ledger.out(item=id) is not None

    def _is_out(self, source: Source, item: Item) -> bool:
        """By what its file would say of it, for that is what people decide on."""
        if self.ledger.empty:
            return False
        author = signed(item.author)
        key = author_key(source.name, author.name, author.url, author.id)
        return any(
            self.ledger.out(item=item.id, author=key, address=address) for address in (original(item.url), item.url)
        )

    def _keep(self, source: Source, item: Item, kept: Kept, noticed: Noticed) -> None:
        place = self.shelf.places.get(item.id)
        noticed = self._noticed(item, place, kept, noticed)
        made = self._draft(item, source, place, noticed)
        if place:
            self._keep_known(item.id, place, made, kept)
        elif blind := self.shelf.unreadable.get(stem(made.path)):
            kept.notes.append(f"content/{blind}: no id can be read there, so it was left alone; mend it")
            return
        else:
            self._write(item.id, made)
            kept.new.append(made.path)
        kept.ids.append(item.id)

    def _draft(self, item: Item, source: Source, place: Place | None, noticed: Noticed) -> Draft:
        if place is None and (made := self.drafts.pop(item.id, None)) and stem(made.path) not in self.shelf.stems:
            return made
        at = place.path if place else ""
        return draft(item, source, self.rules, at=at, taken=self.shelf.stems, noticed=noticed)

    def _noticed(self, item: Item, place: Place | None, kept: Kept, noticed: Noticed) -> Noticed:
        """What was noticed when it came stays with a file until a person decides, and so do its pictures."""
        if place is None:
            return noticed
        known = filters.LASTING & set(place.flags) if place.status == "pending" else set()
        if not known and not item.media:
            return filters.re_dated(item, place) if place.status == "pending" else noticed
        there = self._there(place, kept)
        head = there[0].head if there else None
        shown = head.media if isinstance(head, Said) else ()
        media = noticed.media or tuple(Copied(one.file, one.alt, one.width, one.height) for one in shown)
        why = head.held if isinstance(head, Said) and known else ""
        lasting = Noticed(tuple(sorted(known)), why, media)
        return lasting if known or place.status != "pending" else lasting.and_(filters.re_dated(item, place))

    def _keep_known(self, id: str, place: Place, made: Draft, kept: Kept) -> None:
        """The one place that decides whether a file may be written over: only what the pull left, and still pending."""
        if place.pulled == matter.pulled_hash(made.text):
            kept.same += 1
            self._settle(id)
            return
        known = self._there(place, kept)
        if known is None:
            return
        there, untouched = known
        theirs = matter.parse(made.text, f"content/{place.path}")
        if untouched:
            if made.path != place.path:
                self.batch.moves[place.path] = made.path
            self._write(id, made)
            kept.changed.append(made.path)
        elif not proposing.differs(theirs, there):
            kept.same += 1
            self._settle(id)
        else:
            self._offer(id, place, _marked(made.text, theirs, there), kept)

    def _there(self, place: Place, kept: Kept) -> tuple[Document, bool] | None:
        """What lies in a place, and whether it is pending and as the pull left it; None where it cannot be read."""
        where = f"content/{place.path}"
        try:
            text = nodes.read(self.content / place.path, where)
            there = matter.parse(text, where)
        except FileNotFoundError:
            return None
        except Refused as refused:
            kept.notes.append(f"{refused.faults[0]}; it was left alone")
            return None
        return there, there.head.status == "pending" and matter.pulled_hash(text) == place.pulled

    def _write(self, id: str, made: Draft) -> None:
        self.batch.texts[made.path] = made.text
        self.shelf.put(id, Place(made.path, matter.pulled_hash(made.text), "pending"))

    def _offer(self, id: str, place: Place, text: str, kept: Kept) -> None:
        """Writes a proposal, unless it lies there already or a person has left that very one."""
        path = f"proposals/{id}.md"
        file = self.content / path
        if place.pulled == matter.pulled_hash(text) or (file.is_file() and file.read_bytes() == text.encode()):
            kept.same += 1
            return
        self.batch.texts[path] = text
        kept.proposed.append(path)

    def _settle(self, id: str) -> None:
        """Upstream says again what we have: its proposal of something else is no more."""
        path = f"proposals/{id}.md"
        if (self.content / path).is_file():
            self.batch.gone.append(path)


def _marked(text: str, theirs: Document, ours: Document) -> str:
    """A proposal that says so where somebody else now signs the words."""
    if not proposing.changed_hands(theirs, ours):
        return text
    flags = [*theirs.head.flags, proposing.OTHER]  # type: ignore[attr-defined]
    changes = {"flags": flags, "held": proposing.WHY[proposing.OTHER], "pulled": None}
    marked = matter.edit(text, theirs.path, changes)
    return matter.edit(marked, theirs.path, {"pulled": matter.pulled_hash(marked)})
