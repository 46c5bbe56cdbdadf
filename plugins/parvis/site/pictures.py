"""Pictures of a page: measured once, and sized where a text shows them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

from .views import ROOT

IMG = re.compile(r"<img\b([^>]*?)\s*/?>")
SRC = re.compile(r'\bsrc="([^"]*)"')


@lru_cache(maxsize=4096)
def size(file: Path) -> tuple[int, int]:
    """Width and height in pixels; 0 and 0 for what has none of its own (SVG) or is no picture."""
    try:
        with Image.open(file) as picture:
            return picture.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return 0, 0


def text(html: str, content: Path) -> Markup:
    """HTML of one text with the sizes of its pictures, which then neither shift the page nor hurry to load."""
    return Markup(IMG.sub(lambda found: _image(found[1], content), html))


def _image(attributes: str, content: Path) -> str:
    source = SRC.search(attributes)
    if source and source[1].startswith(ROOT) and "width=" not in attributes:
        width, height = size(content / source[1].removeprefix(ROOT))
        attributes += f' width="{width}" height="{height}"' if width else ""
    return f'<img{attributes} loading="lazy" decoding="async">'
