"""The gate of front matter: what a person wrote stays, what a stranger sent stays one value."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from parvis import html, matter, nodes
from parvis.errors import Fault, Refused
from parvis.kinds import Article, Community
from parvis.nodes import Pairs
from tests.cases import shared

ANY = st.text(st.characters(exclude_categories=()))
NAUGHTY = shared("hostile/naughty-strings.json") or []
PAYLOADS = (shared("hostile/text-payloads.json") or {}).get("frontmatter", [])
STRINGS = [*NAUGHTY, *(str(value) for payload in PAYLOADS for value in payload.values())]
PATH = "content/community/a.md"
WRITTEN = """---
# who said it
id: forum-1
title: 'Un titre'   # as they wrote it
author: {name: Zoé}

status: pending # waits for lea
source: forum
flags:
  # what the pull saw
  - no-date
# the end
pulled: 0123456789abcdef
---

Bonjour.
"""


def fields(text: str) -> dict[str, object]:
    root = nodes.parse(matter.split(text, PATH)[0], PATH)
    assert isinstance(root, Pairs)
    assert len({key.value for key, _ in root.pairs}) == len(root.pairs)
    return {key.value: nodes.bare(value) for key, value in root.pairs}


@given(title=ANY, tags=st.lists(ANY), body=ANY)
def test_whatever_stands_in_a_value_the_file_has_just_the_fields_it_was_given(
    title: str, tags: list[str], body: str
) -> None:
    text = matter.write({"title": title, "tags": tags, "status": "pending"}, body)

    assert fields(text) == {"title": html.prose(title), "tags": list(map(html.prose, tags)), "status": "pending"}
    assert matter.split(text, PATH)[1].strip() == html.prose(body).strip()
    text.encode()


@pytest.mark.parametrize("string", STRINGS)
def test_naughty_strings_are_only_strings(string: str) -> None:
    text = matter.write({"title": string, "author": {"name": string}, "tags": [string], "lang": "fr"}, string)

    said = html.prose(string)
    assert fields(text) == {"title": said, "author": [("name", said)], "tags": [said], "lang": "fr"}
    assert matter.split(text, PATH)[1].strip() == said.strip()


@pytest.mark.parametrize("string", STRINGS)
def test_a_naughty_item_is_read_as_text(string: str) -> None:
    head = {"id": "a-1", "title": f"x {string}", "author": {"name": f"x {string}"}, "source": "forum", "tags": [string]}
    document = matter.parse(matter.write(head, string), PATH)

    assert isinstance(document.head, Community)
    assert document.head.title == document.head.author.name == html.text(f"x {string}")
    assert document.head.tags == tuple(filter(None, [html.text(string)]))
    assert document.head.status == "pending"


@given(st.dictionaries(ANY, st.lists(ANY | st.booleans() | st.integers())))
def test_a_dump_needs_no_alias_and_keeps_its_order(values: dict[str, object]) -> None:
    same = {"one": [values], "two": [values]}

    assert isinstance(nodes.parse(matter.dump(same), PATH), Pairs)


@given(st.dictionaries(st.from_regex("[a-z]{4,9}", fullmatch=True), ANY.map(html.prose) | st.integers() | st.floats()))
def test_what_is_written_is_what_yaml_itself_would_write(values: dict[str, object]) -> None:
    values = {name: value for name, value in values.items() if name not in ("true", "false", "null")}

    assert matter.dump(values) == yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10**6)


@pytest.mark.parametrize("title", ["x", "🚲"])
def test_a_value_that_stands_twice_is_written_twice(title: str) -> None:
    day = date(2026, 1, 1)

    written = matter.dump({"title": title, "one": day, "two": day})

    assert written == f"title: {title}\none: 2026-01-01\ntwo: 2026-01-01\n"


def test_a_file_is_written_to_the_letter() -> None:
    head = {
        "title": "été " * 40,
        "on": 1,
        "no": 2,
        "A b": 3,
        "1": 4,
        "a\u202eb\nc": None,
        "tags": ("b", "a"),
        "x": {"y": ["z"]},
    }

    assert matter.write(head, "\n Corps \r\n") == (
        f"---\ntitle: '{'été ' * 40}'\non: 1\nno: 2\nA b: 3\n'1': 4\nab c: null\ntags:\n- b\n- a\nx:\n  y:\n  - z\n"
        "---\n\nCorps\n"
    )


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({"a": ["b", {"c": "d"}], "e": "f"}, "a:\n- b\n- {c: d}\ne: f\n"),
        ({"a": {"b": ["c"]}}, "a:\n  b: [c]\n"),
        ({"a": ["b", "🚲"]}, "a: [b, 🚲]\n"),
        ({"a": "b"}, "a: b\n"),
    ],
)
def test_a_list_may_be_written_between_brackets(values: dict[str, object], written: str) -> None:
    assert matter.dump(values, flow=True) == written


@pytest.mark.parametrize("title", ["Pluie 🚲", '🎉 : "oui"', "l’été 🎉 #1"])
def test_emoji_are_written_as_they_are(title: str) -> None:
    written = matter.dump({"title": title, "tags": [title]}, flow=True)

    assert written.count(title) == 2
    assert yaml.safe_load(written) == {"title": title, "tags": [title]}


def test_dates_are_written_as_people_write_them() -> None:
    moment = datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=1)))

    assert matter.dump({"date": moment, "on": date(2026, 11, 3)}) == "date: 2026-11-02T09:00:00+01:00\non: 2026-11-03\n"


@pytest.mark.parametrize(
    "word", ["no", "12:30", "010", "2026-11-02", "null", "~", "1e3", "", " a ", "- a", "#a", "a: b"]
)
def test_a_word_that_yaml_would_read_as_something_else_comes_back_as_itself(word: str) -> None:
    assert fields(matter.write({"title": word}, "")) == {"title": word}


def test_an_edit_changes_its_fields_and_nothing_else() -> None:
    edited = matter.edit(WRITTEN, PATH, {"status": "published", "flags": ["late"], "pulled": None, "pinned": True})

    assert edited == WRITTEN.replace("status: pending #", "status: published #").replace(
        "flags:\n  # what the pull saw\n  - no-date\n", "flags:\n- late\n"
    ).replace("pulled: 0123456789abcdef\n", "pinned: true\n")


def test_an_edit_of_many_lines_keeps_the_notes_around_it() -> None:
    approved = {"by": "lea", "on": date(2026, 11, 3)}
    edited = matter.edit(WRITTEN, PATH, {"title": "a\nb", "approved": approved})

    assert edited.count("#") == WRITTEN.count("#")
    assert fields(edited) == fields(WRITTEN) | {"title": "a\nb", "approved": [("by", "lea"), ("on", "2026-11-03")]}
    assert matter.edit(edited, PATH, {"title": "Un titre", "approved": None}).replace("'", "") == WRITTEN.replace(
        "'", ""
    )


def test_a_list_between_brackets_stays_between_brackets() -> None:
    text = "---\ntags: [a, b]  # c\nflags:\n- d\nauthor: {name: e}\n---\n"

    assert matter.edit(text, PATH, {"tags": ["f"], "flags": ["g"], "author": {"name": "h"}}) == (
        "---\ntags: [f]  # c\nflags:\n- g\nauthor: {name: h}\n---\n"
    )
    assert matter.edit(text, PATH, {"tags": "f", "author": []}) == text.replace("[a, b]", "f").replace(
        "{name: e}", "[]"
    )


FIELDS = [
    *("# note", "", "a: b", "a: 'c: d' # e", "c:", "d:\n  - e\n  # f\n  - g", "h:\n- i", "j: {k: l}"),
    *("m: |\n  n\n\n  # o\n", "p: q\n  r", "s: [t,\n  u]"),
]
LINES = st.lists(st.sampled_from(FIELDS), unique_by=lambda line: line.partition(":")[0])


@given(
    lines=LINES,
    name=st.sampled_from("acdhjmpsz"),
    value=st.one_of(st.none(), ANY, st.lists(ANY), st.dictionaries(ANY, ANY)),
)
def test_whatever_the_file_an_edit_keeps_every_other_field_and_note(lines: list[str], name: str, value: object) -> None:
    text = "---\n" + "".join(f"{line}\n" for line in lines) + "---\nCorps\n"
    edited = matter.edit(text, PATH, {name: value})

    before, after = fields(text) if any(":" in line for line in lines) else {}, edited
    rest = {key: said for key, said in before.items() if key != name}
    if value is None:
        assert nodes.bare(nodes.parse(matter.split(after, PATH)[0], PATH)) in (list(rest.items()), None)
    else:
        found = fields(after)
        assert found.pop(name) is not None or value == ""
        assert found == rest
    assert edited.count("# note") == text.count("# note")


@pytest.mark.parametrize("head", ["{a: b, status: pending}", "a: b\na: c", "? a\n: b"])
def test_front_matter_that_cannot_be_edited_safely_is_left_alone(head: str) -> None:
    with pytest.raises(Refused):
        matter.edit(f"---\n{head}\n---\n", PATH, {"a": ["x", {"y": "z"}], "b": "c"})


def test_what_cannot_be_edited_is_said_with_its_line() -> None:
    with pytest.raises(Refused) as broken:
        matter.edit("---\na: b\n: : x\n---\n", PATH, {"a": "c"})
    with pytest.raises(Refused) as twice:
        matter.edit("---\na: b\na: c\n---\n", PATH, {"a": "d"})

    assert [(fault.where, fault.line) for fault in broken.value.faults] == [(PATH, 3)]
    assert twice.value.faults == (
        Fault(PATH, 1, "this front matter only a person can edit", "write one `name: value` a line"),
    )


@pytest.mark.parametrize(
    ("changes", "becomes"),
    [
        ({"c": "e"}, "a: b\nc: e\n"),
        ({"c": None}, "a: b\n"),
        ({"a": None, "c": None}, ""),
        ({"e": "f"}, "a: b\nc: d\ne: f\n"),
    ],
)
def test_a_last_line_without_an_end_gets_one(changes: dict[str, object], becomes: str) -> None:
    assert matter.change("a: b\nc: d", "x.yml", changes) == becomes


@pytest.mark.parametrize("changes", [{"a": "x, z"}, {"e": "f"}, {"a": ["x"]}])
def test_an_edit_that_would_change_another_field_is_refused(changes: dict[str, object]) -> None:
    """Between braces `x, z` would be two fields, and a line below them none."""
    with pytest.raises(Refused) as refused:
        matter.change("{a: b, c: d}\n", "x.yml", changes)

    assert {fault.where for fault in refused.value.faults} == {"x.yml"}


def test_a_text_without_fields_is_not_edited() -> None:
    with pytest.raises(Refused) as refused:
        matter.edit("Corps", PATH, {"a": "b"})

    assert [fault.where for fault in refused.value.faults] == [PATH]


def test_an_empty_file_can_be_given_fields() -> None:
    assert matter.change("", "x.yml", {"a": "b"}) == "a: b\n"
    assert matter.edit("---\n---\nCorps\n", PATH, {"a": "b"}) == "---\na: b\n---\nCorps\n"


def test_half_a_letter_has_a_hash_too() -> None:
    assert matter.text_hash("a\ud800") == hashlib.sha256(b"a?").hexdigest()[:16]
    assert matter.pulled_hash("a\ud800") == hashlib.sha256(b"a?\n").hexdigest()[:16]


def test_the_hash_of_a_pull_leaves_out_one_line_of_the_front_matter() -> None:
    """To the byte, for files hold it: by another rule, all that wait would look as if a person had edited them."""
    text = "---\na: b\npulled: 0\npulled: 1\n---\n\npulled: 2\n\n---\n\npulled: 3\n"
    hashed = "---\na: b\npulled: 1\n\n---\n\npulled: 2\n\n---\n\npulled: 3\n"

    assert matter.pulled_hash(text) == hashlib.sha256(hashed.encode()).hexdigest()[:16]
    assert matter.pulled_hash(text.replace("\n", "\r\n")) == matter.pulled_hash(text)


def test_the_hash_of_a_text_is_the_same_for_every_editor() -> None:
    """DESIGN, formats: the first 16 hex digits of SHA-256 over the body, UTF-8, LF, stripped at both ends."""
    expected = hashlib.sha256("Été\n\nfini".encode()).hexdigest()[:16]

    assert {matter.text_hash(body) for body in ("Été\n\nfini", "\n Été\r\n\r\nfini\n\n", "Été\r\rfini")} == {expected}


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("L’été à Nantes", "l-ete-a-nantes"),
        ("  C++ & C#  ", "c-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("Œuvre ﬁne", "oeuvre-fine"),
        ("北京", "bei-jing"),
        ("\u202e\u200b\ud800", ""),
        ("🎉", ""),
        ("a" * 100, "a" * 60),
        ("mot " * 40, ("mot-" * 15)[:-1]),
    ],
)
def test_a_slug_is_small_ascii_words(words: str, slug: str) -> None:
    assert matter.slug(words) == slug


@given(ANY)
def test_a_slug_is_always_safe_in_an_address_and_a_file_name(words: str) -> None:
    slug = matter.slug(words)

    assert len(slug) <= 60
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert "--" not in slug


ARTICLE = "---\nid: a-1\ntitle: T\ndate: 2026-11-02T09:00:00+01:00\n"


def test_a_file_becomes_a_document_with_the_lines_of_its_fields() -> None:
    document = matter.parse(f"{ARTICLE}tags: cargo, pluie\n---\nCorps\n", "content/articles/le-titre.md")

    assert isinstance(document.head, Article)
    assert document.head.date == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert document.head.tags == ("cargo", "pluie")
    assert (document.body, document.line, document.slug, document.delicate) == ("Corps\n", 7, "le-titre", False)
    assert document.lines == {"id": 2, "title": 3, "date": 4, "tags": 5}
    assert document.text_hash == matter.text_hash("Corps")


@pytest.mark.parametrize(
    ("more", "name", "slug"),
    [("slug: vélo-cargo\n", "a", "velo-cargo"), ("", "Été 1", "ete-1"), ("", "🎉", "a-1")],
)
def test_a_slug_is_the_one_that_is_written_else_of_the_file_else_of_the_id(more: str, name: str, slug: str) -> None:
    more = more.replace("é", "e")

    assert matter.parse(f"{ARTICLE}{more}---\n", f"content/articles/{name}.md").slug == slug


def test_a_file_may_be_read_by_the_rules_of_another_folder() -> None:
    text = matter.write({"id": "a", "title": "b", "author": "c", "source": "d"}, "")
    document = matter.parse(text, "content/proposals/a.md", "community", "d1")

    assert (type(document.head), document.digest) == (Community, "d1")


def test_tags_between_quotes_or_in_a_list_keep_their_commas_and_stand_once() -> None:
    document = matter.parse(f'{ARTICLE}tags: ["a, b", c, c, "", ~]\n---\n', "content/articles/a.md")

    assert document.head.tags == ("a, b", "c")


def test_every_fault_of_a_file_is_found_with_its_line() -> None:
    text = "---\ntitel: T\ndate: 2026-11-02\nstatus: publié\nquotes: ['../x']\nid: a\nid: b\n---\n"
    with pytest.raises(Refused) as refused:
        matter.parse(text, "content/articles/a.md")

    assert [(fault.line, fault.what.partition(":")[0]) for fault in refused.value.faults] == [
        (2, "titel"), (2, "title"), (3, "date"), (4, "status"), (5, "quotes"), (7, "id"),
    ]  # fmt: skip
    assert "did you mean 'title'?" in str(refused.value)
    assert "did you mean 'published'?" in str(refused.value)


@pytest.mark.parametrize("text", ["", "Corps", "---\nid: a\n", "\n---\nid: a\n---\n", "----\nid: a\n----\n"])
def test_a_file_without_front_matter_is_told_what_is_missing(text: str) -> None:
    with pytest.raises(Refused) as refused:
        matter.parse(text, "content/articles/a.md")

    what = "no front matter: want a line `---`, the fields, another line `---`"
    assert refused.value.faults == (
        Fault("content/articles/a.md", 1, what, "`invoke new KIND` writes a file that has one"),
    )


def test_a_walk_goes_on_after_a_fault(tmp_path: Path) -> None:
    articles = tmp_path / "content/articles"
    (articles / "2026").mkdir(parents=True)
    (articles / "folder.md").mkdir()
    (articles / "a.md").write_text("no front matter")
    (articles / "b.md").write_bytes(b"---\ntitle: \xff\n---\n")
    (articles / "2026/c.md").write_text(f"{ARTICLE}---\nCorps\n")
    (articles / "d.markdown").write_text(f"{ARTICLE}---\n")
    (articles / "e.md").symlink_to("2026/c.md")
    (articles / "f.txt").write_text("a note")
    (articles / ".g.md").write_text("an editor's lock")
    faults: list[Fault] = []

    assert [document.path for document in matter.walk(tmp_path, faults)] == ["content/articles/2026/c.md"]
    assert {(fault.where, fault.what) for fault in faults} == {
        ("content/articles/a.md", "no front matter: want a line `---`, the fields, another line `---`"),
        ("content/articles/b.md", "not UTF-8"),
        ("content/articles/d.markdown", "its name ends in .markdown, so nothing reads it"),
        ("content/articles/e.md", "a link to another file"),
    }
    assert {fault.hint for fault in faults if fault.where.endswith(("d.markdown", "e.md"))} == {
        "let it end in .md",
        "put the file itself here",
    }


def test_files_are_found_in_the_order_of_their_folders_and_not_beyond_a_link(tmp_path: Path) -> None:
    almost = ("a.MD", "b.Markdown", "c.mkd", "d.mdown", "e.mdwn")
    for name in ("a-b/x.md", "a/b.md", *almost, "a/.#c.md", "a/README"):
        file = tmp_path / "content/articles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{ARTICLE}---\n")
    (tmp_path / "content/articles/link").symlink_to("a")
    faults: list[Fault] = []

    assert [path for path, _ in matter.found(tmp_path, faults, ["articles", "none"])] == [
        "content/articles/a/b.md", "content/articles/a-b/x.md",
    ]  # fmt: skip
    assert [fault.where for fault in faults] == [f"content/articles/{name}" for name in almost]


def test_an_item_is_delicate_by_its_folder() -> None:
    text = matter.write({"id": "a", "title": "b", "author": "c", "source": "d"}, "")

    assert matter.parse(text, "content/community/delicate/2026/a.md").delicate
    assert matter.parse(text, "content/community/delicate/a.md").delicate
    assert matter.parse(text, "content/community/2026/delicate/a.md").delicate
    assert not matter.parse(text, "content/community/2026/delicate.md").delicate


@pytest.mark.parametrize(
    ("changes", "becomes"),
    [
        ({"title": "Le prix XX"}, "title: Le prix XX\ntags: XX\nmore: [a, X]\n"),
        ({"tags": ["a", "b"]}, "title: Un titre\ntags:\n- a\n- b\nmore: [a, X]\n"),
        ({"more": ["b", "c"]}, "title: Un titre\ntags: XX\nmore: [b, c]\n"),
        ({"title": None}, "tags: XX\nmore: [a, X]\n"),
        ({"more": None}, "title: Un titre\ntags: XX\n"),
        ({"new": "x", "other": None}, "title: Un titre\ntags: XX\nmore: [a, X]\nnew: x\n"),
        ({"new": ["x"]}, "title: Un titre\ntags: XX\nmore: [a, X]\nnew:\n- x\n"),
        ({"title": "a: b", "tags": None}, "title: 'a: b'\nmore: [a, X]\n"),
    ],
)
def test_a_change_is_to_the_letter(changes: dict[str, object], becomes: str) -> None:
    head = "title: Un titre\ntags: XX\nmore: [a, X]\n"

    assert matter.change(head, "x.md", changes) == becomes
    assert matter.edit(f"---\n{head}---\n\nText.\n", "x.md", changes) == f"---\n{becomes}---\n\nText.\n"
