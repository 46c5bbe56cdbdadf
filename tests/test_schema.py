"""What each type takes, what it refuses, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from parvis import nodes, schema
from parvis.errors import CONFIG, Fault
from parvis.schema import Place, Reader


def read(reader: Reader, yaml: str) -> tuple[Any, list[str]]:
    """What `reader` makes of the value, and what it says against it."""
    faults: list[Fault] = []
    value = reader(nodes.parse(yaml, "file.md"), Place("file.md", faults, "it"))
    return value, [fault.what for fault in faults]


PARIS = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("reader", "yaml", "value"),
    [
        (schema.text, "no", "no"),
        (schema.text, "12:30", "12:30"),
        (schema.text, "'a\n\n  b'", "a\nb"),
        (schema.text, '"\\0a\\x07b\\u202e"', "ab"),
        (schema.line, "|\n  a\n  b\n", "a b"),
        (schema.number(int, 1, 5), "5", 5),
        (schema.number(float, 0, 9), "2.5", 2.5),
        (schema.boolean, "no", False),
        (schema.boolean, "Oui", True),
        (schema.boolean, "'true'", True),
        (schema.choice("link", "full"), "full", "full"),
        (schema.day, "2026-11-02", date(2026, 11, 2)),
        (schema.moment, "2026-11-02T09:00:00+01:00", datetime(2026, 11, 2, 9, tzinfo=PARIS)),
        (schema.moment, "2026-11-02 09:00 +0100", datetime(2026, 11, 2, 9, tzinfo=PARIS)),
        (schema.web, " https://a.example/b ", "https://a.example/b"),
        (schema.many(schema.text), "[a, no]", ("a", "no")),
        (schema.many(schema.text), "a", ("a",)),
        (schema.many(schema.text), "~", ()),
        (schema.mapping(schema.text), "{a: b, c: 010}", {"a": "b", "c": "010"}),
        (schema.mapping(schema.text), "", {}),
    ],
)
def test_a_value_is_read(reader: Reader, yaml: str, value: object) -> None:
    assert read(reader, yaml) == (value, [])


@pytest.mark.parametrize(
    ("reader", "yaml", "what"),
    [
        (schema.text, "[a]", "it: want text, got a list"),
        (schema.text, "{a: b}", "it: want text, got a mapping"),
        (schema.number(int, 1, 5), "010", "it: want a whole number from 1 to 5, got '010'"),
        (schema.number(int, 1, 5), "6", "it: want a whole number from 1 to 5, got '6'"),
        (schema.number(int, 1, 5), "1_0", "it: want a whole number from 1 to 5, got '1_0'"),
        (schema.number(int, 1, 5), "3.0", "it: want a whole number from 1 to 5, got '3.0'"),
        (schema.number(int, 1, 5), "٣", "it: want a whole number from 1 to 5, got '٣'"),
        (schema.number(float, 0, 9), "nan", "it: want a number from 0 to 9, got 'nan'"),
        (schema.number(int, 1, 5), "9" * 99, f"it: want a whole number from 1 to 5, got '{'9' * 60}…'"),
        (schema.boolean, "maybe", "it: want true or false, got 'maybe'"),
        (schema.choice("link", "full"), "ful", "it: want link or full, got 'ful', did you mean 'full'?"),
        (schema.choice("a", "b", "c"), "", "it: want a, b or c, got nothing"),
        (schema.day, "2026-02-30", "it: want a day, as 2026-11-02, got '2026-02-30'"),
        (schema.day, "12:30", "it: want a day, as 2026-11-02, got '12:30'"),
        (schema.moment, "hier", "it: want a date with time and zone, as 2026-11-02T09:00:00+01:00, got 'hier'"),
        (schema.moment, "9999-12-31T23:59:59Z", "it: want a year from 1000 to 9000, got 9999"),
        (schema.web, "a.example", "it: want an address that begins with https:// or http://, got 'a.example'"),
        (schema.web, "javascript:x", "it: want an address that begins with https:// or http://, got 'javascript:x'"),
    ],
)
def test_a_fault_says_what_is_wanted_and_what_was_found(reader: Reader, yaml: str, what: str) -> None:
    assert read(reader, yaml) == (None, [what])


def test_a_date_without_a_zone_is_told_how_to_get_one() -> None:
    faults: list[Fault] = []
    schema.moment(nodes.parse("2026-11-02 09:00", "file.md"), Place("file.md", faults))

    assert "add the zone" in faults[0].hint


@dataclass(frozen=True)
class Shelf:
    label: str = schema.option(schema.text, doc="What stands on it.")
    size: int = schema.option(schema.number(int, 1, 9), 3, doc="How many.")
    colour: str = schema.option(schema.choice("red"), "red", doc="Which.", never_empty=True)
    words: dict[str, str] = schema.option(schema.mapping(schema.text), {}, doc="By language.")
    lines: dict[str, int] = field(default_factory=dict)


SHELF = schema.record(Shelf)


def test_a_record_is_its_options_or_their_defaults_and_knows_its_lines() -> None:
    assert read(SHELF, "label: a\nsize:\nwords: {fr: b}") == (
        Shelf("a", 3, "red", {"fr": "b"}, {"label": 1, "size": 2, "words": 3}), [],
    )  # fmt: skip


def test_every_fault_of_a_record_is_found_at_once() -> None:
    value, faults = read(SHELF, "labl: a\nsize: 10\nsize: 2\ncolour:\nwords: [x]")

    assert value is None
    assert faults == [
        "it.size: stands twice, first on line 2",
        "it.labl: no such option, did you mean 'label'?",
        "it.size: want a whole number from 1 to 9, got '10'",
        "it.colour: want red, got nothing",
        "it.words: want names with values, one `name: value` a line, got a list",
        "it.label: missing. What stands on it.",
    ]


def test_an_empty_required_option_is_told_at_its_line() -> None:
    faults: list[Fault] = []
    SHELF(nodes.parse("size: 2\nlabel:", "file.md"), Place("file.md", faults, "it", CONFIG))

    assert faults == [Fault("file.md", 2, "it.label: empty. What stands on it.", code=CONFIG)]


def test_keys_of_a_mapping_stand_once_and_are_of_their_type() -> None:
    reader = schema.mapping(schema.text, schema.choice("fr", "en"))

    assert read(reader, "fr: a\nfr: b\nde: c")[1] == [
        "it.fr: stands twice, first on line 1",
        "it: want fr or en, got 'de'",
    ]
