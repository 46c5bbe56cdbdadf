"""Writes pages: a view goes through its template, addresses become the way up from where it stands."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateError
from pelican import signals
from pelican.utils import sanitised_join
from pelican.writers import Writer

from .. import errors
from . import code
from .addresses import up
from .views import ROOT, Page, Site

if TYPE_CHECKING:
    from .hands import Hands

MARK = ROOT.rstrip("/")
"""What stands for the root. Nobody else can write it, and one character is found much faster than it with a slash."""


@dataclass(frozen=True, slots=True)
class Written:
    """Text in the place of a template, for Pelican's writer: it announces the file and sees to doubles."""

    text: str

    def render(self, context: dict[str, Any]) -> str:
        return self.text


def text(writer: Writer, path: str, content: str) -> None:
    """Writes one file below the output folder. Raises RuntimeError where the path leads out of it, or stands twice."""
    writer.write_file(path, Written(content), {})


def artifact(writer: Writer, path: str, inputs: Sequence[str], make: Callable[[], bytes]) -> None:
    """Writes the bytes that `make` gives. A writer that keeps what it wrote leaves `make` alone where `inputs` are as
    they were: they say all that the bytes depend on, but for our own code and its libraries, which are added here."""
    kept = getattr(writer, "artifact", None)
    if kept:
        kept(path, (code.stamp(), *inputs), make)
        return
    file = Path(sanitised_join(writer.output_path, path))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(make())
    announce(writer, path)


def announce(writer: Writer, path: str) -> None:
    """Tells other plugins of a file that is there, as Pelican's writer does of those it writes itself."""
    written = sanitised_join(writer.output_path, path)
    signals.content_written.send(written, context={"output_file": path, "localsiteurl": None})


@dataclass(frozen=True)
class Show:
    """Makes the pages of one language, and remembers their heads for the map of the site."""

    environment: Environment
    site: Site
    hands: Hands
    pages: list[Page] = field(default_factory=list)

    def page(self, path: str, page: Page, **view: object) -> None:
        """Hands over `path`/index.html, made by the template that the page's kind names."""
        self.pages.append(page)
        self.hands.take(f"{path}index.html", partial(self.html, page, up(path), **view))

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
