"""Settings: all files together, every fault at once, with file, line, what is wanted and what was perhaps meant."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from parvis import settings, sources
from parvis.errors import CONFIG, Refused
from tests import hub
from tests.cases import cases

Told = list[tuple[str, int, str]]


def refused(folder: Path, site: str, values: dict[str, Any] | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        settings.load(values or {}, hub.write(folder, site))
    assert caught.value.code == CONFIG
    return caught.value


def told(folder: Path, site: str, values: dict[str, Any] | None = None) -> Told:
    return [(fault.where, fault.line, fault.what) for fault in refused(folder, site, values).faults]


def test_every_fault_of_every_file_is_told_in_one_run(tmp_path: Path) -> None:
    site = """
-- content/brand.yml --
nam: La maison
authority: maison
languages: [fr, de]
-- content/sources.yml --
forum:
  kind: fed
  path: demo/forum.rss
blog:
  kind: feed
  url: https://blog.example/
  into: comunity
-- content/moderation.yml --
words:
  fr: {watsh: [retard]}
-- content/team.yml --
junior: lea
"""
    known = ", ".join(sorted(sources.kinds()))

    assert told(tmp_path, site, {"fetch": {"time_out": 3}, "now": "hier"}) == [
        ("content/brand.yml", 1, "nam: no such option, did you mean 'name'?"),
        ("content/brand.yml", 1, "name: missing. The brand's name, as readers see it."),
        ("content/brand.yml", 2, "authority: want a domain you held and a year, as brand.example,2026, got 'maison'"),
        ("content/brand.yml", 3, "languages: want fr or en, got 'de'"),
        ("content/moderation.yml", 2, "words.fr: want watch, senior or block, got 'watsh', did you mean 'watch'?"),
        ("content/sources.yml", 2, f"forum.kind: want one of {known}, got 'fed', did you mean 'feed'?"),
        (
            "content/sources.yml",
            7,
            "blog.into: want community or testimonials, got 'comunity', did you mean 'community'?",
        ),
        ("content/team.yml", 1, "junior: no such option, did you mean 'juniors'?"),
        ("pelicanconf.py", 0, "PARVIS.fetch.time_out: no such option, did you mean 'timeout'?"),
        ("pelicanconf.py", 0, "PARVIS.now: want a date with time and zone, as 2026-11-02T09:00:00+01:00, got 'hier'"),
    ]


def test_a_file_that_is_not_yaml_does_not_hide_the_faults_of_the_others(tmp_path: Path) -> None:
    brand, sources = "-- content/brand.yml --\nname: a: b\n", "-- content/sources.yml --\nforum:\n\tkind: feed\n"
    site = f"{brand}{sources}-- content/team.yml --\nx: y\n"

    assert [(where, line) for where, line, _ in told(tmp_path, site)] == [
        ("content/brand.yml", 1), ("content/sources.yml", 2), ("content/team.yml", 1),
    ]  # fmt: skip


def test_what_is_set_is_there(tmp_path: Path) -> None:
    known = settings.load({"fetch": {"timeout": 3, "allow": ["localhost:8080"]}, "now": hub.NOW}, hub.write(tmp_path))

    assert (known.brand.name, known.brand.lang, known.brand.languages) == ("La maison", "fr", ("fr", "en"))
    assert [topic.id for topic in known.brand.topics] == ["recettes", "jardin"]
    assert known.sources["avis"].into == "testimonials"
    assert known.sources["avis"].name == "avis"
    assert known.operator.fetch.timeout == 3
    assert known.operator.fetch.allow == ("localhost:8080",)
    assert settings.now(known, {}) == hub.NOW
    assert known.source_label("forum", "fr") == "forum"


def test_the_other_files_may_be_absent_or_empty(tmp_path: Path) -> None:
    hub.write(tmp_path, "-- content/moderation.yml --\n# nothing yet\n")
    (tmp_path / "content/sources.yml").unlink()
    (tmp_path / "content/team.yml").write_text("")
    known = settings.load({}, tmp_path)

    assert (dict(known.sources), known.team.seniors, dict(known.moderation.words)) == ({}, (), {})


def test_without_a_brand_a_hint_says_what_writes_one(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        settings.load({}, tmp_path)

    (fault,) = caught.value.faults
    assert (fault.where, fault.what, fault.code) == ("content/brand.yml", "no such file", CONFIG)
    assert "invoke start" in fault.hint


def test_yaml_words_that_look_like_something_else_stay_words(tmp_path: Path) -> None:
    brand = "-- content/brand.yml --\nname: on\nauthority: a.example,2026\npublic: no\n"
    site = f"{brand}-- content/team.yml --\njuniors: [no, 12:30, 010]\n"
    known = settings.load({}, hub.write(tmp_path, site))

    assert known.team.juniors == ("no", "12:30", "010")
    assert (known.brand.name, known.brand.public) == ("on", False)


@pytest.mark.parametrize("case", cases("sources-yml"))
def test_an_entry_of_sources_yml_says_what_it_lacks(tmp_path: Path, case: dict[str, str]) -> None:
    line, _, what = case["says"].strip().partition(": ")

    assert told(tmp_path, f"-- content/sources.yml --\n{case['given']}") == [("content/sources.yml", int(line), what)]


def test_a_misspelt_kind_is_told_where_it_stands(tmp_path: Path) -> None:
    entry = "-- content/sources.yml --\nforum:\n  path: demo/a.rss\n  knid: feed\n  tagz: x\n"

    (_, missing, what), (_, line, misspelt) = told(tmp_path, entry)

    assert missing == 2 and what.startswith("forum.kind: missing. ")
    assert (line, misspelt) == (3, "forum.knid: no such option, did you mean 'kind'?")


def test_a_folder_that_the_operator_names_may_be_read(tmp_path: Path) -> None:
    hub.write(tmp_path / "hub", "-- content/sources.yml --\nforum: {kind: feed, path: ../exports/a.rss}\n")

    known = settings.load({"fetch": {"folders": ["../exports"]}}, tmp_path / "hub")

    assert known.sources["forum"].path == "../exports/a.rss"


def test_a_link_does_not_lead_out_of_the_folders_that_may_be_read(tmp_path: Path) -> None:
    hub.write(tmp_path, "-- content/sources.yml --\nforum: {kind: feed, path: demo/a.rss}\n-- demo/b --\n")
    (tmp_path / "demo/a.rss").symlink_to("/etc/passwd")

    with pytest.raises(Refused, match="lies outside"):
        settings.load({}, tmp_path)


def test_a_private_repository_may_hold_private_text(tmp_path: Path) -> None:
    brand = f"-- content/brand.yml --\n{hub.BRAND}public: false\n"
    site = f"{brand}-- content/sources.yml --\navis: {{kind: table, path: exports/a.csv}}\n"

    assert settings.load({}, hub.write(tmp_path, site)).sources["avis"].kind == "table"


def test_a_refusal_of_private_text_says_what_else_can_be_done(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, "-- content/sources.yml --\navis: {kind: table, path: exports/a.csv}\n").faults

    assert "invoke publish --remote" in fault.hint


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        ("languages: []", 3, "languages: want at least one of fr, en, each once"),
        ("languages: [fr, fr]", 3, "languages: want at least one of fr, en, each once"),
        ("colours: {brand: }", 3, "colours.brand: want a colour as \"#0b4f6c\", got ''"),
        ("colours:\n  brand: #0b4f6c", 4, "colours.brand: want a colour as \"#0b4f6c\", got ''"),
        ("timezone: Paris", 3, "timezone: want a time zone such as Europe/Paris, got 'Paris'"),
        ("format: 2", 3, "format: want a whole number from 1 to 1, got '2'"),
        ("topics: {a: {fr: A}, a: {fr: B}}", 3, "topics.a: stands twice, first on line 3"),
        ("topics: [C++, Vélo, C#, Vélo]", 3, "topics: 'C++' and 'C#' have one address, 'c'"),
        ("topics: [[a]]", 3, "topics: want text, got a list"),
        ("topics: {a: {f: A}}", 3, "topics.a: want a language code such as fr or en, got 'f'"),
        ("social: [{name: A}]", 3, "social.url: missing. Where it leads."),
    ],
)
def test_a_brand_says_what_it_lacks(tmp_path: Path, lines: str, line: int, what: str) -> None:
    site = f"-- content/brand.yml --\nname: A\nauthority: a.example,2026\n{lines}\n"

    ((where, at, said),) = told(tmp_path, site)
    assert (where, at, said.split(", did you mean")[0]) == ("content/brand.yml", line, what)


def test_a_topic_without_words_is_called_by_its_name(tmp_path: Path) -> None:
    topics = "topics:\n  cargo:\n  pluie: {tags: [rain]}\n  loire: {fr: La Loire, tags: erdre}\n"
    site = f"-- content/brand.yml --\nname: A\nauthority: a.example,2026\n{topics}"
    found = settings.load({}, hub.write(tmp_path, site)).brand.topics

    assert [(topic.id, topic.label.in_("fr"), topic.tags) for topic in found] == [
        ("cargo", "cargo", ()), ("pluie", "pluie", ("rain",)), ("loire", "La Loire", ("erdre",)),
    ]  # fmt: skip


def test_time_is_an_input(tmp_path: Path) -> None:
    known = settings.load({}, hub.write(tmp_path))

    assert settings.now(known, {"SOURCE_DATE_EPOCH": "86400"}) == datetime(1970, 1, 2, tzinfo=UTC)
    assert settings.now(known, {}).tzinfo is UTC
    for epoch in ("²", "hier", "9" * 30):
        with pytest.raises(Refused, match="SOURCE_DATE_EPOCH"):
            settings.now(known, {"SOURCE_DATE_EPOCH": epoch})


@pytest.mark.parametrize("key", ["", "a" * 8, "Ab-0" * 32])
def test_a_key_of_indexnow_is_what_the_protocol_takes(key: str, tmp_path: Path) -> None:
    assert settings.load({"publish": {"indexnow": key}}, hub.write(tmp_path)).operator.publish.indexnow == key


def test_a_hub_that_is_empty_is_none(tmp_path: Path) -> None:
    assert settings.load({"feeds": {"hub": ""}}, hub.write(tmp_path)).operator.feeds.hub == ""


@pytest.mark.parametrize("key", ["a" * 7, "a" * 129, "../../robots", "0123456 9", "0123456é", "01234567\n"])
def test_a_key_that_could_be_another_file_or_is_none_is_a_fault(key: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"PARVIS\.publish\.indexnow: want a key of 8 to 128 letters"):
        settings.load({"publish": {"indexnow": key}}, hub.write(tmp_path))
