"""Lists of feeds: OPML, and the settings of planets (Planet, Planet Venus, Pluto)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import CONTENT, refuse
from ..html import text
from ..sources.encoding import declared, decode
from ..sources.values import language, web

SECTION = re.compile(r"\s*\[(.+)\]\s*(?:[#;].*)?$")
VALUE = re.compile(r"([\w .-]+?)\s*[=:]\s*(.*)$")
OF_THE_PLANET = {"planet", "default"}


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of a list: its address, what it is called there, its language if that is said."""

    url: str
    name: str = ""
    lang: str = ""


def opml(body: bytes, where: str) -> list[Feed]:
    """The feeds of an outline, in its order, whatever they are grouped in. Raises Refused where it is no XML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(body, parser) if body.strip() else None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise refuse(where, "this is no OPML: it has no <opml>", code=CONTENT)
    found = []
    for outline in root.iter():
        said = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        if url := web(said.get("xmlurl", "")):
            named = text(said.get("title", "") or said.get("text", ""))
            found.append(Feed(url, named, language(said.get("language", ""))))
    if not found:
        raise refuse(where, "this OPML names no feed", code=CONTENT)
    return found


def planet(body: bytes) -> list[Feed]:
    """The subscriptions of a planet: a section for each, named by its address, or by a word with `feed = …` below."""
    return [feed for section, values in _sections(decode(body, declared(body))) for feed in _feed(section, values)]


def _feed(section: str, values: dict[str, str]) -> Iterator[Feed]:
    url = web(section) or web(values.get("feed", ""))
    if url and section.lower() not in OF_THE_PLANET:
        yield Feed(url, text(values.get("name", "") or values.get("title", "")), language(values.get("lang", "")))


def _sections(settings: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Sections and their values; comments stand on lines of their own."""
    section, values = "", dict[str, str]()
    for line in settings.splitlines():
        if line.lstrip().startswith(("#", ";")) or not line.strip():
            continue
        if found := SECTION.match(line):
            if section:
                yield section, values
            section, values = found[1].strip(), {}
        elif (found := VALUE.match(line)) and not line[0].isspace():
            values[found[1].strip().lower()] = found[2].strip()
    if section:
        yield section, values
