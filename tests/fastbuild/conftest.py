"""A small site to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fastbuild.sites import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "brand site é")
    site.article("first", day=1)
    site.article("second", day=2, head="Tags: python, c\n")
    return site
