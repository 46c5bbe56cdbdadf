"""Audits built feeds and maps: well-formed, ids there and unique, dates with zones, addresses whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from lxml import etree

from ..errors import Fault

ATOM = "{http://www.w3.org/2005/Atom}"
IDS = {"rss": ".//item/guid", f"{ATOM}feed": f"{ATOM}entry/{ATOM}id"}
ENTRIES = {"rss": ".//item", f"{ATOM}feed": f"{ATOM}entry"}
LINKS = {"rss": ".//item/link", f"{ATOM}feed": f"{ATOM}entry/{ATOM}link"}


def audit(output: Path) -> Iterator[Fault]:
    """Every fault of every .xml and .atom file in `output`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for file in sorted((*output.rglob("*.xml"), *output.rglob("*.atom"))):
        where = f"output/{file.relative_to(output).as_posix()}"
        try:
            root = etree.parse(file, parser).getroot()
        except etree.XMLSyntaxError as error:
            yield Fault(where, error.position[0], f"not well-formed: {error.msg}")
            continue
        if str(root.tag) in IDS:
            yield from _feed(where, root)


def _feed(where: str, root: etree._Element) -> Iterator[Fault]:
    kind = str(root.tag)
    ids = Counter((element.text or "").strip() for element in root.iterfind(IDS[kind]))
    if ids.total() != len(root.findall(ENTRIES[kind])):
        yield Fault(where, 0, "an entry without an id")
    yield from (Fault(where, 0, f"the id '{id}' stands {count} times") for id, count in ids.items() if count > 1)
    for link in root.iterfind(LINKS[kind]):
        address = link.get("href") or link.text or ""
        if not address.startswith(("https://", "http://")):
            yield Fault(
                where, cast(int, link.sourceline), f"the address '{address}' is not whole", "set url: in brand.yml"
            )
