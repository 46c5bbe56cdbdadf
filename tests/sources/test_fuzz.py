"""Whatever the bytes are: items and notes, or one fault in words. Never a traceback, never an Item that cannot be."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis import sources
from parvis.errors import SOURCES, Refused
from parvis.model import Item
from parvis.sources import Got
from tests.cases import cases

GIVEN = [param.values[0] for param in cases("sources")]
DOCUMENTS = {
    kind: [
        (part.partition("\n")[2] if name.startswith("then") else part).encode()
        for case in GIVEN
        for name, part in case.items()
        if f"kind: {kind}\n" in case["source"] and (name == "given" or name.startswith("then"))
    ]
    for kind in sources.kinds()
}
INTERFACES = sorted(sources.kinds() - {"feed", "table"})
PIECES = st.sampled_from(
    [
        *(
            b"<",
            b">",
            b'"',
            b"'",
            b"&",
            b";",
            b"\x00",
            b"\xff",
            b"]]>",
            b"<![CDATA[",
            b"<!--",
            b"-->",
            b"\n",
            b",",
            b";",
        ),
        *(b"&#xD800;", b"&#99999999999;", b"&#" + b"0" * 5000 + b"60;", b"&bad;", b"<!DOCTYPE", b"<!ENTITY x 'y'>"),
        *(b"<links>x</links>", b"<tags>x</tags>", b"<author_detail>x</author_detail>", b"<content>x</content>"),
        *(b'<link href="http://[">', b"<link>http://[x</link>", b'xml:base="http://["', b"<width>", b"<source>"),
        *(b"<pubDate>Fri, 31 Dec 99999999 23:59:59 +9999</pubDate>", b"<item>", b"</item>", b"<entry>", b"</entry>"),
        *(b"{", b"[", b"]", b"}", b"null", b"1e999", b'"\\ud800"', b"\xed\xa0\x80", b"\xfe\xff", b"sep=;", b'"""'),
    ]
) | st.binary(max_size=20)


@st.composite
def broken(draw: st.DrawFn, kind: str) -> bytes:
    """A document of the corpus with a few pieces put in, taken out or said twice."""
    document = draw(st.sampled_from(DOCUMENTS[kind]))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(document)))
        end = draw(st.integers(start, min(len(document), start + 60)))
        middle = draw(st.sampled_from([b"", document[start:end] * 2]) | PIECES)
        document = document[:start] + middle + document[end:]
    return document


def read(kind: str, body: bytes, url: str) -> None:
    try:
        things = list(sources.read(kind, "src", lambda _: Got(body, url), url=url or "demo/x"))
    except Refused as refused:
        assert {(fault.where, fault.code) for fault in refused.faults} == {("src", SOURCES)}
        assert all(fault.what and len(fault.what) < 2000 for fault in refused.faults)
        return
    items = [thing for thing in things if isinstance(thing, Item)]
    assert len({item.id for item in items}) == len(items)
    for item in items:
        (item.title + item.html + item.author.name + item.url + "".join(item.tags)).encode()


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["feed", "table"]), st.sampled_from(["", "https://h.example/"]))
def test_any_bytes(body: bytes, kind: str, url: str) -> None:
    read(kind, body, url)


@settings(deadline=None, max_examples=200)
@given(broken("feed"), st.sampled_from(["", "https://h.example/feed"]))
def test_a_broken_feed(body: bytes, url: str) -> None:
    read("feed", body, url)


@settings(deadline=None, max_examples=200)
@given(broken("table"))
def test_a_broken_table(body: bytes) -> None:
    read("table", body, "")


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(INTERFACES).flatmap(lambda kind: st.tuples(st.just(kind), broken(kind))))
def test_a_broken_answer(given: tuple[str, bytes]) -> None:
    read(*given, "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
)
PLACES = re.compile(rb'(?<=: )(?:"[^"]*"|-?[\d.]+|null|true|false)')


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(INTERFACES), st.data())
def test_any_value_in_any_place(kind: str, data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(DOCUMENTS[kind]))
    places = list(PLACES.finditer(document))
    if places:
        place = data.draw(st.sampled_from(places))
        other = json.dumps(data.draw(JSON | st.dictionaries(st.text(max_size=3), JSON, max_size=2)))
        document = document[: place.start()] + other.encode() + document[place.end() :]
    read(kind, document, "")
