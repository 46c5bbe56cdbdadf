"""All that content/ holds, read once and checked across files: what may go out, and every fault with its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from . import matter
from .errors import Fault, did_you_mean
from .kinds import Ambassador, Article, Head, Page, Said
from .ledger import Ledger, author_key
from .matter import Document
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Library:
    """Documents by path. `live` are those that go out now; `waiting` are drafts and pending items, for a preview."""

    documents: Mapping[str, Document]
    live: frozenset[str]
    waiting: frozenset[str]
    faults: tuple[Fault, ...]


def read(settings: Settings, environ: Mapping[str, str], now: datetime) -> Library:
    """Reads every document of the project; raises nothing, the faults say what is wrong."""
    faults: list[Fault] = []
    documents = {document.path: document for document in matter.walk(settings.folder, faults)}
    ledger = Ledger(settings.folder, environ, faults)
    faults += _across(settings, documents.values())
    out = {path for path, document in documents.items() if withdrawn(document, ledger)}
    for path, document in documents.items():
        if path not in out:
            faults += _approval(settings, document)
    live = {path for path, document in documents.items() if path not in out and in_time(document.head, now)}
    shown = frozenset(path for path in live if documents[path].head.status in ("published", "hidden"))
    return Library(documents, shown, frozenset(documents) - shown - out, tuple(sorted(faults)))


def withdrawn(document: Document, ledger: Ledger) -> bool:
    """Whether the ledger keeps this document out: by its id, its address or its author."""
    head = document.head
    if not isinstance(head, Said):
        return False
    author = author_key(head.source, head.author.name, head.author.url, head.author.id)
    return ledger.out(item=head.id, address=head.original, author=author) is not None


def in_time(head: Head, now: datetime) -> bool:
    """Whether its date has come and the consent it rests on still holds."""
    consent = getattr(head, "consent", None)
    ended = consent and consent.until and consent.until < now.date()
    return not ended and (head.date is None or head.date <= now)


def _approval(settings: Settings, document: Document) -> Iterator[Fault]:
    """A published item needs a person's yes to this very text, a delicate one a senior's."""
    head = document.head
    if not isinstance(head, Said) or head.status not in ("published", "hidden"):
        return
    if head.date is None:
        yield Fault(document.path, 1, "published, but without a date", "add date: with time and zone")
    accept = f"read it, then `invoke review --accept {head.id} --by NAME`"
    if head.approved is None:
        yield Fault(document.path, 1, "published, but nobody approved it", accept)
    elif head.approved.text_hash != matter.text_hash(document.body):
        yield Fault(document.path, document.line, "the text is not the one that was approved", accept)
    elif head.approved.by.startswith("trusted:"):
        source = settings.sources.get(head.source)
        if not source or source.trust != "trusted" or head.approved.by != f"trusted:{head.source}" or head.flags:
            yield Fault(document.path, 1, f"approved by {head.approved.by}, which is not trusted for it", accept)
    elif document.delicate and head.approved.signed_off_by not in settings.team.seniors:
        hint = f"a senior of content/team.yml signs: `invoke review --accept {head.id} --sign-off --by NAME`"
        yield Fault(document.path, 1, "delicate, and no senior signed it off", hint)


def _across(settings: Settings, documents: Iterable[Document]) -> Iterator[Fault]:
    """What only all files together can tell: doubled ids, addresses and translations, and what does not exist."""
    owners: dict[tuple[str, ...], str] = {}
    documents = list(documents)
    ids = {document.head.id for document in documents if isinstance(document.head, Said)}
    topics = {topic.id for topic in settings.brand.topics}
    for document in documents:
        head, folder = document.head, document.path.split("/")[1]
        lang = head.lang or settings.brand.lang
        uses: dict[str, tuple[str, ...]] = {f"the id '{head.id}'": ("id", head.id)}
        if not isinstance(head, Ambassador):
            uses[f"the address '{document.slug}'"] = (folder, home(settings, head), document.slug)
        if head.translation_key:
            uses[f"the {lang} translation of '{head.translation_key}'"] = (folder, lang, "key", head.translation_key)
        for what, use in uses.items():
            first = owners.setdefault(use, document.path)
            if first != document.path:
                hint = "write another `slug:`" if "address" in what else "each file has its own"
                yield Fault(document.path, 1, f"{what} is already that of {first}", hint)
        if isinstance(head, Article):
            for id in head.quotes:
                if id not in ids:
                    yield Fault(document.path, 1, f"quotes: no item has the id '{id}'{did_you_mean(id, ids)}")
        if isinstance(head, Ambassador):
            for topic in head.topics:
                if topic not in topics:
                    yield Fault(
                        document.path,
                        1,
                        f"topics: no topic '{topic}' in content/brand.yml{did_you_mean(topic, topics)}",
                    )
        yield from _files(settings.content, document)
    yield from _handles(settings, documents)


def home(settings: Settings, head: Head) -> str:
    """The language whose pages a document stands among: its own if the site has it, else the first."""
    return head.lang if head.lang in settings.brand.languages else settings.brand.lang


def _files(content: Path, document: Document) -> Iterator[Fault]:
    head = document.head
    files = [medium.file for medium in head.media] if isinstance(head, Said) else []
    if isinstance(head, Article | Page) and head.image:
        files.append(head.image)
        if not head.alt:
            yield Fault(document.path, 1, "image without alt: say what the picture shows")
    for name in files:
        real = (content / name).resolve()
        if not real.is_relative_to(content.resolve()):
            yield Fault(document.path, 1, f"'{name}' lies outside content/", "copy the picture to content/images/")
        elif not name.startswith("images/"):
            yield Fault(document.path, 1, f"'{name}' lies outside content/images/", "only pictures there are published")
        elif not real.is_file():
            near = did_you_mean(name, (p.relative_to(content).as_posix() for p in content.glob("images/**/*.*")))
            yield Fault(document.path, 1, f"no picture content/{name}{near}")


def _handles(settings: Settings, documents: Iterable[Document]) -> Iterator[Fault]:
    """An ambassador is one handle with one code, in as many languages as there are files."""
    by_handle, by_code = defaultdict(list), defaultdict(set)
    for document in documents:
        if isinstance(head := document.head, Ambassador):
            by_handle[head.handle, home(settings, head)].append(document.path)
            by_code[head.code.lower()].add(head.handle)
    for (handle, lang), (first, *others) in by_handle.items():
        for path in others:
            yield Fault(path, 1, f"the {lang} profile of '{handle}' is already {first}")
    for code, handles in by_code.items():
        if len(handles) > 1:
            yield Fault(
                "content/ambassadors", 0, f"the code '{code}' belongs to {' and '.join(sorted(handles))}", "one each"
            )
