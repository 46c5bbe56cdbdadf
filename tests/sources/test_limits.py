"""What a document may ask of its reader: linear work, whatever it holds, and one fault in words beyond that."""

from __future__ import annotations

import time

import pytest

from parvis import sources
from parvis.errors import CONFIG, SOURCES, Refused
from parvis.model import Item
from parvis.sources import Got, Note, discovery, markup

HEAD, FOOT = '<rss version="2.0"><channel><title>x</title>', "</channel></rss>"


def read(
    document: str | bytes, kind: str = "feed", *, type: str = "", max_items: int = 1000
) -> tuple[list[Item], list[str]]:
    body = document if isinstance(document, bytes) else document.encode()
    got = Got(body, "https://h.example/feed", type)
    things = list(sources.read(kind, "src", lambda _: got, url=got.url, max_items=max_items))
    return [t for t in things if isinstance(t, Item)], [t.what for t in things if isinstance(t, Note)]


def refused(document: str | bytes) -> str:
    with pytest.raises(Refused) as fault:
        read(document)
    assert fault.value.code == SOURCES
    return fault.value.faults[0].what


def entry(words: str) -> str:
    return f"<item><guid>https://h.example/1</guid><title>t</title><description>{words}</description></item>"


def test_a_hundred_thousand_entries_cost_no_more_than_the_ones_asked_for() -> None:
    items, notes = read(HEAD + "<item><title>t</title></item>" * 100_000 + FOOT, max_items=1)

    assert ([item.title for item in items], notes) == (["t"], ["only the first 1 entries were read"])


def test_a_document_cut_after_its_first_entries_is_whole_again() -> None:
    nested = "<a:feed xmlns:a='urn:x'><a:Box>" + "<a:entry><a:id>1</a:id></a:entry>" * 3 + "</a:Box></a:feed>"

    assert markup.bounded(nested, 1) == (
        "<a:feed xmlns:a='urn:x'><a:Box><a:entry><a:id>1</a:id></a:entry></a:Box></a:feed>"
    )


def test_a_huge_entry_is_cut_and_costs_no_other() -> None:
    items, notes = read(HEAD + entry("mot " * 2_500_000) + entry("court").replace("/1<", "/2<") + FOOT)

    assert [len(item.html) <= 400_000 for item in items] == [True, True]
    assert items[1].html == "<p>court</p>"
    assert notes == ["entries cut after 400,000 characters: 1"]


def test_a_cut_leaves_no_piece_of_a_tag_or_a_reference() -> None:
    assert markup.cut("<p>un <a href='x'>lien</a>", 10) == "<p>un "
    assert markup.cut("un &eacute; deux", 6) == "un "
    assert markup.cut("a > b <br>", 100) == "a > b <br>"


def test_an_entry_nested_too_deeply_keeps_its_words() -> None:
    items, notes = read(HEAD + entry("&lt;div&gt;" * 5000 + "fond" + "&lt;/div&gt;" * 5000) + FOOT)

    assert items[0].html == "<p>fond</p>"
    assert notes == ["entries nested deeper than 100 elements, of which only the words were kept: 1"]


def test_paragraphs_that_are_never_closed_are_not_nested() -> None:
    items, notes = read(HEAD + entry("&lt;p&gt;mot" * 500) + FOOT)

    assert (len(items), notes) == (1, [])


def test_elements_nested_too_deeply_are_refused() -> None:
    assert refused(HEAD + "<a>" * 500 + FOOT) == "this feed is not read: its elements are nested deeper than 200"


@pytest.mark.parametrize("said", ["x" * 41, "<b>", "&y;", "&#38;y;&#38;y;", "%y;"])
def test_an_entity_that_could_grow_is_refused(said: str) -> None:
    document = f'<!DOCTYPE rss [<!ENTITY x "{said}">]>{HEAD}<item><title>&x;</title></item>{FOOT}'

    assert refused(document) == "this feed is not read: it declares entities, and those are never expanded"


