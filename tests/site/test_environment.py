"""One language is one environment: its dates, its names, its templates; what it prints is escaped."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from parvis.site import catalogues, environment
from parvis.site.views import ROOT

FRENCH, ENGLISH = environment.make("fr"), environment.make("en")


def french(template: str, **values: object) -> str:
    return FRENCH.from_string(template).render(**values)


def english(template: str, **values: object) -> str:
    return ENGLISH.from_string(template).render(**values)


@pytest.mark.parametrize(
    ("name", "in_french", "in_english"),
    [
        ("day", "3 novembre 2026", "3 November 2026"),
        ("shortday", "3 nov. 2026", "3 Nov 2026"),
        ("month", "novembre 2026", "November 2026"),
        ("monthname", "novembre", "November"),
        ("iso", "2026-11-03", "2026-11-03"),
    ],
)
def test_a_day_is_written_as_the_language_does(name: str, in_french: str, in_english: str) -> None:
    template, day = "{{ day|" + name + " }}", date(2026, 11, 3)

    assert french(template, day=day) == in_french
    assert english(template, day=day) == in_english


def test_the_first_of_a_month_is_an_ordinal_in_french_only() -> None:
    assert french("{{ day|day }}", day=date(2026, 5, 1)) == "1er mai 2026"
    assert french("{{ day|day }}", day=date(2026, 5, 11)) == "11 mai 2026"
    assert english("{{ day|day }}", day=date(2026, 5, 1)) == "1 May 2026"


def test_a_moment_keeps_the_zone_it_has() -> None:
    late = datetime(2026, 11, 3, 23, 30, tzinfo=timezone(timedelta(hours=1)))

    assert french("{{ late|day }}", late=late) == "3 novembre 2026"
    assert french("{{ late|iso }}", late=late) == "2026-11-03T23:30:00+01:00"


def test_the_systems_locale_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")

    assert environment.make("fr").from_string("{{ day|month }}").render(day=date(2026, 8, 1)) == "août 2026"


def test_a_language_is_named_in_this_one_and_an_unknown_one_keeps_its_code() -> None:
    assert french("{{ 'nl'|language }}") == "néerlandais"
    assert english("{{ 'pt-BR'|language }}") == "Portuguese (Brazil)"
    assert french("{{ 'not a language'|language }}") == "not a language"


def test_words_of_this_language_need_no_mark_others_say_theirs() -> None:
    template = "<p{{ lang|tongue }}>"

    assert [french(template, lang=lang) for lang in ("", "fr", "en", "ar", '"><b')] == [
        "<p>", "<p>", '<p lang="en">', '<p lang="ar" dir="rtl">', '<p lang="&#34;&gt;&lt;b">',
    ]  # fmt: skip


def test_an_address_of_this_site_is_made_whole_and_others_stay() -> None:
    assert environment.absolute(f"{ROOT}flux/", "https://a.example/b/") == "https://a.example/b/flux/"
    assert environment.absolute("https://x.example/", "https://a.example") == "https://x.example/"


def test_text_is_escaped_inside_words_too() -> None:
    assert french('{% trans name="<b>" %}{{ name }} answers{% endtrans %}') == "&lt;b&gt; répond"


def test_a_name_nobody_gave_stops_the_page() -> None:
    with pytest.raises(UndefinedError):
        french("{{ articles }}")


def test_languages_do_not_mix() -> None:
    template = '{{ _("Archives") }} {{ _("Topics") }}'

    assert (french(template), english(template), french(template)) == (
        "Archives Sujets",
        "Archives Topics",
        "Archives Sujets",
    )


def test_a_brands_template_part_and_words_win(tmp_path: Path) -> None:
    for path, text in {
        "templates/own.html": '{% from "disc/disc.html" import disc %}{{ disc("Z") }} {{ _("Topics") }}',
        "parts/disc/disc.html": "{% macro disc(initials) %}({{ initials }}){% endmacro %}",
        "locales/fr.po": 'msgid "Topics"\nmsgstr "Chemins"\n',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")

    made = environment.make("fr", (tmp_path, catalogues.THEME))

    assert made.get_template("own.html").render() == "(Z) Chemins"
    assert made.get_template("wall.html")
