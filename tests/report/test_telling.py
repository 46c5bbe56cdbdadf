"""What a report tells adds up, is about shares alone, and leaves no word of an export behind."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from parvis.errors import CONFIG, Refused
from parvis.report import chart, joins, lines, reading, sheets, views, visits, words
from parvis.report.joins import NETWORKS, UNKNOWN, Item, Known, Said, Share
from parvis.report.visits import Asked
from tests import hub as hubs
from tests.report import hub
from tests.report.hub import EXPORTS, totals

CROSSED = "imported_sources_20261001_20261031.csv"
HOSTILE = [
    "=HYPERLINK(1)",
    "+1",
    "-2",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "a\u202eb\u0000c]]>",
    "אבג דהו",
    '"; x',
]
KEYS = st.sampled_from(["", UNKNOWN, "a", "b", "c", "d"])
SUMS = st.dictionaries(st.tuples(KEYS, KEYS, KEYS).map(lambda key: Share(*key)), st.integers(1, 12), max_size=40)
MORE = ["visits", "utm_campaign", "utm_source", "utm_content", "utm_term", "visitIp", "visitorId", "userId", "e-mail"]
MORE += [
    "city",
    "latitude",
    "resolution",
    "deviceModel",
    "referrerUrl",
    "serverTimePretty",
    "metadata_segment",
    "label",
]
DEMO = Path(chart.__file__).resolve().parents[3] / "demo" / "visits.csv"
HOLE = re.compile(r"%\(\w+\)s")
SVG = "{http://www.w3.org/2000/svg}"


def report(folder: Path, *names: str, to: str = "", least: int = 3, json: bool = False, title: str = "Le vélo") -> str:
    hub.site(folder, title)
    said: list[str] = []
    asked = Asked(",".join(str(EXPORTS / name) for name in names), to=to, least=least, json=json)
    assert visits.report(hubs.load(folder), hubs.read(folder), asked, 100, said.append) == 0
    return "\n".join(said)


def everything(folder: Path, *names: str, least: int = 3) -> str:
    """All words of every form of a report."""
    words = report(folder, *names, to="out", least=least) + report(folder, *names, least=least, json=True)
    return words + "".join(file.read_text("utf-8") for file in sorted((folder / "out").iterdir()))


def tally(shares: dict[Share, int], tells: tuple[str, ...] = views.DIMENSIONS) -> reading.Tally:
    return reading.Tally("t.csv", frozenset(tells), shares=Counter(shares))


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))


@given(shares=SUMS, least=st.integers(1, 6))
def test_the_parts_of_every_table_add_up_to_the_same_sum(shares: dict[Share, int], least: int) -> None:
    told, total = views.told([tally(shares)], least), sum(shares.values())

    for matrix in (told.items, told.items_by_code, told.networks, told.codes):
        assert matrix and matrix.total == total
        for line in matrix.lines:
            assert not matrix.columns or line.total == line.other + sum(filter(None, line.cells))
    assert sum(number for _, number in told.shares) + told.pooled == total
    for _, data in sheets.sheets(told, {}):
        assert sum(int(row[-1]) for row in rows(data)[1:]) == total


@given(shares=SUMS, least=st.integers(1, 6))
def test_no_figure_below_the_least_is_told_with_a_name(shares: dict[Share, int], least: int) -> None:
    told = views.told([tally(shares)], least)

    for matrix in (told.items, told.items_by_code, told.networks, told.codes):
        assert matrix and all(line.total >= least for line in matrix.lines)
        assert all(number >= least for line in matrix.lines for number in line.cells if number is not None)
        assert all(number >= least for number in matrix.sums)
    assert all(number >= least for _, number in told.shares)


@given(
    first=st.lists(st.tuples(st.sampled_from(["art-1", "ART-1", "other", ""]), KEYS, st.integers(1, 9))),
    second=st.lists(st.tuples(st.sampled_from(["art-1", "post-2"]), KEYS, st.integers(1, 9))),
)
def test_however_rows_are_dealt_to_files_the_sums_are_the_same(
    first: list[tuple[str, str, int]], second: list[tuple[str, str, int]]
) -> None:
    known = Known({"art-1": Item("art-1", "", ""), "post-2": Item("post-2", "", "")}, {}, {"a": "A"})

    def counted(rows: list[tuple[str, str, int]]) -> reading.Tally:
        made = tally({})
        for campaign, code, number in rows:
            if brought := joins.share(known, Said(campaign=campaign, code=code)):
                made.shares[brought] += number
        return made

    assert views.told([counted(first), counted(second)], 1) == views.told([counted(first + second)], 1)


@pytest.mark.parametrize("name", ["goatcounter.csv", "goatcounter-1.csv", CROSSED, "landing.csv"])
def test_nothing_about_a_person_comes_into_a_report(name: str, tmp_path: Path) -> None:
    told = r"secret|\d\d:\d\d|192\.0\.2|@|dupont|newsletter|[0-9a-f]{16}|AMBRE25|FR-PDL|1440|https?://(?!www.w3.org)"

    assert re.findall(told, everything(tmp_path, name, least=1).replace("@media", "")) == []


def test_no_word_of_a_table_comes_into_a_report_whatever_its_columns(tmp_path: Path) -> None:
    with (EXPORTS / "goatcounter.csv").open(encoding="utf-8", newline="") as file:
        headers = [*next(csv.reader(file)), *MORE]
    table = [[f"zq{row}x{column}" for column in range(len(headers))] for row in range(30)]
    for row in table:
        row[headers.index("Event")], row[headers.index("Bot")], row[headers.index("FirstVisit")] = "false", "0", "true"
        row[headers.index("visits")] = "3"
    for row in table[:10]:
        row[headers.index("utm_campaign")] = "article-velo"
    for row in table[:20]:
        row[headers.index("utm_content")] = "AMBRE26"
    with (tmp_path / "all.csv").open("w", newline="") as file:
        csv.writer(file).writerows([headers, *table])

    said = everything(tmp_path, str(tmp_path / "all.csv"), least=1)

    assert "AMBRE26" in said and "Le vélo" in said
    assert re.findall(r"zq\d+x\d+", said) == []


def test_a_code_or_campaign_that_is_not_ours_is_counted_and_not_named(tmp_path: Path) -> None:
    said = report(tmp_path, CROSSED)

    assert "a code that no ambassador has" in said and "AMBRE25" not in said
    assert "line 4 is the first with a code that no ambassador has" in said
    assert "7 by other campaigns" in said and "automne" not in said


def test_a_single_click_is_told_with_no_share(tmp_path: Path) -> None:
    made = json.loads(report(tmp_path, CROSSED, json=True))

    assert [item["id"] for item in made["items"]] == ["article-velo"]
    assert made["fewer"] == {"items": 1, "networks": 1, "codes": 0, "shares": 1}
    assert "email" not in made["networks"] and all(share["item"] != "forum-1" for share in made["shares"])


def test_the_terminal_shows_a_line_for_each_and_the_sum_last(tmp_path: Path) -> None:
    *_, last = said = report(tmp_path, CROSSED).splitlines()

    assert said[0].split() == ["item", "by", "network", "kind", "visits", "feed", "mastodon", "other"]
    assert said[1].split() == ["Le", "vélo", "articles", "40", "30", "10", "·"]
    assert last == "41 visits by shares, 7 by other campaigns, 90 in other ways, 2026-10-02 to 2026-10-12"


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_the_terminal_is_never_wider_than_it_can_be(width: int, tmp_path: Path) -> None:
    told = hub.told(tmp_path, CROSSED)
    items = {"article-velo": Item("article-velo", "長い題名" * 20, "articles")}
    made = [line for line in lines.lines(told, items, 1, width) if "note:" not in line][:-1]

    assert all(lines.cell_len(line) <= max(width, 80) for line in made)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_in_every_form(title: str, tmp_path: Path) -> None:
    quoted = json.dumps(title.replace("\0", ""), ensure_ascii=False)
    words = joins.known(hubs.load(hub.site(tmp_path, quoted)), hubs.read(tmp_path)).items["article-velo"].title

    report(tmp_path, CROSSED, to="out", title=quoted)

    out = tmp_path / "out"
    page = BeautifulSoup((out / "report.html").read_text("utf-8"), "html.parser")
    drawing = ElementTree.fromstring((out / "chart.svg").read_bytes())
    assert page.script is None and page.select_one("tbody th").get_text() == words
    assert words in [text.text for text in drawing.iter(f"{SVG}text")]
    cell = rows((out / "items.csv").read_bytes())[1][1]
    assert cell.lstrip("'") == words and not cell.startswith(("=", "+", "-", "@"))


def test_the_chart_says_in_words_what_it_shows(tmp_path: Path) -> None:
    report(tmp_path, CROSSED, to="out")

    drawing = ElementTree.fromstring((tmp_path / "out" / "chart.svg").read_bytes())

    assert drawing.get("role") == "img"
    assert drawing.get("aria-labelledby") == f"{drawing[0].get('id')} {drawing[1].get('id')}"
    assert drawing[1].text == (
        "Contenus: Le vélo 40, Autres 1; Réseaux: flux 30, Mastodon 10, Autres 1; "
        "Codes d’ambassade: AMBRE26 26, sans code 10, code que personne n’a 5."
    )
    assert {element.tag.removeprefix(SVG) for element in drawing.iter()} <= {
        "svg", "title", "desc", "style", "rect", "g", "text",
    }  # fmt: skip


def test_the_page_loads_nothing(tmp_path: Path) -> None:
    report(tmp_path, CROSSED, to="out")
    page = BeautifulSoup((tmp_path / "out" / "report.html").read_text("utf-8"), "html.parser")

    assert not page.select("script, link, img, iframe, [src], [href], [onload]")
    assert page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"].startswith("default-src 'none'")


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    assert everything(tmp_path / "one", CROSSED) == everything(tmp_path / "two", CROSSED)


def test_a_report_takes_the_tables_of_an_earlier_one_away(tmp_path: Path) -> None:
    report(tmp_path, CROSSED, to="out")
    report(tmp_path, "plausible/utm_sources.csv", to="out")

    assert {file.name for file in (tmp_path / "out").iterdir()} == {"networks.csv", "chart.svg", "report.html"}


@pytest.mark.parametrize("to", ["content/x", "output", "theme"])
def test_a_report_is_never_written_where_it_would_be_published(to: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        report(tmp_path, CROSSED, to=to)

    assert caught.value.code == CONFIG and "no place for a report" in str(caught.value)


def test_a_table_at_fault_leaves_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        report(tmp_path, CROSSED, "README.txt", to="out")

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("url", "item"),
    [
        ("https://maison.example/articles/velo/", "article-velo"),
        ("/articles/velo", "article-velo"),
        ("articles/velo/index.html?x=1#y", "article-velo"),
        ("/articles/velo%2F", "article-velo"),
        ("/articles/velo/partager/", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_page_is_known_by_its_address(url: str, item: str, tmp_path: Path) -> None:
    assert hub.known(tmp_path).path(url) == item


def test_a_site_in_a_folder_knows_its_pages() -> None:
    known = Known({}, {"articles/velo": "article-velo", "hubert": "page-1"}, {}, "hub")

    assert [known.path(url) for url in ("/hub/articles/velo/", "/articles/velo", "/hubert/")] == [
        "article-velo", "article-velo", "page-1",
    ]  # fmt: skip


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_a_row_says_only_names_of_ours_come_out(url: str, campaign: str, network: str, code: str) -> None:
    known = Known({"a": Item("a", "", "")}, {}, {"c": "C"})

    brought = joins.share(known, Said(url, campaign, network, "share", code))

    assert brought is not None
    assert brought.item in ("", "a", UNKNOWN) and brought.code in ("", "C", UNKNOWN)
    assert brought.network in {"", UNKNOWN, *NETWORKS}


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("utm_source,visits\nmastodon,5\n", 5),
        ("utm_source,utm_campaign,visits\nmastodon,,5\n", 0),
        ("utm_source,utm_medium,utm_campaign,visits\nmastodon,share,,5\n", 5),
        ("url,visits\nhttps://maison.example/?utm_source=mastodon,5\n", 0),
    ],
)
def test_a_network_alone_tells_a_share_only_where_no_campaign_could_stand(
    text: str, total: int, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(text)

    assert hub.told(tmp_path, str(tmp_path / "t.csv")).total == total


def test_what_left_the_hub_is_known_by_no_name(tmp_path: Path) -> None:
    waiting = hubs.item("forum-9", "content/community/2026/forum-9.md", status="pending", approved=None)
    known = hub.known(tmp_path, more=waiting)

    assert "forum-9" not in known.items and "forum-1" in known.items


def test_an_empty_report_draws_that(tmp_path: Path) -> None:
    told = views.told([], 3)

    drawing = ElementTree.fromstring(chart.svg(told, {}, hubs.load(hub.site(tmp_path)).brand))

    assert drawing[1].text == "Aucun partage n’a rien apporté.."


def test_a_french_report_is_french() -> None:
    used = {*views.LACKING.values(), *views.UNKNOWNS.values(), *words.TITLES.values()}
    used |= {name for names in words.NOBODYS.values() for name in names.values()}
    template = (Path(chart.__file__).parent / "page.html").read_text("utf-8")

    assert (used | set(re.findall(r'say\("([^"]+)"\)', template))) - words.FRENCH.keys() == set()
    assert {
        key: value for key, value in words.FRENCH.items() if sorted(HOLE.findall(key)) != sorted(HOLE.findall(value))
    } == {}
    assert [value for value in words.FRENCH.values() if re.search(r" [:;!?»]|« |'", value)] == []


@pytest.mark.skipif(not DEMO.is_file(), reason="the demo brand is gone from here")
def test_the_demo_has_a_table_to_try() -> None:
    root = DEMO.parents[1]

    told = views.told(reading.read(root, "demo/visits.csv", {}, joins.known(hubs.load(root), hubs.read(root))), 3)

    assert told.total and told.codes and {UNKNOWN, "", "FLEURS26"} <= totals(told.codes).keys()
