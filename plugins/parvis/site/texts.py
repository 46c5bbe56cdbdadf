"""The HTML of every text that goes out: from the store where its file is as it was, else made now and kept.

With a text stands what its links asked for. It passed the gate of links (`guard`) while that was there, or was not;
where this has changed, it passes once more.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from markdown import Markdown

from .. import html, library
from ..errors import Fault
from ..kept.documents import Hollow
from ..kept.store import Store
from ..kinds import Said
from ..library import Library
from ..matter import Document
from . import bounds, guard, markdown
from .ahead import Ahead
from .inside import TEXTS, Linking, Target
from .recall import Recalled

HINT = "say it more simply: shorter paragraphs, fewer levels"


class Note(NamedTuple):
    """What is known of one text: its name in the store; paths below content/ that it wants copied; what its links asked
    for, with whether it was there; whether it moves files beside itself; whether the gate looks at it each time."""

    name: str
    files: list[str]
    asked: list[tuple[str, str, bool]]
    attaches: bool
    watched: bool


class Texts:
    """Those of one site, by the path of their file below the project. `settings` are Pelican's, after `setup`."""

    def __init__(self, settings: dict[str, Any], store: Store) -> None:
        books: Library = settings["PARVIS_LIBRARY"]
        out = books.live | books.waiting if settings["PARVIS_PREVIEW"] else books.live
        self.going = {path: path in out for path in books.documents}
        self.documents = {path: document for path, document in books.documents.items() if path in out}
        self._settings, self._store, self._known = settings, store, settings["PARVIS_SETTINGS"]
        self._files = dict[str, bool]()
        self.notes = {path: Note(*said) for path, said in store.all("links").items() if path in self.documents}
        self._missing = {path for path, document in self.documents.items() if not self._noted(path, document)}
        self._ahead = Ahead([self.documents[path] for path in self.documents if path in self._missing], self._made)

    @classmethod
    def after(cls, settings: dict[str, Any], recalled: Recalled) -> Texts | None:
        """As the build before knew them, but for those that changed; None where more follows from these than what
        shows them."""
        known, store = settings["PARVIS_SETTINGS"], settings["PARVIS_STORE"]
        made = cls.__new__(cls)
        made._settings, made._store, made._known, made._files, made.notes = settings, store, known, {}, {}
        made._missing, made._ahead = set(), Ahead([], made._made)
        documents, urls, place = dict[str, Document](), dict[str, str](), (str(known.folder), store)
        for path, url, digest in recalled.places():
            documents[path] = Hollow(path, digest, place)
            urls[path.removeprefix("content/")] = url
        made.documents, made.urls = documents, urls
        made.going = dict.fromkeys(documents, True) | dict.fromkeys(recalled.withheld, False)
        for path, document in recalled.documents.items():
            note = made.renewed(document)
            if not note or note.attaches or not recalled.copied.issuperset(note.files):
                return None
            made.notes[path] = note
            store.put("links", path, note)
        return made

    def _noted(self, path: str, document: Document) -> bool:
        note = self.notes.get(path)
        return note is not None and note.name == _name(document)

    @cached_property
    def urls(self) -> dict[str, str]:
        """The address of each text's page, by its path below content/."""
        places = self._settings["PARVIS_ADDRESSES"]
        return {
            path.removeprefix("content/"): places.document(document, library.home(self._known, document.head))
            for path, document in self.documents.items()
        }

    def html(self, document: Document) -> str:
        """HTML as Markdown gives it, links inside content/ as they were written. Raises TooMuch."""
        kept: str | None = self._store.get("texts", _name(document)) if document.digest else None
        if kept is None:
            made = self._ahead.html(document.path)
            kept = self._convert(document) if made is None else made
            self._store.put("texts", _name(document), kept)
        return kept

    def check(self, faults: list[Fault]) -> set[str]:
        """Has every text pass the gate of links that has not, as it is now; gives the files that they want copied."""
        for path, document in self.documents.items():
            if path in self._missing or self._changed(self.notes[path]):
                self.notes.pop(path, None)
                if note := self._checked(document, faults):
                    self.notes[path] = note
                    self._store.put("links", path, note)
        return {file for note in self.notes.values() for file in note.files}

    def renewed(self, document: Document) -> Note | None:
        """What is known of a text that became another, which from now on counts; None where it is at fault."""
        self.documents[document.path] = document
        return self._checked(document, [])

    def _changed(self, note: Note) -> bool:
        return note.watched or any(self._there(shelf, path) != there for shelf, path, there in note.asked)

    def _there(self, shelf: str, path: str) -> bool:
        return path in self.urls if shelf == TEXTS else self._is_file(path)

    def _is_file(self, path: str) -> bool:
        if path not in self._files:
            self._files[path] = (self._known.content / path).is_file()
        return self._files[path]

    def _checked(self, document: Document, faults: list[Fault]) -> Note | None:
        """None where it is at fault."""
        try:
            text = self.html(document)
        except bounds.TooMuch as fault:
            faults.append(Fault(document.path, document.line, f"the text {fault}", HINT))
            return None
        if isinstance(document.head, Said):
            return Note(_name(document), [], [], False, False)
        found = [*guard.faults(text, document, self.going, self._known.folder)]
        faults.extend(found)
        return None if found else self._note(document, text)

    def _note(self, document: Document, text: str) -> Note:
        linking = self.linking(document, text)
        files = sorted(linking.get_static_links())
        linking.resolved(
            lambda path: Target(self.urls[path]) if path in self.urls else None,
            lambda path: Target(path) if self._is_file(path) else None,
        )
        asked = [(shelf, path, there) for (shelf, path), there in linking.asked.items()]
        return Note(_name(document), files, asked, "{attach}" in text, guard.shows_plainly(text))

    def linking(self, document: Document, text: str) -> Linking:
        path = document.path.removeprefix("content/")
        return Linking(path, text, self.urls[path], self._settings)

    def _made(self, document: Document) -> str | None:
        """None for a text that takes too much work: why, is told when it is read."""
        try:
            return self._convert(document)
        except bounds.TooMuch:
            return None

    def _convert(self, document: Document) -> str:
        if isinstance(document.head, Said):
            return "" if document.head.use == "link" else markdown.said(self._strangers, document.body)
        return markdown.convert(self._editorial, html.prose(document.body))

    @cached_property
    def _editorial(self) -> Markdown:
        return markdown.editorial(self._settings["PARVIS_MARKDOWN"])

    @cached_property
    def _strangers(self) -> Markdown:
        return markdown.strangers(self._settings["PARVIS_MARKDOWN"])


def _name(document: Document) -> str:
    """Of its text in the store: the file's bytes, and who it is that speaks."""
    return f"{'said' if isinstance(document.head, Said) else 'told'} {document.digest}"
