"""Plain links, elements of feeds, and looks at contents take short ways that lead where the long ones do."""

from __future__ import annotations

import io
import re
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.contents import Content
from pelican.writers import Rss201rev2Feed

from fastbuild.reading import links
from fastbuild.reading.light import LightArticle
from fastbuild.reading.looks import noted_at_once, watched
from fastbuild.tracking.reads import READS
from fastbuild.writing.entries import _element

LINK = re.compile(r"""(?P<markup><a href=)(?P<quote>["'])(?P<path>[{|](?P<what>.*?)[|}](?P<value>.*?))(?P=quote)""")
NAMES = ["a", "a.b", "..", ".", ".a", "-", "é", "a b", "a%20b", "a:b", "a;b", "a?b", "a#b", "a&amp;b", "A_1-2.html", ""]
PATHS = st.builds("".join, st.lists(st.sampled_from([*NAMES, "/", "//"]), max_size=5))
PLAIN = ["", "/", "https://s.example", "https://s.example/", "https://s.example/sub"]
ODD = [
    "//s.example",
    "https://s.example/a/../b",
    "https://s.example//a",
    "https://s.example?q=1",
    "https://s.example/#f",
]
SITES = st.sampled_from([*PLAIN, *ODD, "..", "a", "mailto:a", "file:///a"])


@given(st.sampled_from(["filename", "static", "attach", "author", "odd"]), PATHS, PATHS, SITES, st.booleans())
def test_a_link_is_what_pelican_makes_of_it(what: str, path: str, url: str, siteurl: str, relative: bool) -> None:
    linked = SimpleNamespace(url=url)
    content: Any = SimpleNamespace(
        settings={"RELATIVE_URLS": relative},
        _context={"generated_content": {path.removeprefix("/"): linked}, "static_content": {"a": linked}},
        relative_dir="deep",
        get_relative_source_path=lambda source="deep/one.md": source,
    )
    found = LINK.fullmatch(f'<a href="{{{what}}}{path}"')
    assert found

    short = links.replaced(content, siteurl, found)

    if short is not None:
        assert short == Content._link_replacer(content, siteurl, found)


def test_the_usual_link_goes_the_short_way() -> None:
    linked = SimpleNamespace(url="posts/one/")
    content: Any = SimpleNamespace(
        settings={"RELATIVE_URLS": False}, _context={"generated_content": {"a/b.md": linked}}
    )
    found = LINK.fullmatch("<a href='{filename}/a/b.md'")
    assert found

    assert links.replaced(content, "https://s.example", found) == "<a href='https://s.example/posts/one/'"


class Feed(Rss201rev2Feed):  # type: ignore[misc]  # it has no types
    """Who writes the items of a feed."""

    def write_items(self, handler: Any) -> None:
        self.writes = type(handler)


FEED: Any = Feed("A title", "https://s.example", "Words.")
FEED.write(io.StringIO(), "utf-8")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["title", "a:b", "c"]),
            st.none() | st.text() | st.text("<>&\"'\n\x00\x0b a"),
            st.none() | st.dictionaries(st.sampled_from("ab"), st.text(max_size=3)),
        ),
        max_size=4,
    )
)
def test_an_element_of_a_feed_is_what_feedgenerator_writes(elements: list[tuple[str, Any, Any]]) -> None:
    def written(*, short: bool) -> str:
        text = io.StringIO()
        handler: Any = FEED.writes(text, "utf-8", short_empty_elements=True)
        add = partial(_element, handler) if short else handler.addQuickElement
        try:
            handler.startElement("item", {})
            for element in elements:
                add(*element)
            handler.endElement("item")
        except ValueError as reason:
            return f"{reason} after {text.getvalue()}"
        return text.getvalue()

    assert written(short=True) == written(short=False)


def content(path: str) -> LightArticle:
    made = LightArticle.__new__(LightArticle)
    vars(made).update(relative_source_path=path, title=path, translations=[])
    return made


def test_who_has_a_page_of_its_own_is_noted_at_once_and_others_look_by_look() -> None:
    own, other = content("own.md"), content("other.md")
    READS.keys = {}
    try:
        with watched(), noted_at_once(own):
            assert list(READS.keys) == ["m own.md"]
            assert (own.title, own.translations, type(own).__name__) == ("own.md", [], "Article")
            assert list(READS.keys) == ["m own.md", "t own.md"]
            assert other.title == "other.md"
            assert list(READS.keys) == ["m own.md", "t own.md", "m other.md"]
    finally:
        READS.keys = None


def test_afterwards_it_is_watched_again_and_counts_as_unchanged() -> None:
    own = content("own.md")
    vars(own)["_digests"] = ["", ""]

    with pytest.raises(ZeroDivisionError), watched(), noted_at_once(own):
        own.translations = [own]
        raise ZeroDivisionError

    assert type(own) is LightArticle
    assert "_set" not in vars(own)
    assert own.translations == [own]
