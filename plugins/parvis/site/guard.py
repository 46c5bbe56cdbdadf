"""Links inside content/ (`{static}`, `{attach}`, `{filename}`): nothing outside it is ever read or published.

Pelican 4.12 follows `{attach}../../secret` out of content/ and copies what it finds; encoded forms count too.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import Fault, did_you_mean
from ..matter import Document

VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
INSIDE = re.compile(r"^\s*[{|](\w+)[}|](.*)$", re.DOTALL)
FILES, DOCUMENTS, PLAIN = ("static", "attach"), ("filename",), ("index",)


def faults(html: str, document: Document, documents: Mapping[str, bool], folder: Path) -> Iterator[Fault]:
    """What is wrong with the inner links of a text. `documents` tells of each path whether it goes out."""
    for found in VALUE.finditer(html):
        value = unquote(unescape(found[1] or found[2] or ""))
        inside = INSIDE.match(value)
        if inside and (what := _wrong(inside[1], inside[2], document, documents, folder)):
            yield Fault(document.path, _line(inside[2], document), what)


def _wrong(form: str, link: str, document: Document, documents: Mapping[str, bool], folder: Path) -> str:
    if form in PLAIN:
        return ""
    if form not in FILES + DOCUMENTS:
        return f"no such link form {{{form}}}{did_you_mean(form, FILES + DOCUMENTS)}"
    path = urlsplit(link.strip()).path
    start = "content" if path.startswith("/") else posixpath.dirname(document.path)
    target = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
    real = (folder / target).resolve()
    if not target.startswith("content/") or not real.is_relative_to((folder / "content").resolve()):
        return f"the link {{{form}}}{link} leads out of content/"
    if form in DOCUMENTS and target in documents:
        return "" if documents[target] else f"the link {{{form}}}{link} leads to a text that is not published"
    if not real.is_file():
        near = did_you_mean(target, documents if form in DOCUMENTS else _files(folder))
        return f"the link {{{form}}}{link} leads nowhere{near}"
    return ""


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
    for file in sorted(content.rglob("*")):
        if file.is_symlink() and not file.resolve().is_relative_to(root):
            where = file.relative_to(content.parent).as_posix()
            yield Fault(where, 0, f"a symbolic link out of content/, to {file.readlink()}", "copy the file itself")
