"""Templates compiled ahead, after an edit: a copy of this process does it while this one finds out what is to be made.

A template that is missing here, or says something else by now, is compiled when a page asks for it, as ever.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from types import CodeType

from jinja2 import TemplateNotFound
from jinja2.bccache import Bucket, BytecodeCache

from .. import copies, library
from ..kinds import Said
from ..matter import Document
from ..settings import Settings
from . import environment

LISTS = ("404", "frame", "home", "list", "share")
PAGES = {
    "articles": ("article", *LISTS),
    "community": ("voice", "stream", *LISTS),
    "pages": ("page",),
    "testimonials": ("testimonial", "wall", *LISTS),
}
"""The pages that show texts of a kind."""
Codes = dict[str, tuple[str, CodeType]]


class Compiled(BytecodeCache):
    """What became of templates of one language, by Jinja's names for them, and of which text."""

    def __init__(self, known: Codes) -> None:
        self.known = known

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self.known[bucket.key] = bucket.checksum, bucket.code


class Compiling:
    """Begun when it is made; `of` a language is empty until it is `settled`."""

    def __init__(self, wanted: Mapping[str, set[str]], folders: Sequence[Path]) -> None:
        """`wanted` are names of templates by language; `folders` are the themes, the strongest first."""
        self._file = TemporaryFile()  # noqa: SIM115 - closed once its words are read
        self._codes: dict[str, Codes] = {lang: {} for lang in wanted}
        self._process = copies.copied(lambda: self._compile(wanted, folders)) if copies.processors() > 1 else 0

    def of(self, lang: str) -> Compiled:
        return Compiled(self._codes.setdefault(lang, {}))

    def settled(self) -> None:
        """Waits for what was made ahead, before this process is copied again."""
        if self._process and copies.ended(self._process):
            self._file.seek(0)
            for lang, known in marshal.load(self._file).items():  # what a copy of this process wrote
                self._codes[lang].update(known)
        self._process = 0
        self._file.close()

    def _compile(self, wanted: Mapping[str, set[str]], folders: Sequence[Path]) -> None:
        for lang, names in wanted.items():
            _fill(self.of(lang), lang, folders, names)
        marshal.dump(self._codes, self._file)
        self._file.flush()


def begun(known: Settings, documents: Iterable[Document], folders: Sequence[Path]) -> Compiling:
    """For pages that show these texts: editorial ones in their own language, what people said in all."""
    wanted: dict[str, set[str]] = {}
    for document in documents:
        langs = known.brand.languages if isinstance(document.head, Said) else (library.home(known, document.head),)
        for lang in langs:
            pages = PAGES[document.path.split("/", 2)[1]]
            wanted.setdefault(lang, set()).update(f"{page}.html" for page in pages)
    return Compiling(wanted, folders)


def _fill(compiled: Compiled, lang: str, folders: Sequence[Path], names: set[str]) -> None:
    """With these templates, and all that they name."""
    made, asked = environment.make(lang, folders, compiled), set[str]()
    while new := names - asked:
        for name in new:
            with suppress(TemplateNotFound):
                made.get_template(name)
        asked |= new
        names = {name for _, code in compiled.known.values() for name in _named(code)}


def _named(code: CodeType) -> Iterator[str]:
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield from _named(value)
        elif isinstance(value, str) and value.endswith(".html"):
            yield value
