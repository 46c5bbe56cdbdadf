"""Writes pages: a view goes through its template, addresses become the way up from where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment
from pelican.writers import Writer

from .addresses import up
from .views import ROOT, Page, Site

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


@dataclass(frozen=True)
class Show:
    """Writes the pages of one language, and remembers their heads for the map of the site."""

    environment: Environment
    site: Site
    writer: Writer
    pages: list[Page] = field(default_factory=list)

    def page(self, path: str, page: Page, **view: object) -> None:
        """Writes `path`/index.html with the template that the page's kind names."""
        self.pages.append(page)
        text(self.writer, f"{path}index.html", self.html(page, up(path), **view))

    def html(self, page: Page, root: str, **view: object) -> str:
        made = self.environment.get_template(f"{page.kind}.html").render(site=self.site, page=page, **view)
        return made.replace(MARK, root.rstrip("/"))
