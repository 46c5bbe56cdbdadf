"""A hub with an article, a post and an ambassador, and what a table told of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from parvis.report import joins, reading, views
from parvis.report.joins import Known
from parvis.report.reading import Tally
from parvis.report.views import Told
from tests import hub

EXPORTS = Path(__file__).resolve().parents[1] / "corpus" / "visits"
ARTICLE = """-- content/articles/velo.md --
---
id: {id}
title: {title}
date: 2026-10-01T09:00:00+02:00
lang: fr
---

Il roule.
"""
AMBASSADOR = """-- content/ambassadors/ambre.md --
---
id: ambassador-1
title: Fleuriste
date: 2026-03-09T09:00:00+01:00
lang: fr
handle: ambre
code: AMBRE26
name: Ambre Leduc
---

Ambre vend des fleurs.
"""
PLAIN = "article-velo"


def site(folder: Path, title: str = "Le vélo", id: str = PLAIN, more: str = "") -> Path:
    """Writes the hub."""
    return hub.write(folder, ARTICLE.format(id=id, title=title) + AMBASSADOR + hub.item() + more)


def known(folder: Path, **given: str) -> Known:
    site(folder, **given)
    return joins.known(hub.load(folder), hub.read(folder))


def tallies(folder: Path, *names: str, columns: Mapping[str, str] | None = None) -> list[Tally]:
    """What the exports of these names tell of the hub written into `folder`."""
    paths = ",".join(str(EXPORTS / name) for name in names)
    return reading.read(folder, paths, columns or {}, known(folder))


def told(folder: Path, *names: str, least: int = 1) -> Told:
    return views.told(tallies(folder, *names), least)


def totals(matrix: views.Matrix | None) -> dict[str, int]:
    return {line.key: line.total for line in matrix.lines} if matrix else {}
