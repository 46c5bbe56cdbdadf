"""YAML as it stands: nothing guessed, every line known, no input that harms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis import nodes
from parvis.errors import CONFIG, Refused
from parvis.nodes import Many, Pairs, Text
from tests.cases import cases


def said(text: str) -> object:
    return nodes.bare(nodes.parse(text, "file.md"))


@pytest.mark.parametrize("case", cases("yaml"))
def test_what_is_not_yaml_is_told_with_its_line_in_plain_words(case: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        nodes.parse(case["given"], "file.md")

    (fault,) = refused.value.faults
    assert str(fault).partition("\n")[0] == case["says"].strip()
    assert fault.hint


@pytest.mark.parametrize(
    "word", ["no", "Yes", "on", "12:30", "010", "0o10", "1e3", "0x1f", "2026-11-02", "1_000", ".5", "="]
)
def test_a_value_stays_the_text_it_is(word: str) -> None:
    assert said(f"a: {word}") == [("a", word)]


def test_quotes_tell_a_word_from_nothing() -> None:
    root = nodes.parse("a: ''\nb:\nc: ~\nd: 'null'\ne: null", "file.md")

    assert isinstance(root, Pairs)
    assert [isinstance(value, Text) and value.empty for _, value in root.pairs] == [False, True, True, False, True]
    assert [isinstance(value, Text) and value.quoted for _, value in root.pairs] == [True, False, False, True, False]


def test_a_key_that_stands_twice_is_here_twice() -> None:
    assert said("a: b\na: c") == [("a", "b"), ("a", "c")]


def test_lines_are_those_of_the_file() -> None:
    root = nodes.parse("# note\na: b\n\nc:\n  - d\n  - {e: f}\n", "file.md", first_line=2)

    assert isinstance(root, Pairs)
    assert [key.line for key, _ in root.pairs] == [3, 5]
    assert [text.line for text in nodes.texts(root)] == [3, 6, 7]


def test_the_line_ends_of_yaml_that_no_editor_knows_count_as_blanks() -> None:
    root = nodes.parse("a: b\u2028c\u2029d\x85e\nf: g", "file.md")

    assert root == Pairs(((Text("a", 1), Text("b c d e", 1)), (Text("f", 2), Text("g", 2))), 1)


def test_offsets_end_where_the_value_ends() -> None:
    text = "é: [a, b]  # c\nd:\n- e\n# f\ng:\n  h: i\n\nj: |\n  k\n\nl:\nm: 'n'"
    root = nodes.parse(text, "file.md")

    assert isinstance(root, Pairs)
    assert [text[key.start : value.end] for key, value in root.pairs] == [
        "é: [a, b]", "d:\n- e", "g:\n  h: i", "j: |\n  k\n\n", "l:", "m: 'n'",
    ]  # fmt: skip


@pytest.mark.parametrize("deep", ["[" * 50_000, "- " * 5_000 + "a", "a: " + "{b: " * 900, "? " * 3_000])
def test_deep_nesting_is_refused_before_it_harms(deep: str) -> None:
    """libyaml's composer ends the process on the first of these."""
    with pytest.raises(Refused, match="nested"):
        nodes.parse(deep, "file.md")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x7f", "\x9f", "\ufffe", "\ud800"])
def test_a_character_that_yaml_does_not_allow_is_told_by_its_number(character: str) -> None:
    with pytest.raises(Refused) as refused:
        nodes.parse(f"a: b\nc: d{character}", "file.md", code=CONFIG)

    (fault,) = refused.value.faults
    assert (fault.line, fault.code) == (2, CONFIG)
    assert f"U+{ord(character):04X}" in fault.what


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_nothing_is_an_empty_text(text: str) -> None:
    root = nodes.parse(text, "file.md")

    assert isinstance(root, Text)
    assert root.empty


@given(st.text(st.sampled_from("ab:- \n\t#'\"[]{},|>?&*!%@`~\\é0"), max_size=40))
def test_whatever_people_write_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        nodes.parse(text, "file.md")
    except Refused as refused:
        assert all(1 <= fault.line <= text.count("\n") + 1 for fault in refused.faults)


def test_a_file_that_is_not_utf_8_is_refused_with_the_line_of_the_bad_byte(tmp_path: Path) -> None:
    file = tmp_path / "brand.yml"
    file.write_bytes("a: b\nname: Café\n".encode("latin-1"))

    with pytest.raises(Refused) as refused:
        nodes.load(file, "brand.yml")

    assert [(fault.line, fault.what) for fault in refused.value.faults] == [(2, "not UTF-8")]


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa: b\nc: d\n", b"a: b\r\nc: d\r\n", b"a: b\rc: d"])
def test_a_byte_order_mark_and_other_line_ends_do_no_harm(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "brand.yml"
    file.write_bytes(raw)

    assert nodes.bare(nodes.load(file, "brand.yml")) == [("a", "b"), ("c", "d")]


def test_python_values_become_what_a_file_would_say() -> None:
    values = {
        "a": True,
        "b": [1, 2.5],
        "c": None,
        "d": date(2026, 11, 2),
        "e": datetime(2026, 11, 2, 9, tzinfo=UTC),
        "f": ("x",),
        "g": {"h"},
        "no": "no",
    }

    assert nodes.bare(nodes.of(values)) == [
        ("a", "true"), ("b", ["1", "2.5"]), ("c", None), ("d", "2026-11-02"), ("e", "2026-11-02T09:00:00+00:00"),
        ("f", ["x"]), ("g", ["h"]), ("no", "no"),
    ]  # fmt: skip
    assert isinstance(nodes.of([]), Many)
