"""After an edit only those outputs are planned that a writer names; any other writer wants all."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from parvis.site.pieces import Piece
from parvis.site.wanted import Wanted

SOME = Wanted.by(SimpleNamespace(wanted={"b/share/index.html", "404.html", "a/index.html", "feeds/all/2024.xml"}))
PIECES = cast("list[Piece]", [SimpleNamespace(path=path) for path in ("a/", "b/", "c/")])


def test_a_writer_that_names_nothing_wants_all() -> None:
    everything = Wanted.by(cast("Any", object()))
    assert everything.has("a/index.html")
    assert everything.below("z/")
    assert everything.pieces(PIECES) == PIECES


def test_a_writer_that_names_none_wants_none() -> None:
    nothing = Wanted.by(SimpleNamespace(wanted=()))
    assert (nothing.has("a/index.html"), nothing.below(""), list(nothing.pieces(PIECES))) == (False, False, [])


@pytest.mark.parametrize(
    ("start", "there"),
    [("", True), ("a/", True), ("b/", True), ("b/share", True), ("feeds/all", True), ("c/", False), ("feeds/b", False)],
)
def test_a_folder_is_looked_at_where_a_name_begins_so(start: str, there: bool) -> None:
    assert SOME.below(start) is there


def test_pieces_are_wanted_for_their_page_or_for_one_beside_it() -> None:
    assert [piece.path for piece in SOME.pieces(PIECES)] == ["a/"]
    assert [piece.path for piece in SOME.pieces(PIECES, {"share/", "partager/"})] == ["b/"]
