"""A whole site in a string: written to a folder, built by Pelican with all of our plugins, read back as pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from blinker import Signal
from bs4 import BeautifulSoup
from pelican import Pelican
from pelican.plugins import signals
from pelican.settings import read_settings

from tests import hub

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-20T12:00:00+01:00"


class Built:
    """The output of one build."""

    def __init__(self, output: Path) -> None:
        self.output = output

    def __call__(self, path: str) -> BeautifulSoup:
        """A page or a feed, parsed."""
        text = (self.output / path).read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser" if path.endswith(".html") else "xml")

    def files(self, pattern: str = "**/*") -> set[str]:
        found = (file for file in self.output.glob(pattern) if file.is_file())
        return {file.relative_to(self.output).as_posix() for file in found}


Build = Callable[..., Built]


@contextmanager
def signals_as_they_were() -> Iterator[None]:
    """Plugins stay connected for the life of the process; another test's Pelican must not meet them."""
    known = [signal for signal in vars(signals).values() if isinstance(signal, Signal)]
    before = [(signal, dict(signal.receivers), dict(signal._by_sender)) for signal in known]
    try:
        yield
    finally:
        for signal, receivers, by_sender in before:
            signal.receivers.clear()
            signal.receivers.update(receivers)
            signal._by_sender.clear()
            signal._by_sender.update(by_sender)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Writes the hub of `tests.hub`, then the site in the string, and builds it; `settings` are Pelican's."""

    def built(site: str = "", **settings: Any) -> Built:
        folder = hub.write(tmp_path / "hub", site)
        output = folder / "output"
        values = {
            "PATH": str(folder / "content"),
            "OUTPUT_PATH": str(output),
            "THEME": str(ROOT / "theme"),
            "PLUGINS": ["parvis.site"],
            "PARVIS": {"now": NOW},
        } | settings
        with signals_as_they_were():
            Pelican(read_settings(override=values)).run()
        return Built(output)

    return built


ARTICLE = """
-- content/articles/{name}.md --
---
id: {name}
title: {title}
date: 2026-11-02T09:00:00+01:00
lang: {lang}
{more}---

{body}
"""


def article(
    name: str = "roue", *, title: str = "La roue", lang: str = "fr", body: str = "Elle tourne.", more: str = ""
) -> str:
    return ARTICLE.format(name=name, title=title, lang=lang, body=body, more=more)
