"""Links inside content/ (`{static}`, `{attach}`, `{filename}`): nothing outside it is ever read or published.

Pelican 4.12 follows `{attach}../../secret` out of content/ and copies what it finds; encoded forms count too.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import Fault, did_you_mean
from ..matter import Document

FORMS = r"\{(?P<what>static|attach|filename|index)\}"
"""What Pelican may follow. `|attach|` would be let through in a web address, and Pelican looks inside of those."""
VALUE = re.compile(r"""=\s*(?=(?:"([^"]*)"|'([^']*)'))""")
"""Each value, those within another's quotes too: Pelican sees them."""
PICTURE = re.compile(r"""<img\b[^<>]*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
INSIDE = re.compile(r"^\s*[{|](\w+)[}|](.*)$", re.DOTALL)
WEB = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
FILES, DOCUMENTS, PLAIN = ("static", "attach"), ("filename",), ("index",)
NOT_FOR_READERS = re.compile(
    r"content/((community|testimonials|ambassadors|proposals|ledger)/.*|.*\.(md|ya?ml))", re.DOTALL
)
"""What Pelican would copy as it lies there, what waits for a yes included."""
EDITORIAL = re.compile(r"content/(articles|pages)/.*\.md", re.DOTALL)
WRITE = "write {static}/images/NAME, for a file content/images/NAME"


def faults(html: str, document: Document, documents: Mapping[str, bool], folder: Path) -> Iterator[Fault]:
    """What is wrong with the inner links of a text. `documents` tells of each path whether it goes out."""
    for found in VALUE.finditer(html):
        value = unquote(unescape(found[1] or found[2] or ""))
        inside = INSIDE.match(value)
        if inside and (what := _wrong(inside[1], inside[2], document, documents, folder)):
            yield Fault(document.path, _line(inside[2], document), what)
    for found in PICTURE.finditer(html):
        link = unquote(unescape(found[1] or found[2] or ""))
        if what := _no_picture(link, folder):
            yield Fault(document.path, _line(link, document), what, WRITE)


def shows_plainly(html: str) -> bool:
    """Whether a picture's address is a path that no form begins: nobody else asks whether its file is there."""
    links = (unquote(unescape(found[1] or found[2] or "")) for found in PICTURE.finditer(html))
    return any(not INSIDE.match(link) and not WEB.match(link) for link in links)


def _no_picture(link: str, folder: Path) -> str:
    """What is wrong with a picture's address that no form begins: it is one of the web, or a published file's."""
    try:
        parts = urlsplit(link.strip())
        target = posixpath.normpath(f"content/{parts.path.strip('/')}")
        there = target.startswith("content/images/") and (folder / target).is_file()
    except (ValueError, OSError):
        return ""
    if parts.scheme or parts.netloc or INSIDE.match(link) or (there and parts.path.startswith("/")):
        return ""
    guess = "" if there else did_you_mean(target, _files(folder))
    return f"the picture {link} leads nowhere{guess}"


def _wrong(form: str, link: str, document: Document, documents: Mapping[str, bool], folder: Path) -> str:
    if form not in FILES + DOCUMENTS + PLAIN:
        return f"no such link form {{{form}}}{did_you_mean(form, FILES + DOCUMENTS)}"
    try:
        path = urlsplit(link.strip()).path
        start = "content" if path.startswith("/") else posixpath.dirname(document.path)
        target = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
        known = form in DOCUMENTS and documents.get(target)
        real = folder / target if known else (folder / target).resolve()
        there = known or real.is_file()
    except (ValueError, OSError):  # brackets of no address, a null, a name that is too long
        return f"{{{form}}} is followed by what can be no file: {link[:60]!r}"
    if form in PLAIN or known:
        return ""
    if not target.startswith("content/") or not real.is_relative_to((folder / "content").resolve()):
        where = "out of content/"
    elif form in DOCUMENTS and target in documents:
        where = "to a text that is not published"
    elif form in DOCUMENTS and there and EDITORIAL.fullmatch(target):
        return ""  # it could not be read, and its own fault says so
    elif not there:
        where = f"nowhere{did_you_mean(target, documents if form in DOCUMENTS else _files(folder))}"
    elif NOT_FOR_READERS.fullmatch(real.relative_to(folder.resolve()).as_posix()):
        where = "to a file that is not for readers"
    else:
        return ""
    return f"the link {{{form}}}{link} leads {where}"


def _files(folder: Path) -> Iterator[str]:
    return (file.relative_to(folder).as_posix() for file in (folder / "content/images").rglob("*.*"))


def _line(link: str, document: Document) -> int:
    """The line of the file that the link stands on, else the first of the body."""
    path = link.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    before = document.body.find(path)
    return document.line + (document.body.count("\n", 0, before) if before >= 0 else 0)


def escapes(content: Path) -> Iterator[Fault]:
    """Symbolic links below content/ that lead out of it; Pelican would follow them."""
    root = content.resolve()
    for file in sorted(_links(str(content))):
        if not file.resolve().is_relative_to(root):
            where = file.relative_to(content.parent).as_posix()
            yield Fault(where, 0, f"a symbolic link out of content/, to {file.readlink()}", "copy the file itself")


def _links(folder: str) -> Iterator[Path]:
    try:
        entries = [*os.scandir(folder)]
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink():
            yield Path(entry.path)
        elif entry.is_dir():
            yield from _links(entry.path)
