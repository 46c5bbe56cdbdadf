"""A sample of what `python -m tests.fastbuild.harm` does fifty times."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fastbuild import harm

if not hasattr(os, "fork"):
    pytest.skip("builds in forks", allow_module_level=True)


def test_killed_damaged_without_room_or_two_at_once_a_site_is_whole_and_the_next_build_right(tmp_path: Path) -> None:
    told: list[str] = []

    assert harm.run(tmp_path, items=15, times=2, seed=3, tell=told.append) == []
    assert told[0] == "kills: 2 tried, 0 faults"
