"""What only all files of content/ together can tell: doubled ids, addresses and translations, and what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from .errors import CONFIG, Fault, did_you_mean
from .kinds import Ambassador, Article, Head, Page, Said
from .ledger import Ledger
from .matter import Document
from .settings import Settings


def faults(settings: Settings, documents: Iterable[Document], ledger: Ledger) -> Iterator[Fault]:
    """Every fault that needs more than one file to be seen, at the line of the field that is to be mended."""
    documents = list(documents)
    yield from _shared(settings, documents)
    yield from _references(settings, documents, ledger)
    yield from _handles(settings, documents)
    yield from _pictures(settings, documents)


def home(settings: Settings, head: Head) -> str:
    """The language whose pages a document stands among: its own if the site has it, else the first."""
    return head.lang if head.lang in settings.brand.languages else settings.brand.lang


def at(document: Document, field: str, what: str, hint: str = "") -> Fault:
    """A fault of one field, with its line."""
    return Fault(document.path, document.lines.get(field, 1), what, hint)


def _shared(settings: Settings, documents: Iterable[Document]) -> Iterator[Fault]:
    owners: dict[tuple[str, ...], str] = {}
    for document in documents:
        for field, what, use in _uses(settings, document):
            first = owners.setdefault(use, document.path)
            if first != document.path:
                yield at(document, field, f"{what} is already that of {first}", _apart(settings, document, field))


def _apart(settings: Settings, document: Document, field: str) -> str:
    """How two files that share what each has to itself come apart."""
    lang = document.head.lang
    if field == "translation_key" and lang and lang not in settings.brand.languages:
        return f"the site does not speak '{lang}': delete this file, or add {lang} to languages in content/brand.yml"
    return "write another `slug:`" if field == "slug" else "each file has its own"


def _uses(settings: Settings, document: Document) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What a document has to itself: the field that says it, words for it, and what it must not share."""
    head, folder, lang = document.head, document.path.split("/")[1], home(settings, document.head)
    yield "id", f"the id '{head.id}'", ("id", head.id)
    for path in head.moved_from if isinstance(head, Article | Page) else ():
        yield "moved_from", f"the old path '{path}'", ("moved", path.rstrip("/"))
    if not isinstance(head, Ambassador):
        yield "slug", f"the address '{document.slug}'", (folder, lang, document.slug)
    if head.translation_key:
        what = f"the {lang} translation of '{head.translation_key}'"
        yield "translation_key", what, (folder, lang, "key", head.translation_key)


def _references(settings: Settings, documents: Iterable[Document], ledger: Ledger) -> Iterator[Fault]:
    """Quotes and topics that are not there. What the ledger keeps out is no fault: it just does not show."""
    ids = {document.head.id for document in documents if isinstance(document.head, Said)}
    topics = {topic.id for topic in settings.brand.topics}
    for document in documents:
        head = document.head
        for id in head.quotes if isinstance(head, Article) else ():
            if id not in ids and not ledger.out(item=id):
                yield at(document, "quotes", f"quotes: no item has the id '{id}'{did_you_mean(id, ids)}")
        for topic in head.topics if isinstance(head, Ambassador) else ():
            if topic not in topics:
                what = f"topics: no topic '{topic}' in content/brand.yml{did_you_mean(topic, topics)}"
                yield at(document, "topics", what)


def _handles(settings: Settings, documents: Iterable[Document]) -> Iterator[Fault]:
    """An ambassador is one handle with one code, in as many languages as there are files."""
    profiles: dict[tuple[str, str], str] = {}
    codes: dict[str, str] = {}
    handles: dict[str, str] = {}
    for document in documents:
        if isinstance(head := document.head, Ambassador):
            lang, code = home(settings, head), head.code.lower()
            first = profiles.setdefault((head.handle, lang), document.path)
            if first != document.path:
                yield at(document, "handle", f"the {lang} profile of '{head.handle}' is already {first}")
            if (other := handles.setdefault(code, head.handle)) != head.handle:
                yield at(document, "code", f"the code '{head.code}' is already that of '{other}'", "one each")
            if (other := codes.setdefault(head.handle, code)) != code:
                hint = "one code in all languages: it tells what a person's links brought"
                yield at(document, "code", f"'{head.handle}' already has the code '{other}'", hint)


def _pictures(settings: Settings, documents: Iterable[Document]) -> Iterator[Fault]:
    content = settings.content
    images = (content / "images").resolve()

    @cache
    def missing(name: str) -> tuple[str, str] | None:
        real = (content / name).resolve()
        if not real.is_relative_to(images):
            return f"'{name}' lies outside content/images/", "only pictures there are published"
        return None if real.is_file() else (f"no picture content/{name}{did_you_mean(name, present())}", "")

    @cache
    def present() -> tuple[str, ...]:
        return tuple(sorted(file.relative_to(content).as_posix() for file in (content / "images").rglob("*.*")))

    for document in documents:
        head = document.head
        if isinstance(head, Article | Page) and head.image and not head.alt:
            yield at(document, "image", "image without alt: say what the picture shows")
        for field, name in pictures(head):
            if fault := missing(name):
                yield at(document, field, *fault)
    for field in ("logo", "icon", "touch_icon", "card"):
        name = getattr(settings.brand, field)
        if name and (fault := missing(name)):
            yield Fault("content/brand.yml", settings.brand.lines.get(field, 0), *fault, code=CONFIG)
    for offered in settings.brand.kit.files if settings.brand.kit else ():
        if fault := missing(offered.file):
            yield Fault("content/brand.yml", offered.lines.get("file", 0), *fault, code=CONFIG)


def pictures(head: Head) -> Iterator[tuple[str, str]]:
    """The pictures of a document, each with the field that names it."""
    if isinstance(head, Article | Page) and head.image:
        yield "image", head.image
    if isinstance(head, Said):
        for medium in head.media:
            yield "media", medium.file
