"""Lists of feeds: OPML, and the settings of planets (Planet, Planet Venus, Pluto)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import CONTENT, refuse
from ..html import text
from ..sources.encoding import declared, decode
from ..sources.values import language, web

if TYPE_CHECKING:
    from lxml.etree import _Element

SECTION = re.compile(r"\s*\[(.+)\]\s*(?:[#;].*)?$")
VALUE = re.compile(r"([\w .-]+?)\s*[=:]\s*(.*)$")
OF_THE_PLANET = {"planet", "default"}
LISTS = {"opml", "foaf", "csv", "config"}
SCHEME = re.compile(r"\s*(?:feed|itpc|pcast):(?://)?", re.IGNORECASE)
SECRET = re.compile(r"//[^/@]*@")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of a list: its address, what it is called there, its language if that is said."""

    url: str
    name: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list names, and in words what of it is not taken over."""

    feeds: tuple[Feed, ...]
    notes: tuple[str, ...]


def opml(body: bytes, where: str) -> Listed:
    """The feeds of an outline, in its order, whatever they are grouped in. Raises Refused where it is no XML."""
    from lxml import etree

    root, damage = document(body)
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise refuse(where, "this is no OPML: it has no <opml>", code=CONTENT)
    outlines = [{str(key).lower(): str(value) for key, value in one.attrib.items()} for one in root.iter()]
    found = [thing for said in outlines for thing in _outline(said)]
    if not found:
        raise refuse(where, "this OPML names no feed", code=CONTENT)
    return _listed(found, damage)


def planet(body: bytes) -> Listed:
    """The subscriptions of a planet: a section for each, named by its address, or by a word with `feed = …` below."""
    sections = _sections(decode(body, declared(body)))
    return _listed([thing for section, values in sections for thing in _subscription(section, values)], [])


def document(body: bytes) -> tuple[_Element | None, list[str]]:
    """The root of an XML document, as far as it can be read, and in words where it is damaged."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
    root = etree.fromstring(body, parser) if body.strip() else None
    damaged = [
        f"damaged at line {error.line} ({error.message}): what could be read counts" for error in parser.error_log
    ]
    return root, damaged[:1]


def _listed(found: list[Feed | str], damage: list[str]) -> Listed:
    feeds = tuple(thing for thing in found if isinstance(thing, Feed))
    return Listed(feeds, (*(thing for thing in found if isinstance(thing, str)), *damage))


def _outline(said: dict[str, str]) -> Iterator[Feed | str]:
    """The feed of an outline, or why it is none; nothing of a group or a note."""
    name, raw = text(said.get("title", "") or said.get("text", "")), said.get("xmlurl", "").strip()
    if raw:
        yield _feed(raw, name, said.get("language", ""))
    elif said.get("type", "").lower() == "include":
        yield f"not taken over, a list of its own: {_shown(said.get('url', '') or name)}"


def _subscription(section: str, values: dict[str, str]) -> Iterator[Feed | str]:
    raw = section if "://" in section else values.get("feed", "")
    if not raw or section.lower() in OF_THE_PLANET:
        return
    if values.get("content_type", "").lower() in LISTS:
        yield f"not taken over, a list of its own: {_shown(raw)}"
    else:
        yield _feed(raw, text(values.get("name", "") or values.get("title", "")), values.get("lang", ""))


def _feed(raw: str, name: str, lang: str) -> Feed | str:
    """A feed, where its address is one of the web; feed: and its kin stand for http:."""
    bare = SCHEME.sub("", raw)
    address = web(raw if bare == raw else bare if "://" in bare else f"http://{bare}")
    return Feed(address, name, language(lang)) if address else f"not taken over, no address of the web: {_shown(raw)}"


def _shown(raw: str) -> str:
    return SECRET.sub("//…@", text(raw))[:80]


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