def test_a_tag_with_too_many_attributes_is_refused() -> None:
    many = " ".join(f'a{number}="1"' for number in range(20_000))

    assert refused(f"{HEAD}<item {many}/>{FOOT}") == (
        "this feed is not read: one of its tags has 20000 attributes, more than 120"
    )


@pytest.mark.parametrize("quote", ['"', "'"])
def test_attributes_cannot_hide_behind_a_quotation_mark(quote: str) -> None:
    many = " ".join(f"a{number}=1" for number in range(500))

    with pytest.raises(markup.TooMuch):
        markup.bounded(f"{HEAD}<item title={quote} > {many}>{FOOT}".replace(" > ", " "), 10)


@pytest.mark.parametrize(
    "piece",
    [
        *("<!--", "<![CDATA[", "<?", "<!", "<", "</", "&#", "&#x", "<!ENTIT", "&", "]]>", "-->", ";"),
        *("<br ", '<br "', "<br '", "<br a=", '<br a="b>', '"<br', "</item>", "<br/>", "<br a=''\"", "<p>", "\n"),
    ],
)
def test_looking_at_a_document_takes_linear_time(piece: str) -> None:
    document = HEAD + piece * (100_000 // len(piece))
    start = time.process_time()

    markup.bounded(document, 10)
    markup.deeper(document, 10**9)
    markup.root(document)
    discovery.feed_of(document, "https://h.example/")
    discovery.title(document)

    assert time.process_time() - start < 3


ENCODINGS = {
    "as declared": ('<?xml version="1.0" encoding="iso-8859-15"?>', "iso-8859-15", "", ""),
    "UTF-16 with its mark": ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", "", ""),
    "UTF-16 without": ('<?xml version="1.0"?>', "utf-16-le", "", ""),
    "UTF-32 without": ('<?xml version="1.0"?>', "utf-32-be", "", ""),
    "UTF-8 that calls itself Latin 1": ('<?xml version="1.0" encoding="iso-8859-1"?>', "utf-8", "", ""),
    "UTF-8 that calls itself UTF-16": ('<?xml version="1.0" encoding="utf-16"?>', "utf-8", "", ""),
    "UTF-8 with a mark, called Latin 1": ('<?xml version="1.0" encoding="iso-8859-1"?>', "utf-8-sig", "", ""),
    "cp1252 that calls itself UTF-8": ('<?xml version="1.0" encoding="utf-8"?>', "cp1252", "", ""),
    "cp1252 that calls itself Latin 1": ('<?xml version="1.0" encoding="iso-8859-1"?>', "cp1252", "", ""),
    "as the server says": ("", "cp1251", "text/xml; charset=windows-1251", "Привет"),
    "a server that is wrong": ("", "utf-8", 'text/xml; charset="iso-8859-1"', ""),
    "a server that calls all Latin 1": (
        '<?xml version="1.0" encoding="windows-1251"?>',
        "cp1251",
        "text/xml; charset=iso-8859-1",
        "Привет",
    ),
    "a server that knows better": (
        '<?xml version="1.0" encoding="iso-8859-1"?>',
        "cp1251",
        "text/xml; charset=windows-1251",
        "Привет",
    ),
    "an encoding that there is not": ('<?xml version="1.0" encoding="x-none"?>', "cp1252", "", ""),
    "an encoding of something else": ('<?xml version="1.0" encoding="rot13"?>', "utf-8", "", ""),
    "EUC-KR": ('<?xml version="1.0" encoding="euc-kr"?>', "euc-kr", "", "년 한국"),
    "a narrow name for Chinese": ('<?xml version="1.0" encoding="gb2312"?>', "gb18030", "", "中文€"),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_text_comes_out_right_whatever_it_is_called(case: str) -> None:
    declaration, encoding, type, title = ENCODINGS[case]
    title = title or "L’été, ça œuvre"
    if encoding == "iso-8859-15":
        title = title.replace("’", "'")

    items, _ = read(f"{declaration}{HEAD}<item><title>{title}</title></item>{FOOT}".encode(encoding), type=type)

    assert [item.title for item in items] == [title]


@pytest.mark.parametrize(
    "type", ["", "text/html", "application/octet-stream", "text/plain; charset=utf-8", "image/png"]
)
def test_the_type_that_a_server_gives_does_not_count(type: str) -> None:
    items, _ = read(f"\n\n  {HEAD}<item><title>Été</title></item>{FOOT}", type=type)

    assert [item.title for item in items] == ["Été"]


def test_a_document_that_looks_like_a_path_opens_no_file(tmp_path: object) -> None:
    assert refused(b"/etc/hostname") == "this is no feed; it starts with “/etc/hostname”"
    assert refused(b"https://h.example/other.xml").startswith("this is no feed")


def test_an_element_with_the_name_of_a_parsed_value_does_no_harm() -> None:
    names = ("updated_parsed", "published_parsed", "author_detail", "title_detail", "summary_detail", "content_detail")
    odd = "".join(f"<{name}>x</{name}>" for name in names)

    items, _ = read(f"{HEAD}<item><title>t</title>{odd}<pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>{FOOT}")

    assert [(item.title, item.published is not None) for item in items] == [("t", True)]


def test_a_hundred_thousand_rows_are_read() -> None:
    rows = "".join(f"Nom {number},Texte {number}\n" for number in range(100_000))

    items, notes = read("Nom,Avis\n" + rows, "table", max_items=200_000)

    assert (len(items), len({item.id for item in items}), notes) == (100_000, 100_000, [])


def test_a_huge_cell_is_cut() -> None:
    items, notes = read('Avis,Nom\n"' + "mot " * 500_000 + '",Zoé\nCourt,Bob\n', "table")

    assert [(len(item.html) < 21_000, item.author.name) for item in items] == [(True, "Zoé"), (True, "Bob")]
    assert notes == ["rows cut after 20,000 characters: 1"]


def test_a_table_of_many_columns_or_rows_is_read_as_far_as_tables_go() -> None:
    _, notes = read("avis\n" + "x\n" * 250_000, "table")

    assert notes == ["rows left out because they repeat another: 199998", "only the first 200,000 rows were read"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_tables_are_read_whatever_saved_them(encoding: str, sign: str) -> None:
    table = f'Avis{sign}Nom\r\n"Très bien{sign} l’été"{sign}Zoé\r\n'.encode(encoding)

    items, _ = read(table, "table")

    assert [(item.html, item.author.name) for item in items] == [(f"<p>Très bien{sign} l’été</p>", "Zoé")]


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"timezone": "Europe/Pari"}, "src.timezone: want a time zone such as Europe/Paris, got 'Europe/Pari'"),
        (
            {"timezone": "../../etc/passwd"},
            "src.timezone: want a time zone such as Europe/Paris, got '../../etc/passwd'",
        ),
        ({"timezone": ""}, "src.timezone: want a time zone such as Europe/Paris, got ''"),
        ({"dates": "y/m/d"}, "src.dates: want d/m/y or m/d/y, got 'y/m/d'"),
        ({"delimiter": ", "}, "src.delimiter: want one sign or 'tab', got ', '"),
        ({"encoding": "utf-9"}, "src.encoding: no encoding is named 'utf-9'"),
        ({"encoding": "rot13"}, "src.encoding: no encoding is named 'rot13'"),
    ],
)
def test_an_option_that_cannot_be_is_a_fault_of_the_configuration(options: dict[str, str], fault: str) -> None:
    with pytest.raises(Refused) as refused:
        list(sources.read("table", "src", lambda _: Got(b"avis\nx\n"), url="exports/a.csv", **options))

    assert [(one.where, one.what) for one in refused.value.faults] == [("content/sources.yml", fault)]
    assert refused.value.code == CONFIG
