"""Pictures of a page: measured once, and sized where a text shows them."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

from . import views
from .views import ROOT

IMG = re.compile(r"<img\b([^>]*?)\s*/?>")
SRC = re.compile(r'\bsrc="([^"]*)"')
SVG = re.compile(r"<svg\b[^>]*>")
BOX = re.compile(r"""\sviewBox\s*=\s*["']([^"']*)""")
BEGINNING = 4096
INSIDE = re.compile(rf'="{re.escape(ROOT)}([^"]*)"')
WRITTEN = "/:?#[]@!$&'()*+,;=%~"
"""What an address in a text may hold as it stands (RFC 3986, 2.2)."""


@lru_cache(maxsize=4096)
def size(file: Path) -> tuple[int, int]:
    """Width and height in pixels, for SVG those of its box; 0 and 0 for what has none or is no picture."""
    if file.suffix.lower() == ".svg":
        return _box(file)
    try:
        with Image.open(file) as picture:
            return picture.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return 0, 0


def _box(file: Path) -> tuple[int, int]:
    try:
        with file.open(encoding="utf-8", errors="replace") as source:
            root = SVG.search(source.read(BEGINNING))
    except OSError:
        return 0, 0
    box = BOX.search(root[0]) if root else None
    try:
        _, _, width, height = map(float, box[1].replace(",", " ").split()) if box else (0, 0, 0, 0)
        return max(round(width), 0), max(round(height), 0)
    except (ValueError, OverflowError):
        return 0, 0


def address(path: str) -> str:
    """Where a file of content/ stands on the site, whatever its name holds."""
    return f"{ROOT}{quote(path)}"


def encoded(html: str) -> str:
    """HTML whose addresses of this site are such, also where a file's name holds spaces or accents."""
    return INSIDE.sub(lambda found: f'="{ROOT}{quote(found[1], safe=WRITTEN)}"', html) if ROOT in html else html


def of(path: str, alt: str, content: Path) -> views.Image:
    """A picture by its path below content/."""
    return views.Image(address(path), alt, *size(content / path))


def text(html: str, content: Path) -> Markup:
    """HTML of one text with the sizes of its pictures, which then neither shift the page nor hurry to load."""
    return Markup(IMG.sub(lambda found: _image(found[1], content), html))


def _image(attributes: str, content: Path) -> str:
    source = SRC.search(attributes)
    if source and source[1].startswith(ROOT) and "width=" not in attributes:
        width, height = size(content / unquote(unescape(source[1].removeprefix(ROOT))))
        attributes += f' width="{width}" height="{height}"' if width else ""
    return f'<img{attributes} loading="lazy" decoding="async">'
