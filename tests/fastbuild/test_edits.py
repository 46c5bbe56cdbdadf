"""Whatever is edited, in whatever order: what fastbuild builds is what a clean build of the same site would be.

`python -m tests.fastbuild.edits` does the same with more texts and more edits.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fastbuild.edits import hub, kinds, others, stock
from tests.fastbuild.edits.trial import FOLLOWERS, Trial

if not hasattr(os, "fork"):
    pytest.skip("builds in forks", allow_module_level=True)


def test_after_each_edit_a_stock_site_is_as_a_clean_build_makes_it(tmp_path: Path) -> None:
    found = Trial(kinds.STOCK, tmp_path, items=16, seed=4, followers=FOLLOWERS[:2]).run(len(stock.EDITS))

    assert not found.faults, "\n".join(found.faults)
    assert found.states > len(stock.EDITS)


def test_after_each_edit_a_hub_is_as_a_clean_build_makes_it(tmp_path: Path) -> None:
    """A few edits only: a hub's build takes its time."""
    edits = [hub.withdraw, hub.colour, hub.quotes, hub.article_text, hub.part, hub.slug, hub.much]
    few = replace(hub.KIND, edits=edits)
    found = Trial(few, tmp_path, items=5, seed=4, followers=FOLLOWERS[:1]).run(len(edits))

    assert not found.faults, "\n".join(found.faults)
    assert found.states > len(edits)


@pytest.mark.parametrize("other", others.OTHERS, ids=lambda other: other.name)
def test_with_other_peoples_themes_and_plugins_a_site_is_as_a_clean_build_makes_it(
    other: others.Other, tmp_path: Path
) -> None:
    if not other.there:
        pytest.skip(f"{other.needs} is not installed")
    few = replace(others.kind(other), edits=[stock.text_of, stock.tags, stock.nothing, stock.delete])
    found = Trial(few, tmp_path, items=8, seed=4, followers=FOLLOWERS[:1]).run(4)

    assert not found.faults, "\n".join(found.faults)
    assert found.states > 4
