"""Exports of Matomo, Plausible and GoatCounter are read as they come, and what they tell is joined to the hub's own."""

from __future__ import annotations

import csv
import gzip
import tracemalloc
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from parvis.errors import CONFIG, Refused
from parvis.report import headings, reading, views
from parvis.report.reading import amount
from tests.report import hub
from tests.report.hub import EXPORTS, totals

CROSSED = "imported_sources_20261001_20261031.csv"


def table(folder: Path, text: str | bytes, name: str = "visits.csv") -> str:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def read(folder: Path, text: str | bytes, columns: str = "", name: str = "visits.csv") -> views.Told:
    known = hub.known(folder)
    tallies = reading.read(folder, table(folder, text, name), headings.declared(columns), known)
    return views.told(tallies, 1)


def refused(folder: Path, text: str | bytes, columns: str = "", name: str = "visits.csv") -> str:
    with pytest.raises(Refused) as caught:
        read(folder, text, columns, name)
    assert caught.value.code == CONFIG
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "items", "networks", "codes"),
    [
        ("matomo-campaigns.csv", {"article-velo": 40, "forum-1": 12}, {}, {}),
        ("matomo-campaigns-fr.csv", {"article-velo": 1040, "forum-1": 12}, {}, {}),
        ("matomo-names.csv", {"article-velo": 40, "forum-1": 12}, {}, {}),
        ("matomo-sources.csv", {}, {"mastodon": 25, "feed": 15}, {}),
        ("matomo-contents.csv", {}, {}, {"AMBRE26": 25}),
        ("plausible/utm_campaigns.csv", {"article-velo": 38, "forum-1": 1}, {}, {}),
        ("plausible/utm_sources.csv", {}, {"feed": 30, "mastodon": 9}, {}),
        ("plausible/utm_contents.csv", {}, {}, {"AMBRE26": 25}),
        (
            CROSSED,
            {"article-velo": 40, "forum-1": 1},
            {"feed": 30, "mastodon": 10, "email": 1},
            {"AMBRE26": 26, "": 10, "?": 5},
        ),
        ("goatcounter.csv", {"article-velo": 3}, {"mastodon": 3}, {}),
        ("goatcounter-1.csv", {"article-velo": 3}, {"mastodon": 3}, {}),
        ("landing.csv", {"article-velo": 1280}, {"mastodon": 1250, "feed": 30}, {"AMBRE26": 30, "": 1250}),
    ],
)
def test_an_export_tells_by_item_by_network_and_by_code(
    name: str, items: dict[str, int], networks: dict[str, int], codes: dict[str, int], tmp_path: Path
) -> None:
    told = hub.told(tmp_path, name)

    assert (totals(told.items), totals(told.networks), totals(told.codes)) == (items, networks, codes)


def test_visits_that_no_share_brought_are_counted_apart(tmp_path: Path) -> None:
    told = hub.told(tmp_path, CROSSED)

    assert (told.total, told.campaigns, told.otherwise) == (41, 7, 90)
    assert told.days == ("2026-10-02", "2026-10-12")


def test_events_robots_and_reloads_do_not_count(tmp_path: Path) -> None:
    (tally,) = hub.tallies(tmp_path, "goatcounter.csv")

    assert tally.left_out == {"events": 1, "robots": 1, "repeated views": 1}
    assert (tally.otherwise, tally.campaigns) == (1, 1)


def test_a_goatcounter_path_tells_how_often_a_page_was_seen_in_all(tmp_path: Path) -> None:
    assert totals(hub.told(tmp_path, "goatcounter.csv").pages) == {"article-velo": 4, "forum-1": 1}


def test_a_table_of_pages_tells_pages_and_says_so(tmp_path: Path) -> None:
    told = hub.told(tmp_path, "matomo-pages.csv")

    assert (told.total, totals(told.pages), told.otherwise) == (0, {"article-velo": 64, "forum-1": 12}, 196)
    assert "tells pages, and not by which way people came" in told.notes[0].text()


def test_files_of_one_shape_add_up(tmp_path: Path) -> None:
    once = hub.told(tmp_path, CROSSED)
    (tmp_path / "again.csv").write_bytes((EXPORTS / CROSSED).read_bytes())

    twice = hub.told(tmp_path, CROSSED, str(tmp_path / "again.csv"))

    assert twice.total == 2 * once.total


def test_files_of_another_shape_are_other_views_of_the_same_visits(tmp_path: Path) -> None:
    told = hub.told(tmp_path, "plausible/utm_campaigns.csv", "plausible/utm_sources.csv", "plausible/utm_contents.csv")

    assert (told.total, totals(told.networks)["feed"], totals(told.codes)["AMBRE26"]) == (39, 30, 25)
    assert not told.shares
    assert any("does not tell by which network; does not tell by whose code" in note.text() for note in told.notes)


def test_what_was_not_added_is_said(tmp_path: Path) -> None:
    told = hub.told(tmp_path, CROSSED, "plausible/utm_campaigns.csv")

    assert told.total == 41
    assert any("utm_campaigns.csv: not added" in note.text() for note in told.notes)


def test_a_plausible_archive_is_read_as_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((EXPORTS / "plausible").iterdir()):
            archive.write(file, file.name)

    told = hub.told(tmp_path, str(tmp_path / "export.zip"))

    assert (totals(told.items), totals(told.pages)) == ({"article-velo": 38, "forum-1": 1}, {"article-velo": 64})


