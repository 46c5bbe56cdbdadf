"""Documents that no source should give, made from those that some gave; and what holds for whatever is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import strategies as st

from parvis import sources
from parvis.errors import SOURCES, Refused, refuse
from parvis.model import Item
from parvis.sources import Got
from tests.cases import SHARED, cases

UNFORESEEN = "this is not what a source of kind"  # what is said of an exception that no adapter expects
MOST_PAGES = 50  # as the cage has it
LARGEST = 60_000  # bytes of a real answer that is worth breaking again and again
FOLDERS = {
    "feed": ("feeds/atom", "feeds/rss", "feeds/rdf", "feeds/json", "feeds/podcast", "feeds/encodings", "feeds/french"),
    "table": ("api/csv",),
    "webmention": ("api/webmention.io",),
}
KINDS = sorted(sources.kinds())
CORPUS = [(yaml.safe_load(case["source"]), case) for case in (param.values[0] for param in cases("sources"))]


def _documents() -> Iterator[tuple[str, bytes]]:
    """Those of the corpus, and the real answers beside this repository."""
    for source, case in CORPUS:
        for name, part in case.items():
            if name == "given" or name.startswith("then"):
                yield source["kind"], (part.partition("\n")[2] if name != "given" else part).encode()
    for kind in KINDS:
        for folder in FOLDERS.get(kind, (f"api/{kind}",)):
            for file in sorted((SHARED / folder).glob("*")):
                if file.stat().st_size < LARGEST:
                    yield kind, file.read_bytes()


DOCUMENTS: dict[str, list[bytes]] = {kind: [] for kind in KINDS}
ADDRESSES: dict[str, list[str]] = {kind: [""] for kind in KINDS}
for _kind, _body in _documents():
    DOCUMENTS[_kind].append(_body)
for _source, _ in CORPUS:
    ADDRESSES[_source["kind"]].append(_source.get("url", ""))
PIECES = [
    *(b"<", b">", b'"', b"'", b"&", b";", b"\x00", b"\xff", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"\n", b",", b":"),
    *(b"&#xD800;", b"&#99999999999;", b"&#" + b"0" * 5000 + b"60;", b"&bad;", b"<!DOCTYPE", b"<!ENTITY x 'y'>"),
    *(b"<links>x</links>", b"<tags>x</tags>", b"<author_detail>x</author_detail>", b"<content>x</content>"),
    *(b'<link href="http://[">', b"<link>http://[x</link>", b'xml:base="http://["', b"<width>", b"<source>"),
    *(b"<pubDate>Fri, 31 Dec 99999999 23:59:59 +9999</pubDate>", b"<item>", b"</item>", b"<entry>", b"</entry>"),
    *(b"{", b"[", b"]", b"}", b"null", b"1e999", b'"\\ud800"', b"\xed\xa0\x80", b"\xfe\xff", b"sep=;", b'"""', b"\r"),
    *(b"-1", b"99999999999999999999", b"0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59", b"http://[", b"\t"),
    *(b"Content-Type: multipart/mixed; boundary=x\n", b"=?utf-8?q?=FF?=", b"From x\n", b"\n\n", b'class="h-entry"'),
]
NAMES = re.compile(rb"[A-Za-z_][\w:-]{1,30}")
VALUES = re.compile(rb'(?<=: )(?:"[^"]*"|-?[\d.]+|null|true|false)')
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(
    ["", "2026-11-02T09:00:00Z", "9999-12-31T23:59:59-23:59", "https://x.example/1", "http://[", "<p>x</p>", "\ud800"]
)  # fmt: skip


def bodies(kind: str) -> st.SearchStrategy[bytes]:
    """What a source of a kind might come to say."""
    return broken(kind) | shaken(kind) | grown(kind) | st.binary(max_size=300)


@st.composite
def broken(draw: st.DrawFn, kind: str) -> bytes:
    """A document with a few pieces put in, taken out or said twice."""
    document = draw(st.sampled_from(DOCUMENTS[kind]))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(document)))
        end = draw(st.integers(start, min(len(document), start + 60)))
        pieces = st.sampled_from([b"", document[start:end] * 2, *PIECES]) | st.binary(max_size=20)
        document = document[:start] + draw(pieces) + document[end:]
    return document


@st.composite
def shaken(draw: st.DrawFn, kind: str) -> bytes:
    """A document in which something else stands in the place of one value, of the same names as a rule."""
    document = draw(st.sampled_from(DOCUMENTS[kind]))
    if not (places := list(VALUES.finditer(document))):
        return draw(broken(kind))
    place = draw(st.sampled_from(places))
    return document[: place.start()] + json.dumps(draw(_value(document))).encode() + document[place.end() :]


@st.composite
def grown(draw: st.DrawFn, kind: str) -> bytes:
    """A structure of its own that uses the names of a document: JSON, elements, or lines of cells."""
    document = draw(st.sampled_from(DOCUMENTS[kind]))
    if document.lstrip()[:1] in (b"{", b"["):
        return json.dumps(draw(_value(document))).encode()
    names = _names(document)
    if b"<" in document[:200]:
        return b"<?xml version='1.0'?>" + draw(_element(names))
    lines = st.lists(st.sampled_from([*names, "1", "", "2026-11-02", '"', "5/5", "oui"]), min_size=1, max_size=8)
    return "\n".join(draw(st.sampled_from(",;\t:")).join(line) for line in draw(st.lists(lines, max_size=6))).encode()


def _names(document: bytes) -> list[str]:
    return sorted({name.decode() for name in NAMES.findall(document[:20_000])}) or ["x"]


def _value(document: bytes) -> st.SearchStrategy[Any]:
    names = st.sampled_from(_names(document))
    return st.recursive(
        LEAVES | names,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=6),
        max_leaves=25,
    )


def _element(names: list[str]) -> st.SearchStrategy[bytes]:
    name = st.sampled_from(names)
    words = st.sampled_from([b"", b"x", b"&amp;", b"2026-11-02T09:00:00Z", b"https://x.example/", b"&lt;p&gt;y"])

    def around(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
        parts = st.tuples(name, st.lists(st.tuples(name, words), max_size=2), st.lists(inner, max_size=4))
        return parts.map(lambda made: _tag(*made))

    return around(st.recursive(words, around, max_leaves=20))


def _tag(name: str, attributes: list[tuple[str, bytes]], inner: list[bytes]) -> bytes:
    said = b"".join(b" %s='%s'" % (key.encode(), value) for key, value in attributes)
    return b"<%s%s>%s</%s>" % (name.encode(), said, b"".join(inner), name.encode())


def read(kind: str, body: bytes, url: str) -> None:
    """Whatever the bytes are: items and notes, or one fault in an adapter's own words. Never another exception, caught
    or not, nor an odd Item."""
    asked = 0

    def get(address: str) -> Got:
        nonlocal asked
        asked += 1
        if asked > MOST_PAGES:
            raise refuse("src", f"asks for more than {MOST_PAGES} pages", code=SOURCES)
        return Got(body, address if url else "")

    try:
        things = list(sources.read(kind, "src", get, url=url or "demo/x"))
    except Refused as refused:
        assert {(fault.where, fault.code) for fault in refused.faults} == {("src", SOURCES)}
        assert all(fault.what and len(fault.what) < 2000 for fault in refused.faults)
        assert "\n" not in str(refused).partition("\n  hint: ")[0]
        assert UNFORESEEN not in str(refused)
        return
    items = [thing for thing in things if isinstance(thing, Item)]
    assert len({item.id for item in items}) == len(items)
    for item in items:
        (item.title + item.html + item.author.name + item.url + "".join(item.tags)).encode()
