"""Audits built pages: links inside lead somewhere, pictures say what they show, ids are unique, nothing active."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

from ..errors import Fault

ADDRESSES = {"href", "src", "poster", "action"}
DATA = {"application/ld+json", "speculationrules"}
ACTIVE = {"script", "iframe", "frame", "object", "embed"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the built site: its path below output/, its elements, the ids that links may lead to."""

    path: str
    root: HtmlElement
    ids: frozenset[str]


def audit(output: Path, site: str) -> Iterator[Fault]:
    """Every fault of every page in `output`, which will stand at the address `site`."""
    pages = {page.path: page for page in _pages(output)}
    files = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    for page in pages.values():
        yield from _alone(page)
        for link in _links(page):
            try:
                what = _leads_nowhere(link, page, pages, files, site)
            except ValueError:
                what = f"the link {link} is no address"
            if what:
                yield _fault(page, what)


def _pages(output: Path) -> Iterator[Page]:
    for file in sorted(output.rglob("*.html")):
        root = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        ids = frozenset(id for element in root.iter() if (id := element.get("id") or element.get("name")))
        yield Page(file.relative_to(output).as_posix(), root, ids)


def _alone(page: Page) -> Iterator[Fault]:
    """What a page shows by itself."""
    ids = Counter(id for element in page.root.iter() if (id := element.get("id")))
    yield from (_fault(page, f"the id '{id}' stands {count} times") for id, count in ids.items() if count > 1)
    for picture in page.root.iter("img"):
        if "alt" not in picture.attrib:
            yield _fault(page, f"a picture without alt: {picture.get('src')}")
    titles = sum(1 for _ in page.root.iter("h1"))
    if titles != 1:
        yield _fault(page, f"{titles} elements h1; want one, the title")
    for element in page.root.iter(*ACTIVE):
        if element.get("type") not in DATA and not _bound(element):
            yield _fault(page, f"an active element <{element.tag}>")
    for element in page.root.iter():
        yield from (_fault(page, f"an event handler {name}") for name in element.attrib if name.startswith("on"))


def _bound(element: HtmlElement) -> bool:
    """Whether it is a frame that shows a page of this site, and may run nothing."""
    rights = set((element.get("sandbox") or "allow-scripts").split())
    source = urlsplit(element.get("src") or "//")
    inside = not (source.scheme or source.netloc or "srcdoc" in element.attrib)
    return element.tag == "iframe" and inside and rights.isdisjoint({"allow-scripts", "allow-same-origin"})


def _links(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        yield from (value for name, value in element.attrib.items() if name in ADDRESSES)
        for part in re.split(r",\s+", element.get("srcset", "")):
            if part.strip():
                yield part.split()[0]


def _leads_nowhere(link: str, page: Page, pages: Mapping[str, Page], files: set[str], site: str) -> str:
    """What is wrong with a link of this site, '' where nothing is or it leads elsewhere."""
    parts = urlsplit(link.strip())
    root = urlsplit(site).path.strip("/")
    if parts.scheme == "javascript":
        return f"a link that runs something: {link[:60]}"
    if parts.scheme or parts.netloc:
        if not site or not link.startswith(f"{site}/"):
            return ""
        parts = urlsplit("/" + (f"{root}/" if root else "") + link.removeprefix(f"{site}/"))
    path = unquote(parts.path)
    if path.startswith("/"):
        inside = path.removeprefix(f"/{root}").lstrip("/") if root else path.lstrip("/")
        target = posixpath.normpath(inside or ".")
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
    if target.startswith(".."):
        return f"the link {link} leads out of the site"
    if path.endswith("/") or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return f"the link {link} leads nowhere"
    reached = pages.get(target)
    if parts.fragment and reached and unquote(parts.fragment) not in reached.ids | {"top"}:
        return f"the link {link} leads to no place on that page"
    return ""


def _fault(page: Page, what: str) -> Fault:
    return Fault(f"output/{page.path}", 0, what)
