"""Audits built feeds by the W3C validator's rules, its warnings too: each reader forgives other things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from lxml import etree

from ..errors import Fault
from . import atom, jsonfeed, opml, rss, shapes
from .shapes import Document

ENDS = (".xml", ".atom", ".opml")
AUDITS: dict[str, Callable[[Document, etree._Element], Iterator[Fault]]] = {
    "rss": rss.audit,
    "{http://www.w3.org/2005/Atom}feed": atom.audit,
    "opml": opml.audit,
}
SNIFFED, LONGEST = 512, 5_000_000
"""Bytes that tell what a file is, where its server calls it just XML; and bytes that validators read."""


def audit(output: Path, site: str, now: datetime) -> Iterator[Fault]:
    """Every fault of every feed in `output`, which will stand at the address `site` ('' where that is not known)."""
    for file in sorted(output.rglob("*")):
        path = file.relative_to(output).as_posix()
        url = f"{site}/{path}" if site else ""
        if file.suffix in ENDS:
            data = file.read_bytes()
            yield from _xml(Document(f"output/{path}", tuple(data.split(b"\n")), url, now), data)
        elif file.suffix == ".json":
            yield from jsonfeed.audit(file.read_text("utf-8"), f"output/{path}", url, now)


def _xml(document: Document, data: bytes) -> Iterator[Fault]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield Fault(document.where, error.position[0], f"not well-formed: {error.msg}")
        return
    look = AUDITS.get(str(root.tag))
    if look is None:
        return  # a map of the site
    local = str(etree.QName(root).localname).encode()
    if not data.startswith(b"<?xml") or b"<" + local not in data[:SNIFFED]:
        yield document.fault(root, "not told to be a feed at its beginning")
    if b"utf-8" not in data[: data.find(b"?>")].lower():
        yield document.fault(root, "not said to be in UTF-8")
    if len(data) > LONGEST:
        yield document.fault(root, f"{len(data)} bytes; validators and readers give up at {LONGEST}")
    yield from shapes.spaces(document, root)
    yield from look(document, root)
