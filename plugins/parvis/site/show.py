"""Writes pages: a view goes through its template, addresses become the way up from where it stands."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, TemplateError
from pelican import signals
from pelican.utils import sanitised_join
from pelican.writers import Writer

from .. import errors
from . import code
from .addresses import up
from .views import ROOT, Link, Page, Site

if TYPE_CHECKING:
    from .pieces import Piece
    from .sheets import Sheets

MARK = ROOT.rstrip("/")
"""What stands for the root. Nobody else can write it, and one character is found much faster than it with a slash."""


Views = dict[str, object]


class Mapped(NamedTuple):
    """A page on the map of the site."""

    canonical: str
    translations: tuple[Link, ...]
    noindex: bool


@dataclass(frozen=True, slots=True)
class Written:
    """Text in the place of a template, for Pelican's writer: it announces the file and sees to doubles."""

    text: str

    def render(self, context: dict[str, Any]) -> str:
        return self.text


def text(writer: Writer, path: str, content: str) -> None:
    """Writes one file below the output folder. Raises RuntimeError where the path leads out of it, or stands twice."""
    writer.write_file(path, Written(content), {})


def stays(writer: Writer, path: str) -> None:
    """Says that a file would come out as it is live; only to a writer that said so much of an edit."""
    keep: Any = getattr(writer, "keep", None)
    keep(path)


def artifact(
    writer: Writer,
    path: str,
    inputs: Sequence[str],
    make: Callable[[], bytes | str],
    shows: Iterable[Piece] | None = None,
) -> None:
    """Writes the bytes that `make` gives. A writer that keeps what it wrote leaves `make` alone where `inputs` are as
    they were: they say all that the bytes depend on, but for our own code and its libraries, which are added here.
    `shows` are the pieces whose words are among them; None says nothing of that."""
    kept = getattr(writer, "artifact", None)
    if kept:
        names = None if shows is None else dict.fromkeys(piece.source for piece in shows)
        kept(path, (code.stamp(), *inputs), make, names)
        return
    file = Path(sanitised_join(writer.output_path, path))
    file.parent.mkdir(parents=True, exist_ok=True)
    made = make()
    file.write_bytes(made.encode() if isinstance(made, str) else made)
    announce(writer, path)


def by_one(writer: Writer) -> AbstractContextManager[None]:
    """Artifacts asked for meanwhile are made by one hand, where the writer has several."""
    ours = getattr(writer, "by_one", None)
    return ours() if ours else nullcontext()


def announce(writer: Writer, path: str) -> None:
    """Tells other plugins of a file that is there, as Pelican's writer does of those it writes itself."""
    written = sanitised_join(writer.output_path, path)
    signals.content_written.send(written, context={"output_file": path, "localsiteurl": None})


def stamp(parts: Iterable[str]) -> str:
    """One word that stands for these: no two rows of them have the same."""
    return blake2b("\0".join(parts).encode(errors="replace"), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Show:
    """Makes the pages of one language, and remembers what the map of the site says of them.

    `stamp` stands for all that any page may show of the site: code, theme, words, settings, and `site`.
    """

    environment: Environment
    site: Site
    sheets: Sheets
    stamp: str = ""
    pages: list[Mapped] = field(default_factory=list)

    def wants(self, path: str) -> bool:
        """Whether `path`/index.html may be another than it was: what it shows is worth finding out only then."""
        return self.sheets.wanted.has(f"{path}index.html")

    def wants_below(self, path: str) -> bool:
        """Whether any page whose path begins so may be."""
        return self.sheets.wanted.below(path)

    def page(self, path: str, page: Page, shows: Sequence[Piece] | None = None, **view: object) -> None:
        """Hands over `path`/index.html, made by the template that the page's kind names, of nothing but its views.
        `shows` are the pieces whose words are in them; None says nothing of that."""
        self.pages.append(Mapped(page.canonical, page.translations, page.noindex))
        self.apart(f"{path}index.html", up(path), page, shows, **view)

    def apart(self, file: str, root: str, page: Page, shows: Sequence[Piece] | None = None, **view: object) -> None:
        """The same for a file that is on no map, with `root` before the addresses of this site."""
        seen = stamp([self.stamp, root, repr(page), *(f"{name} {shown!r}" for name, shown in view.items())])
        self.sheets.take(file, seen, partial(self.html, page, root, **view), shows)

    def late(
        self,
        path: str,
        mapped: Mapped | None,
        shows: Sequence[Piece],
        inputs: Iterable[str],
        make: Callable[[], tuple[Page, Views]],
    ) -> None:
        """The same for a page whose head and views are made only where it is written.

        `shows` are all pieces whose words they have, and `inputs` say what else they are made from, but for what
        `stamp` stands for: which pieces stand where, and what is asked of the clock. `mapped` is None for what no
        search engine is to know of.
        """
        if mapped:
            self.pages.append(mapped)
        seen = stamp([self.stamp, *[piece.stamp for piece in shows], "", *inputs])
        self.sheets.take(f"{path}index.html", seen, partial(self._made, up(path), make), shows)

    def _made(self, root: str, make: Callable[[], tuple[Page, Views]]) -> str:
        page, views = make()
        return self.html(page, root, **views)

    def html(self, page: Page, root: str, **view: object) -> str:
        try:
            made = self.environment.get_template(f"{page.kind}.html").render(site=self.site, page=page, **view)
        except TemplateError as error:
            raise SystemExit(errors.report([fault(error, page.kind)])) from error
        return made.replace(MARK, root.rstrip("/"))


def fault(error: TemplateError, kind: str) -> errors.Fault:
    """What is wrong with a template, with the file and line that Jinja was at."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    where = os.path.relpath(frames[-1].filename) if frames else f"theme/templates/{kind}.html"
    return errors.Fault(where, (frames[-1].lineno or 0) if frames else 0, f"the template: {error.message}")
