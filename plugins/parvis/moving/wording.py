"""A brand's own HTML as Markdown that its editors go on with; pictures stand where they stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from .. import html
from ..intake.elements import WRITER
from ..intake.markdown import literal
from ..sources.values import web

MARK = "parvispicture{}here"
MARKED = re.compile(r"parvispicture(\d+)here")
INSIDE = "https://parvis.invalid/{}"
LED = re.compile(r"https://parvis\.invalid/(\d{1,9})")
NOWHERE: Mapping[str, str] = MappingProxyType({})
HEADING_1 = re.compile(r"<(/?)h1\b", re.IGNORECASE)


def markdown(said: str, place: Callable[[str], str], base: str = "", ways: Mapping[str, str] = NOWHERE) -> str:
    """Markdown of some HTML. `place(address)` gives the picture's path below content/, "" where there is none.

    `base` is the address of the old site, which makes links complete; its old paths go on leading somewhere. `ways` are
    the files below content/ that old paths have become: links among them are links among files.
    """
    soup = BeautifulSoup(HEADING_1.sub(r"<\1h2", said), "html.parser")
    pictures: list[str] = []
    for frame in soup.find_all(["iframe", "embed", "video", "audio"]):
        source = web(str(frame.get("src") or ""))
        frame.replace_with(BeautifulSoup(f'<p><a href="{escape(source)}">{escape(source)}</a></p>', "html.parser"))
    for link in soup.find_all("a", href=True):
        link["href"] = _inside(str(link["href"]), base, ways) or web(str(link["href"]), base)
    for image in soup.find_all("img"):
        pictures.append(_picture(image, place))
        image.replace_with(MARK.format(len(pictures) - 1))
    cleaned = BeautifulSoup(str(html.clean(str(soup))), "html.parser")
    for numbered in cleaned.find_all("ol"):
        for number, point in enumerate(numbered.find_all("li", recursive=False), int(str(numbered.get("start") or 1))):
            point["value"] = str(number)
    written = str(WRITER.convert_soup(cleaned)).strip()
    files = list(ways.values())
    written = LED.sub(lambda found: "".join(f"{{filename}}/{file}" for file in files[int(found[1]) :][:1]), written)
    return html.prose(MARKED.sub(lambda found: "".join(pictures[int(found[1]) :][:1]), written))


def _inside(href: str, base: str, ways: Mapping[str, str]) -> str:
    """What stands for the file that a link of the old site leads to, "" where it leads elsewhere."""
    parts = urlsplit(href)
    if parts.query or (parts.netloc and parts.netloc != urlsplit(base).netloc):
        return ""
    paths = list(ways)
    path = f"{parts.path.rstrip('/')}/"
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return INSIDE.format(paths.index(path)) + fragment if path in ways else ""


def _picture(image: Tag, place: Callable[[str], str]) -> str:
    """A picture of content/images, else a link to where it lies."""
    address, alt = str(image.get("src") or ""), literal(html.text(str(image.get("alt") or "")))
    if path := place(address):
        return f"![{alt}]({{static}}/{path})"
    complete = web(address)
    return f"[{alt or literal(complete)}]({complete})" if complete else alt
