"""Which files a pull writes: new items, pending ones that nobody touched, and proposals for all that people decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from .. import html, matter, nodes
from ..errors import Refused
from ..kinds import Said, Testimonial
from ..ledger import Ledger, author_key
from ..matter import Document
from ..model import Draft, Item
from ..options import Source
from . import flags
from .draft import Rules, draft, original, signed
from .shelf import Place, Shelf
from .store import Batch

LONG_AGO = datetime.min.replace(tzinfo=UTC)
MOST_SEARCHED = 200_000
MARKS = re.compile(r"[\s\\*_`#>-]+")


@dataclass
class Kept:
    """What came of one source: paths below content/, and counts of what needed no file."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)
    same: int = 0
    out: int = 0
    ids: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Decides over items, one source after the other, and notes in `batch` what is to be written."""

    content: Path
    rules: Rules
    ledger: Ledger
    shelf: Shelf
    batch: Batch

    def keep(self, source: Source, items: Iterable[Item]) -> Kept:
        kept = Kept()
        wanted, kept.out = chosen(source, items, kept.notes)
        for item in wanted:
            if self._is_out(source, item):
                kept.out += 1
                continue
            try:
                self._keep(source, item, kept)
            except Exception as error:  # what no draft can be made of costs one item of a stranger, never the pull
                kept.notes.append(f"{item.id} was left out ({type(error).__name__}: {str(error)[:200]})")
        return kept

    def has(self, id: str) -> bool:
        """Whether an item has its file, or may have none."""
        return id in self.shelf.places or self.ledger.out(item=id) is not None

    def _is_out(self, source: Source, item: Item) -> bool:
        """By what its file would say of it, for that is what people decide on."""
        author = signed(item.author)
        key = author_key(source.name, author.name, author.url, author.id)
        return any(
            self.ledger.out(item=item.id, author=key, address=address) for address in (original(item.url), item.url)
        )

    def _keep(self, source: Source, item: Item, kept: Kept) -> None:
        place = self.shelf.places.get(item.id)
        made = draft(item, source, self.rules, at=place.path if place else "", taken=self.shelf.stems)
        if place:
            self._keep_known(item.id, place, made, kept)
        elif blind := self.shelf.unreadable.get(Path(made.path).stem):
            kept.notes.append(f"content/{blind}: no id can be read there, so it was left alone; mend it")
            return
        else:
            self._write(item.id, made)
            kept.new.append(made.path)
        kept.ids.append(item.id)

    def _keep_known(self, id: str, place: Place, made: Draft, kept: Kept) -> None:
        """The one place that decides whether a file may be written over: only what the pull left, and still pending."""
        if place.pulled == matter.pulled_hash(made.text):
            kept.same += 1
            return
        where = f"content/{place.path}"
        try:
            text = nodes.read(self.content / place.path, where)
            there = matter.parse(text, where)
        except Refused as refused:
            kept.notes.append(f"{refused.faults[0]}; it was left alone")
            return
        if there.head.status == "pending" and matter.pulled_hash(text) == place.pulled:
            if made.path != place.path:
                self.batch.moves[place.path] = made.path
            self._write(id, made)
            kept.changed.append(made.path)
        elif _said(there) == _said(matter.parse(made.text, where)) or not self._propose(id, made.text, kept):
            kept.same += 1

    def _write(self, id: str, made: Draft) -> None:
        self.batch.texts[made.path] = made.text
        self.shelf.put(id, Place(made.path, matter.pulled_hash(made.text)))

    def _propose(self, id: str, text: str, kept: Kept) -> bool:
        path = f"proposals/{id}.md"
        file = self.content / path
        if file.is_file() and file.read_bytes() == text.encode():
            return False
        self.batch.texts[path] = text
        kept.proposed.append(path)
        return True


def chosen(source: Source, items: Iterable[Item], notes: list[str]) -> tuple[list[Item], int]:
    """The newest items that pass the source's filters, each id once, and how many did not pass."""
    unique: dict[str, Item] = {}
    doubled = sum(unique.setdefault(item.id, item) is not item for item in items)
    passed = [item for item in unique.values() if _passes(source, item)]
    newest = sorted(passed, key=lambda item: item.published or LONG_AGO, reverse=True)
    if doubled:
        notes.append(f"{doubled} with an id that another one has too: the first counts")
    if len(newest) > source.max_items:
        notes.append(f"{len(newest) - source.max_items} older ones left out (max_items: {source.max_items})")
    return newest[: source.max_items], len(unique) - len(passed)


def _passes(source: Source, item: Item) -> bool:
    if not source.include and not source.exclude:
        return True
    said = flags.folded("\n".join((item.title, *item.tags, html.plain(item.html[:MOST_SEARCHED]))))
    wanted = not source.include or flags.pattern(source.include).search(said)
    return bool(wanted) and not (source.exclude and flags.pattern(source.exclude).search(said))


def _said(document: Document) -> tuple[object, ...]:
    """What readers see of an item. How the Markdown is written makes no difference."""
    head = document.head
    assert isinstance(head, Said)
    reviewed = (head.rating, head.consent) if isinstance(head, Testimonial) else ()
    return (head.title, head.author.name, head.author.url, head.original, MARKS.sub("", document.body), *reviewed)
