"""The report counts things and decisions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from parvis.ledger import Ledger
from parvis.report import counts
from tests import hub

SITE = (
    hub.item()
    + hub.item("forum-2", status="pending", approved=None)
    + hub.item("forum-3", "content/community/delicate/2026/forum-3.md", status="pending", approved=None)
    + hub.item("forum-4", status="hidden")
)


def counted(folder: Path) -> counts.Counts:
    hub.write(folder, SITE)
    decided = datetime(2026, 11, 3, tzinfo=UTC)
    file, text = Ledger(folder, {}, []).file("item", "forum-9", decision="refused", by="lea", at=decided)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return counts.count(hub.read(folder), Ledger(folder, {}, []))


def test_each_item_counts_once_in_its_kind_and_once_in_its_source(tmp_path: Path) -> None:
    made = counted(tmp_path)

    assert made.kinds["community"] == {"live": 1, "hidden": 1, "waiting": 2, "delicate": 1}
    assert made.sources["forum"] == made.kinds["community"]


def test_decisions_of_the_ledger_are_counted_and_nobody_is_named(tmp_path: Path) -> None:
    made = counted(tmp_path)

    assert made.decisions == {"refused": 1}
    assert "lea" not in counts.as_json(made) and json.loads(counts.as_json(made))["decisions"] == {"refused": 1}


def test_the_sum_comes_last(tmp_path: Path) -> None:
    *_, last = counts.lines(counted(tmp_path))

    assert last == "1 live; kept out: 1 refused"
