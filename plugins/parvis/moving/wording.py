"""A brand's own HTML as Markdown that its editors go on with; pictures stand where they stood."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from bs4 import BeautifulSoup, Tag

from .. import html
from ..intake.markdown import WRITER, literal
from ..sources.values import web

MARK = "parvispicture{}here"
MARKED = re.compile(r"parvispicture(\d+)here")
HEADING_1 = re.compile(r"<(/?)h1\b", re.IGNORECASE)


def markdown(said: str, place: Callable[[str], str], base: str = "") -> str:
    """Markdown of some HTML. `place(address)` gives the picture's path below content/, "" where there is none.

    `base` is the address of the old site, which makes links complete; its old paths go on leading somewhere.
    """
    soup = BeautifulSoup(HEADING_1.sub(r"<\1h2", said), "html.parser")
    pictures: list[str] = []
    for frame in soup.find_all(["iframe", "embed", "video", "audio"]):
        source = web(str(frame.get("src") or ""))
        frame.replace_with(BeautifulSoup(f'<p><a href="{escape(source)}">{escape(source)}</a></p>', "html.parser"))
    for link in soup.find_all("a", href=True):
        link["href"] = web(str(link["href"]), base)
    for image in soup.find_all("img"):
        pictures.append(_picture(image, place))
        image.replace_with(MARK.format(len(pictures) - 1))
    cleaned = BeautifulSoup(str(html.clean(str(soup))), "html.parser")
    for numbered in cleaned.find_all("ol"):
        for number, point in enumerate(numbered.find_all("li", recursive=False), int(str(numbered.get("start") or 1))):
            point["value"] = str(number)
    written = str(WRITER.convert_soup(cleaned)).strip()
    return html.prose(MARKED.sub(lambda found: "".join(pictures[int(found[1]) :][:1]), written))


def _picture(image: Tag, place: Callable[[str], str]) -> str:
    """A picture of content/images, else a link to where it lies."""
    address, alt = str(image.get("src") or ""), literal(html.text(str(image.get("alt") or "")))
    if path := place(address):
        return f"![{alt}]({{static}}/{path})"
    complete = web(address)
    return f"[{alt or literal(complete)}]({complete})" if complete else alt