def test_a_gzipped_export_and_a_folder_of_exports_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "goat"
    folder.mkdir()
    (folder / "goatcounter-export.csv.gz").write_bytes(gzip.compress((EXPORTS / "goatcounter.csv").read_bytes()))
    (folder / "notes.md").write_text("not a table")

    assert totals(hub.told(tmp_path, str(folder)).networks) == {"mastodon": 3}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found(encoding: str, delimiter: str, tmp_path: Path) -> None:
    text = StringIO()
    with (EXPORTS / "matomo-campaigns-fr.csv").open(encoding="utf-8", newline="") as file:
        csv.writer(text, delimiter=delimiter).writerows(csv.reader(file))

    assert totals(read(tmp_path, text.getvalue().encode(encoding)).items) == {"article-velo": 1040, "forum-1": 12}


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12), ("1 234", 1234), ("1\u00a0234\u00a0567", 1234567), ("1\u202f234", 1234), ("1.234", 1234),
        ("1,234", 1234), ("1'234", 1234), ("12.0", 12), ("1,234.00", 1234), ("", 0), ("-", 0), (" 7 ", 7),
        ("12 %", None), ("1.5", None), ("-3", None), ("1,23", None), ("1 23", None), ("=1+1", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_a_count_is_a_whole_number_however_it_is_parted(cell: str, number: int | None) -> None:
    assert amount(cell) == number


def test_columns_may_be_declared_by_header_or_by_number(tmp_path: Path) -> None:
    text = "Einstieg;Besuche;Kampagne\n/x;30;article-velo\n/y;2;\n"

    by_header = read(tmp_path, text, "campaign=Kampagne, visits=Besuche")

    assert totals(by_header.items) == {"article-velo": 30}
    assert read(tmp_path, text, "campaign=3,visits=2") == by_header


def test_a_row_may_count_one_visit_where_that_is_declared(tmp_path: Path) -> None:
    text = "campaign,ip\narticle-velo,192.0.2.7\narticle-velo,192.0.2.8\n"

    assert totals(read(tmp_path, text, "visits=row").items) == {"article-velo": 2}
    assert "how many visits" in refused(tmp_path, text)


def test_a_label_that_may_be_anything_has_to_be_declared(tmp_path: Path) -> None:
    text = "label,nb_visits\nhiver,3\n"

    assert "--columns campaign=label" in refused(tmp_path, text)
    assert read(tmp_path, text, "campaign=label").campaigns == 3


def test_an_unknown_table_names_its_headers_and_how_to_declare_them(tmp_path: Path) -> None:
    said = refused(tmp_path, "Stadt,Leute\nNantes,3\n")

    assert said.startswith("visits.csv:1: no column is known to tell how many visits a row counts or by which way")
    assert "“Stadt”, “Leute”" in said and '--columns "url=Landing page, visits=Sessions"' in said


def test_a_first_row_of_data_is_not_repeated_as_headers(tmp_path: Path) -> None:
    said = refused(tmp_path, "Marie Dupont,192.0.2.7\nPaul Durand,192.0.2.8\n")

    assert "Marie" not in said and "192" not in said


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("", "visits.csv", "empty"),
        ("campaign,visits\nforum-1,3\nforum-1,much\n", "visits.csv:3", "whole number"),
        ("campaign,visits\nforum-1,50 %\n", "visits.csv:2", "whole number"),
        ("campaign,x,visits\nforum-1\n", "visits.csv:2", "1 cells, and there are 3 columns"),
        ('campaign,visits\n"forum-1,3\nforum-1,4\n', "visits.csv:2", "never closed"),
        ('campaign,visits\nforum-1,3\n"' + "forum-1,4\n" * 5000, "visits.csv:3", "never closed"),
        ("campaign,visits\n" + "x" * 2**20, "visits.csv:2", "a line without end"),
        (b"\x1f\x8bnot gzip at all", "visits.csv", "cannot be read"),
        (b"PK\x03\x04not a zip", "visits.csv", "cannot be read"),
    ],
)
def test_a_damaged_table_is_refused_with_its_line(text: str | bytes, where: str, what: str, tmp_path: Path) -> None:
    said = refused(tmp_path, text)

    assert said.startswith(f"{where}: ") and what in said


def test_all_files_at_fault_are_named_in_one_run(tmp_path: Path) -> None:
    known = hub.known(tmp_path)
    table(tmp_path, "a,b\n1,2\n", "one.csv")
    table(tmp_path, "campaign,visits\nforum-1,x\n", "two.csv")

    with pytest.raises(Refused) as caught:
        reading.read(tmp_path, "one.csv, two.csv, three.csv", {}, known)

    assert [fault.where for fault in caught.value.faults] == ["one.csv", "three.csv", "two.csv"]


@pytest.mark.parametrize(
    ("words", "what"),
    [("vists=Sessions", "did you mean 'visits'"), ("Sessions", "cannot read"), ("visits=", "cannot read")],
)
def test_a_declaration_that_is_none_is_refused(words: str, what: str, tmp_path: Path) -> None:
    assert what in refused(tmp_path, "a,b\n1,2\n", words)


def test_a_declared_header_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "no column is named 'Sesions'" in refused(tmp_path, "url,Sessions\n/,2\n", "visits=Sesions")


def test_an_empty_export_is_no_fault(tmp_path: Path) -> None:
    told = read(tmp_path, "No data available")

    assert told.total == 0 and [note.text() for note in told.notes] == ["visits.csv: holds no visits"]


def test_a_long_table_costs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    known = hub.known(tmp_path)
    with (tmp_path / "long.csv").open("w") as file:
        file.write("url,utm_campaign,utm_source,utm_content,visits\n")
        for number in range(20_000):
            file.write(f"/page/{number},campaign-{number},network-{number},code-{number},1\n")
            file.write(f"/articles/velo/?x={number},article-velo,mastodon,AMBRE26,1\n")
    tracemalloc.start()

    (tally,) = reading.read(tmp_path, "long.csv", {}, known)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(tally.shares.values()) == 20_000 and tally.campaigns == 20_000
    assert peak < 6 * 2**20
