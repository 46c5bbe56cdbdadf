"""A small site to begin with; what is installed is looked up once, and Pelican's own themes are compiled once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pelican
import pytest
from blinker import ANY
from jinja2 import Environment
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_TESTS
from pelican.plugins import signals
from pelican.readers import BaseReader
from pygments import plugin

from tests.fastbuild.sites import Site

THEMES = str(Path(pelican.__file__).parent / "themes")
OF_PELICAN = {"strftime", "plugin_enabled"}
"""The filter and the test that it adds to those of Jinja."""


@pytest.fixture(scope="module", autouse=True)
def _nothing_of_parvis() -> Iterator[None]:
    """Where other tests of this process have loaded it, it goes on listening, and Pelican takes each class of readers
    that there is."""
    for signal in vars(signals).values():
        for receiver in [*signal.receivers_for(ANY)] if isinstance(signal, signals.Signal) else ():
            if receiver.__module__.startswith("parvis."):
                signal.disconnect(receiver)
    with pytest.MonkeyPatch.context() as patch:
        for kind in BaseReader.__subclasses__():
            if kind.__module__.startswith("parvis."):
                patch.setattr(kind, "file_extensions", ())
        yield


@pytest.fixture(scope="session", autouse=True)
def _looked_up_once() -> Iterator[None]:
    """Pygments reads the records of all that is installed each time it is asked for a lexer by a name it has not."""
    look_up = plugin.iter_entry_points
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plugin, "iter_entry_points", cache(lambda group: list(look_up(group))))
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """A build compiles the templates of its theme for each generator: those of Pelican's themes are what they were."""
    known: dict[Hashable, Any] = {}
    compile = Environment.compile

    def kept(self: Environment, source: Any, name: Any = None, filename: Any = None, *more: Any, **named: Any) -> Any:
        ways = _ways(self)
        if more or named or ways is None or not str(filename).startswith(THEMES):
            return compile(self, source, name, filename, *more, **named)
        key = (source, name, filename, *ways)
        if key not in known:
            known[key] = compile(self, source, name, filename)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", kept)
        yield


def _ways(environment: Environment) -> tuple[Hashable, ...] | None:
    """What beside a text decides over its code; None where an environment has filters or tests of its own."""
    for given, known in ((environment.filters, DEFAULT_FILTERS), (environment.tests, DEFAULT_TESTS)):
        if any(known.get(name) is not each and name not in OF_PELICAN for name, each in given.items()):
            return None
    plugins = environment.tests.get("plugin_enabled")
    return (
        *(type(environment), environment.code_generator_class, environment.lexer, frozenset(environment.extensions)),
        *(environment.autoescape, environment.optimized, environment.finalize, environment.is_async),
        repr(plugins and plugins.keywords),
    )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "brand site é")
    site.article("first", day=1)
    site.article("second", day=2, head="Tags: python, c\n")
    return site
