"""A place for kinds of sources that only a test knows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parvis import sources


@pytest.fixture
def own_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of kinds beside ours, as if its files lay among them."""
    monkeypatch.setattr(sources, "__path__", [*sources.__path__, str(tmp_path)])
    sources.kinds.cache_clear()
    before = set(sys.modules)
    yield tmp_path
    sources.kinds.cache_clear()
    for name in set(sys.modules) - before:
        if name.startswith("parvis.sources."):
            del sys.modules[name]
