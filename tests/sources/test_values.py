"""Addresses, names, languages, answers and headers, as strangers write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.html import UNSEEN
from parvis.model import Item, Person
from parvis.sources import answers, columns, dates, values

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)


@given(ANYTHING, st.sampled_from(["", "https://h.example/a/", "http://127.0.0.1:8000/x"]))
def test_an_address_fits_an_item_or_is_none(raw: str, base: str) -> None:
    url = values.web(raw, base)

    Item("s", "1", Person("", url), "", url)
    assert not set(url) & set(" <>\"'`\\\n") - {"'"}
    url.encode()


@given(ANYTHING)
def test_a_title_is_one_line_without_what_nobody_sees(raw: str) -> None:
    said = values.headline(raw)

    assert "\n" not in said
    assert not any(ord(character) in UNSEEN for character in said)
    assert len(said) <= 1000


@given(ANYTHING)
def test_a_name_has_no_mail_address(raw: str) -> None:
    assert "zoe@exemple.fr" not in values.signature(f"{raw} zoe@exemple.fr")


@given(ANYTHING)
def test_plain_text_becomes_markup_that_says_the_same(raw: str) -> None:
    assert "<" not in values.paragraphs(raw).replace("<p>", "").replace("</p>", "").replace("<br>", "")


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("fr", "fr"), ("FR-fr", "fr-FR"), ("en_US", "en-US"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"), ("de-CH-1996", "de-CH"), (" fr ", "fr"), ("und", ""),
        ("english", ""), ("", ""), ("*", ""), ("f", ""),
    ],
)  # fmt: skip
def test_languages(raw: str, read: str) -> None:
    assert values.language(raw) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Zoé", "Zoé"),
        ("Zoé <zoe@a.example>", "Zoé"),
        ("zoe@a.example (Zoé Lefèvre)", "Zoé Lefèvre"),
        ("Zoé [zoe@a.example]", "Zoé"),
        ("mailto:zoe@a.example", ""),
        ("zoe@a.example, bob@b.example", ""),
        ("@zoe@mastodon.example", "@zoe@mastodon.example"),
        ("Zoé (Lyon)", "Zoé (Lyon)"),
        ("<b>Zoé</b> &amp; Bob", "Zoé & Bob"),
        ("Z" * 1000, "Z" * 200),
    ],
)
def test_names(raw: str, read: str) -> None:
    assert values.signature(raw) == read


def test_tags_are_text_once_each_and_not_endless() -> None:
    assert values.labels(["Été", "E\u0301te\u0301", "<b>x</b>", "", "  ", "y" * 81, "a\u200bb"]) == ("Été", "x", "ab")
    assert len(values.labels(str(number) for number in range(1000))) == 40


def test_a_licence_is_an_address_or_a_short_statement() -> None:
    assert values.licence(["", "https://l.example/"], "© Zoé") == "https://l.example/"
    assert values.licence(["javascript:x"], "", "© Zoé") == "© Zoé"
    assert values.licence([], "x" * 201) == ""


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (datetime(2026, 11, 2, 10, tzinfo=timezone(timedelta(hours=1))), datetime(2026, 11, 2, 9, tzinfo=UTC)),
        (datetime(2026, 11, 2), None),
        (datetime(1899, 12, 31, tzinfo=UTC), None),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))), None),
        (None, None),
    ],
)
def test_moments_are_in_utc_and_of_our_age(given: datetime | None, read: datetime | None) -> None:
    assert values.moment(given) == read


@given(ANYTHING)
def test_no_date_raises(raw: str) -> None:
    for read in (dates.read(raw), dates.iso(raw), values.moment(answers.when(raw))):
        assert read is None or read.tzinfo is UTC


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2026/09/12 2:03:11 PM UTC+2", "2026-09-12T14:03:11+02:00"),
        ("2026-09-12T14:03:11Z", "2026-09-12T14:03:11+00:00"),
        ("2026-09-12T14:03:11.123+02:00", "2026-09-12T14:03:11+02:00"),
        ("2026-09-12 14:03:11 +0200", "2026-09-12T14:03:11+02:00"),
        ("2026-09-12 10:00 GMT", "2026-09-12T10:00:00+00:00"),
        ("2026-09-12 12:30 AM", "2026-09-12T00:30:00"),
        ("12/09/2026 14:03", "2026-09-12T14:03:00"),
        ("14:03 12-09-2026", "2026-09-12T14:03:00"),
        ("12.09.26", "2026-09-12T00:00:00"),
        ("lundi 12 septembre 2026 à 14h03", "2026-09-12T14:03:00"),
        ("1er août 2026", "2026-08-01T00:00:00"),
        ("12 juil. 2026", "2026-07-12T00:00:00"),
        ("Sep 12, 2026, 2:03 PM", "2026-09-12T14:03:00"),
        ("1789221791", "2026-09-12T14:03:11+00:00"),
    ],
)
def test_dates_in_cells(cell: str, read: str) -> None:
    given = answers.when(cell)

    assert given is not None
    assert given.isoformat() == read


@pytest.mark.parametrize("cell", ["", "demain", "31/02/2026", "99/99/9999", "2026-09-12 24:00", "12 brumaire 2026"])
def test_cells_without_a_date(cell: str) -> None:
    assert answers.when(cell) is None


@pytest.mark.parametrize(
    ("cells", "day_first"),
    [
        (["9/12/2026", "13/9/2026"], True),
        (["9/12/2026", "9/13/2026"], False),
        (["9/12/2026 2:03 PM"], False),
        (["9/12/2026 2:03 PM", "13/12/2026 2:03 PM"], True),
        (["9/12/2026 14:03"], True),
        ([], True),
    ],
)
def test_a_column_tells_whether_the_day_comes_first(cells: list[str], day_first: bool) -> None:
    assert answers.day_comes_first(cells) is day_first


@pytest.mark.parametrize(
    ("cell", "question", "stars"),
    [
        ("5", "Note (1 à 5)", 5), ("4/5", "", 4), ("4,5", "", 4), ("4.6", "", 5), ("8/10", "", 4),
        ("8", "Note sur 10", 4),
        ("7", "Score 0-10", 3), ("★★★★☆", "", 4), ("⭐️⭐️", "", 2), ("5 étoiles", "", 5), ("1", "Note /20", 1),
        ("0", "", None), ("6", "", None), ("", "", None), ("bien", "", None), ("11", "Note (1 à 10)", None),
    ],
)  # fmt: skip
def test_ratings_are_one_to_five_and_never_rounded_up_from_the_middle(
    cell: str, question: str, stars: int | None
) -> None:
    assert answers.rating(cell, question) == stars


LABEL = "J’accepte la publication de mon témoignage"


@pytest.mark.parametrize(
    "answer",
    ["Oui", "OUI !", "yes", "True", "1", "x", "✓", "✔️", "✅", "Oui, j’accepte.", "I agree to this", LABEL, "Accepté"],
)
def test_a_clear_yes(answer: str) -> None:
    assert answers.is_yes(answer, LABEL)


@pytest.mark.parametrize(
    "answer",
    [
        "", " ", "Non", "no", "false", "0", "✗", "☐", "peut-être", "Je n’accepte pas", "oui et non",
        "Oui, mais sans mon nom",
        "I agree if anonymous", "Je ne sais pas", "J’accepte, sauf sur les réseaux", "yes?no", "N/A", "-", "null",
    ],
)  # fmt: skip
def test_what_is_not_clearly_a_yes_is_none(answer: str) -> None:
    assert not answers.is_yes(answer, LABEL)


@given(ANYTHING, ANYTHING)
def test_no_cell_raises(cell: str, question: str) -> None:
    stars = answers.rating(cell, question)

    assert stars is None or 1 <= stars <= 5
    answers.is_yes(cell, question)


HEADERS = {
    "Date,Client,Commentaire,Nombre d’étoiles": {"date": 0, "name": 1, "text": 2, "rating": 3},
    "Prénom;Nom;Ton avis": {"first_name": 0, "last_name": 1, "text": 2},
    "timestamp,full_name,REVIEW_TEXT,Overall Rating,Order date": {
        "date": 0, "name": 1, "text": 2, "rating": 3, "experience_date": 4,
    },
    "Publié le,Auteur,Avis,Langue": {"date": 0, "name": 1, "text": 2, "lang": 3},
    "E-mail,Votre témoignage,May we publish your review?": {"text": 1, "consent": 2},
    "Adresse e-mail,Téléphone,Avis": {"text": 2},
    "Message,Je souhaite recevoir la newsletter,J’accepte de recevoir des offres": {"text": 0},
    "N°,Avis vérifié,Texte de l’avis,Contrepartie": {"id": 0, "verified": 1, "text": 2, "reward": 3},
    "Quelle note pour le produit ?,Que pensez-vous du produit ?,Produit": {"rating": 0, "text": 1, "product": 2},
}  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS)
def test_headers_are_understood(headers: str) -> None:
    names = headers.split(";" if ";" in headers else ",")

    assert {field: places[0] for field, places in columns.found(names, {}).items()} == HEADERS[headers]


@pytest.mark.parametrize("header", ["E-mail", "Adresse mail", "Courriel", "Téléphone portable", "Phone number", "IP"])
def test_columns_of_contacts_are_never_found(header: str) -> None:
    assert columns.found([header, "Avis"], {}) == {"text": [1]}


def test_a_declared_column_is_taken_from_the_others() -> None:
    assert columns.found(["Avis", "Commentaire"], {"name": 0}) == {"name": [0], "text": [1]}
