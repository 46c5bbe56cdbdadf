"""Links inside content/ become addresses, as Pelican makes them; what they asked for is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pelican.contents import Content

from . import pictures
from .views import ROOT

TEXTS, FILES = "generated_content", "static_content"
"""Pelican's names for the texts of a site and for files that are copied."""
Find = Callable[[str], Any]
Asked = tuple[str, str]
"""One of the two, and a path below content/."""


class Target(NamedTuple):
    """What a link leads to, as far as its address goes."""

    url: str

    def attach_to(self, text: Content) -> None:
        """A file moves beside the text that attaches it only where it is one of Pelican's."""


class Shelf:
    """Stands in for the dict that Pelican looks a link's target up in, and notes what it was asked for."""

    def __init__(self, name: str, find: Find, asked: dict[Asked, bool]) -> None:
        self._name, self._find, self._asked = name, find, asked

    def get(self, path: str, default: object = None) -> Any:
        found = self._find(path)
        self._asked[self._name, path] = found is not None
        return found


class Linking(Content):
    """One text, as far as Pelican's way to follow links needs one; no content of the site, so nobody is told of it."""

    def __init__(self, path: str, html: str, url: str, settings: dict[str, Any]) -> None:
        """`path` is below content/, `url` the address of its page."""
        self.settings, self._content = settings, html
        self.source_path = str(Path(settings["PATH"], path))
        self.override_url, self.override_save_as = url, f"{url}index.html"
        self.asked: dict[Asked, bool] = {}

    def resolved(self, texts: Find, files: Find) -> str:
        """Its HTML with addresses of this site. `asked` says of all that was looked for whether it was there."""
        self._context = {TEXTS: Shelf(TEXTS, texts, self.asked), FILES: Shelf(FILES, files, self.asked)}
        return pictures.encoded(self._update_content(self._content, ROOT.rstrip("/")))
