"""Templates that a copy of the process compiles, while the build finds out what there is to make."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from parvis import copies
from parvis.site import compiled, environment
from parvis.site.catalogues import THEMES
from tests.theme import scenes

pytestmark = pytest.mark.skipif(copies.processors() < 2, reason="one processor does all itself")


@pytest.fixture(scope="module")
def made() -> compiled.Compiling:
    found = compiled.Compiling({"en": {"topics.html", "gone.html"}}, THEMES)
    found.settled()
    return found


def rendered(known: Environment) -> str:
    page, view = scenes.full("en")["topics"]
    return known.get_template("topics.html").render(site=scenes.site("en"), page=page, **view)


def test_what_a_page_needs_is_there_before_it_asks(made: compiled.Compiling, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = rendered(environment.make("en"))
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered(environment.make("en", THEMES, made.of("en"))) == wanted


def test_a_template_that_says_something_else_by_now_is_compiled_as_ever(made: compiled.Compiling) -> None:
    older = {key: ("of another text", code) for key, (_, code) in made.of("en").known.items()}
    assert rendered(environment.make("en", THEMES, compiled.Compiled(older))) == rendered(environment.make("en"))


def test_of_a_language_that_nobody_asked_for_nothing_is_there(made: compiled.Compiling) -> None:
    assert made.of("fr").known == {}
