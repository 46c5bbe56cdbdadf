"""Erased means erased: a person or a thing goes from content/ and from the caches, and never comes back.

The ledger is written first, then files go, so that a kill between loses nothing and a second run does the rest.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from shlex import quote

from .. import across, files, html, library, matter
from ..errors import CONFIG, Fault, did_you_mean, refuse, report
from ..kinds import Ambassador, Said
from ..ledger import Ledger, Of, author_key
from ..matter import Document
from ..settings import Settings
from . import queue
from .verbs import Say

SHORT = 2
TEXTS = {".md", ".yml", ".csv", ".json", ".jsonl", ".xml", ".rss", ".atom", ".txt", ".html"}
KINDS = ("community", "testimonials", "ambassadors")
MADE = re.compile(r"-[0-9a-f]{12}\Z")
"""How our own ids end: a hash."""
NO_KEY = (
    "PARVIS_KEY is not set: whoever reads this repository can test whether a name he guesses was erased. "
    "Set it (any long random text) here and in the workflow's secrets"
)
HISTORY = """
git still holds these files in its history, and so does every clone and fork. To rewrite it (ADDRESS is the
repository's), commit and push first, then in a clone made for it, since git-filter-repo wants a fresh one:
  pip install git-filter-repo
  git clone --no-local ADDRESS fresh && cd fresh
  git filter-repo --invert-paths {paths}
  git remote add origin ADDRESS
  git push --force --all && git push --force --tags
then ask everybody for a new clone, and the host to clear its caches."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is to go: documents, further files, and what the ledger keeps out by each of its three keys."""

    documents: tuple[Document, ...]
    files: tuple[str, ...]
    keys: frozenset[tuple[Of, str]]


def erase(
    settings: Settings, who: str, *, environ: Mapping[str, str], now: datetime, by: str, dry: bool, say: Say
) -> int:
    """Erases an id, an address, or an author by name, address or id, with all they said; gives the exit code."""
    faults: list[Fault] = []
    ledger = Ledger(settings.folder, environ, faults)
    found = _found(settings, html.text(who), faults)
    keys = [(of, value) for of, value in sorted(found.keys) if not _erased(ledger, of, value)]
    if not found.keys and not _known(settings, ledger, html.text(who)):
        what = f"nobody and nothing here is called so{_meant(settings, who)}"
        raise refuse(who, what, "write it as the file has it", code=CONFIG)
    paths = [*(document.path for document in found.documents), *found.files]
    public = {d.head.id for d in found.documents if _was_in_feeds(d)}
    if not dry:
        for of, value in keys:
            entry = value if of == "item" and value in public else ""
            files.put(*ledger.file(of, value, decision="erased", by=by, at=now, entry=entry))
        for path in paths:
            files.remove(settings.folder / path, settings.content)
        shutil.rmtree(settings.folder / ".cache", ignore_errors=True)
    _tell(settings, paths, dry=dry, say=say)
    for path, line in _traces(settings, html.text(who), set(paths)):
        say(f"still named  {path}:{line}")
    if not environ.get("PARVIS_KEY"):
        report([Fault("content/ledger", 0, f"warning: {NO_KEY}")])
    return report(faults)


def _was_in_feeds(document: Document) -> bool:
    """Feeds tell readers to drop it by its id, unless a person made the id up: it might name somebody."""
    head = document.head
    return isinstance(head, Said) and head.status in library.OUT and bool(MADE.search(head.id))


def _tell(settings: Settings, paths: list[str], *, dry: bool, say: Say) -> None:
    for path in paths:
        say(f"{'would erase' if dry else 'erased'}  {path}")
    say(f"{len(paths)} files {'would be ' if dry else ''}erased; the ledger keeps {'them' if paths else 'it'} out")
    if paths and not dry:
        say("  hint: commit content/, then `invoke publish`: until then the site still shows them")
        say(HISTORY.format(paths=" ".join(f"--path {quote(path)}" for path in paths)))


def _found(settings: Settings, who: str, faults: list[Fault]) -> Found:
    """Those that are called so; where it is an author, everything by the same author."""
    documents = [*matter.walk(settings.folder, faults, KINDS)]
    authors = {key for document in documents if _is_author(document.head, who) for key in _authors(document.head)}
    _one_source(documents, who)
    chosen = tuple(d for d in documents if _is(d, who) or not authors.isdisjoint(_authors(d.head)[:1]))
    ids = {document.head.id for document in chosen}
    kept = {d.head.original for d in documents if isinstance(d.head, Said) and d.head.id not in ids}
    addresses = {d.head.original for d in chosen if isinstance(d.head, Said)} - kept - {""}
    keys: set[tuple[Of, str]] = {("author", key) for key in authors}
    keys |= {("item", id) for id in ids} | {("address", address) for address in addresses}
    proposals = [p.path for p in queue.proposals(settings, faults) if p.head.id in ids]
    return Found(chosen, (*proposals, *_pictures(settings, chosen)), frozenset(keys))


def _one_source(documents: Iterable[Document], who: str) -> None:
    """A bare id is somebody else's in another source. Raises Refused where it stands in two."""
    heads = (document.head for document in documents)
    keys = {_authors(head)[0] for head in heads if isinstance(head, Said) and who == head.author.id}
    if len(keys) > 1:
        raise refuse(who, "is an author's id in several sources", f"write {' or '.join(sorted(keys))}", code=CONFIG)


def _is(document: Document, who: str) -> bool:
    head = document.head
    if isinstance(head, Ambassador):
        return who in (head.id, head.handle) or who.casefold() == head.name.casefold()
    return who == head.id or (isinstance(head, Said) and _same(head.original, who))


def _is_author(head: object, who: str) -> bool:
    if not isinstance(head, Said):
        return False
    author = head.author
    named = author.name and who.casefold() == author.name.casefold()
    return bool(named) or who in (author.id, *_authors(head)[:1]) or _same(author.url, who)


def _authors(head: object) -> tuple[str, ...]:
    """What the ledger knows the author by: first the key that a pull asks for, then the name alone."""
    if not isinstance(head, Said):
        return ()
    name, url, id = head.author.name, head.author.url, head.author.id
    keys = (author_key(head.source, name, url, id), author_key(head.source, name, "", ""))
    return tuple(dict.fromkeys(filter(None, keys)))


def _same(one: str, other: str) -> bool:
    return bool(one) and html.address(one).rstrip("/") == html.address(other).rstrip("/") != ""


def _pictures(settings: Settings, chosen: Iterable[Document]) -> Iterator[str]:
    """Pictures that only they use."""
    gone = {document.path for document in chosen}
    used = {d.path: {name for _, name in across.pictures(d.head)} for d in matter.walk(settings.folder, [])}
    others = {name for path, names in used.items() if path not in gone for name in names}
    images = (settings.content / "images").resolve()
    for name in sorted({name for path in gone & used.keys() for name in used[path]} - others):
        if (settings.content / name).resolve().is_relative_to(images):
            yield f"content/{name}"


def _erased(ledger: Ledger, of: Of, value: str) -> bool:
    known = ledger.latest(of, value)
    return known is not None and known.decision == "erased"


def _known(settings: Settings, ledger: Ledger, who: str) -> bool:
    """Whether an earlier run erased it: then this one has nothing to do."""
    asked: list[tuple[Of, str]] = [("item", who), ("address", who)]
    for source in (*settings.sources, ""):
        asked += [("author", author_key(source, who, "", "")), ("author", author_key(source, "", "", who))]
    return any(_erased(ledger, of, value) for of, value in asked)


def _meant(settings: Settings, who: str) -> str:
    heads = [document.head for document in matter.walk(settings.folder, [], KINDS)]
    names = [head.author.name for head in heads if isinstance(head, Said)]
    return did_you_mean(who, {*names, *(head.id for head in heads)})


def _traces(settings: Settings, who: str, gone: set[str]) -> Iterator[tuple[str, int]]:
    """The first line of each other text file that still names them: an article, an export."""
    sought = who.encode()
    for folder in ("content", "demo", "exports") if len(who) > SHORT else ():
        for file in sorted((settings.folder / folder).rglob("*")):
            path = file.relative_to(settings.folder).as_posix()
            if file.suffix in TEXTS and path not in gone and file.is_file():
                before, found, _ = file.read_bytes().partition(sought)
                if found:
                    yield path, before.count(b"\n") + 1
