"""The shape of a feed in XML: which elements stand where, how often, with which attributes and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from lxml.etree import QName, _Element

from ..errors import Fault
from .markup import harmless
from .values import Rule, Value, language, plain, whole_letters

SPACES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""Namespaces by the prefix that validators want. They know all but `at`, and warn where a feed declares it, which

RFC 6721 asks of a feed that had an entry taken down: so no other feed may declare it.
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """An element: its text, its attributes, what stands in it, and whether it may stand there more than once.

    Where it is a `construct`, its attribute `type` says whether its text is HTML.
    """

    text: tuple[Rule, ...] = ()
    needs: Mapping[str, Rule] = field(default_factory=dict)
    may: Mapping[str, Rule] = field(default_factory=dict)
    inside: Mapping[str, Shape] = field(default_factory=dict)
    wants: tuple[str, ...] = ()
    many: bool = False
    construct: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One file that is looked at: where it lies, its lines, the address it will stand at and the time of the build."""

    where: str
    lines: tuple[bytes, ...]
    url: str
    now: datetime

    def fault(self, element: _Element, what: str, hint: str = "") -> Fault:
        return Fault(self.where, cast(int, element.sourceline) or 0, f"<{name(element)}>: {what}", hint)

    def value(self, element: _Element, text: str) -> Value:
        line = (cast(int, element.sourceline) or 1) - 1
        return Value(text, self.now, b"&#x" in self.lines[line : line + 1][0] if line < len(self.lines) else False)


def faults(document: Document, element: _Element, shape: Shape) -> Iterator[Fault]:
    """Everything about an element, and about what stands in it, that is not of this shape."""
    for what in (*_text(document, element, shape), *_attributes(document, element, shape)):
        yield document.fault(element, what)
    counts: Counter[str] = Counter()
    for child in children(element):
        counts[name(child)] += 1
        inner = shape.inside.get(name(child))
        if inner is None:
            yield document.fault(child, f"not known in <{name(element)}>")
            continue
        if counts[name(child)] == 2 and not inner.many:
            yield document.fault(child, f"stands more than once in <{name(element)}>")
        yield from faults(document, child, inner)
    yield from (document.fault(element, f"<{wanted}> is missing") for wanted in shape.wants if not counts[wanted])


def _text(document: Document, element: _Element, shape: Shape) -> Iterator[str]:
    text = str(element.xpath("string()")) if not shape.inside else _own_text(element)
    if shape.inside and text:
        yield f"text in it: {text[:60]}"
    value = document.value(element, text.strip())
    typed = (harmless if element.get("type") == "html" else plain,) if shape.construct else ()
    yield from filter(None, (rule(value) for rule in (whole_letters, *typed, *shape.text)))


def _own_text(element: _Element) -> str:
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def _attributes(document: Document, element: _Element, shape: Shape) -> Iterator[str]:
    known = {**shape.needs, **shape.may, "xml:lang": language}
    given = {_named(str(key)): str(value) for key, value in element.attrib.items()}
    yield from (f"the attribute {missing} is missing" for missing in shape.needs if missing not in given)
    for key, text in given.items():
        if key not in known:
            yield f"the attribute {key} is not known there"
        elif what := whole_letters(document.value(element, text)) or known[key](document.value(element, text)):
            yield f"{key}: {what}"


def spaces(document: Document, root: _Element) -> Iterator[Fault]:
    """What is declared, by the prefixes that everybody uses, and no namespace without use that validators warn of."""
    used = {QName(element).namespace for element in root.iter() if isinstance(element.tag, str)}
    for element in root.iter():
        above = element.getparent()
        for prefix, space in element.nsmap.items():
            if above is not None and above.nsmap.get(prefix) == space:
                continue
            known = SPACES.get(space)
            if known is None or (prefix and prefix != known):
                yield document.fault(element, f"the namespace {space} as {prefix}, which validators warn of")
            elif known == "at" and space not in used:
                yield document.fault(element, f"the namespace {space}, of which nothing is there")


def children(element: _Element) -> Iterator[_Element]:
    return (child for child in element if isinstance(child.tag, str))


def name(element: _Element) -> str:
    """`item`, or `dc:creator`: in Atom its own elements have no prefix."""
    found = _named(str(element.tag))
    root = element.getroottree().getroot()
    return found.removeprefix("atom:") if str(root.tag).startswith("{") else found


def _named(tag: str) -> str:
    space, _, local = tag.removeprefix("{").rpartition("}")
    return f"{SPACES.get(space, space)}:{local}" if space else local
