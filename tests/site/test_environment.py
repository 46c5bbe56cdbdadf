"""Words and dates of one language: what is made once must read as if it were made each time."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from parvis.site import catalogues, environment

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Half"
msgstr "La moitié (50 %%) & plus"

msgid "By %(name)s"
msgstr "De %(name)s"
"""


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/fr.po").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def shown(made: Environment, source: str, **values: Any) -> str:
    return made.from_string(source).render(**values)


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ('{{ _("Half") }}', "La moitié (50 %) & plus"),
        ('{{ gettext("Half") }}', "La moitié (50 %) & plus"),
        ("{% trans %}Half{% endtrans %}", "La moitié (50 %) & plus"),
        ('{{ _("Half") if yes else _("No word") }}', "La moitié (50 %) & plus"),
        ('{{ _("Half")|length }}', "23"),
        ('{{ _("No <b>word</b>") }}', "No <b>word</b>"),
        ('{{ _("By %(name)s", name="<Zoé>") }}', "De &lt;Zoé&gt;"),
        ("{% trans name %}By {{ name }}{% endtrans %}", "De &lt;Zoé&gt;"),
        ("{% set word = 'Half' %}{{ _(word) }}", "La moitié (50 %) & plus"),
        ('{% macro m(what=_("Half")) %}{{ what }}{% endmacro %}{{ m() }}', "La moitié (50 %) & plus"),
    ],
)
def test_a_word_reads_as_jinja_would_translate_it(theme: Path, source: str, becomes: str) -> None:
    plain = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    plain.install_gettext_translations(catalogues.read("fr", [theme]), newstyle=True)  # type: ignore[attr-defined]

    made = shown(environment.make("fr", [theme]), source, yes=True, name="<Zoé>")

    assert made == becomes == shown(plain, source, yes=True, name="<Zoé>")


def test_a_part_knows_what_all_templates_know(theme: Path) -> None:
    made = environment.make("fr", [theme])
    made.globals["house"] = "Parvis"
    made.loader = DictLoader({"part": "{% macro part() %}{{ house }}{% endmacro %}"})

    assert shown(made, '{% from "part" import part %}{{ part() }}') == "Parvis"


def test_what_one_template_is_given_no_other_sees(theme: Path) -> None:
    made = environment.make("fr", [theme])
    made.loader = DictLoader({"one": "{{ own is defined }}", "two": "{{ own is defined }}"})

    assert made.get_template("one", globals={"own": 1}).render() == "True"
    assert made.get_template("two").render() == "False"


def test_one_moment_is_another_day_in_another_zone() -> None:
    filters = environment.Dates("fr").filters()
    day: Any = filters["day"]

    assert day(datetime.fromisoformat("2026-11-02T23:30:00+00:00")) == "2 novembre 2026"
    assert day(datetime.fromisoformat("2026-11-03T00:30:00+01:00")) == "3 novembre 2026"
    assert day(date(2026, 11, 1)) == "1er novembre 2026"
