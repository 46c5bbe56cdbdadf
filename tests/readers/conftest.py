"""The site of 2,000 items, built once for all workers."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.readers import corpus
from tests.together import made_once


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of that site; it stands at `corpus.SITE`."""

    def make(folder: Path) -> None:
        site = corpus.create(folder)
        environ = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        done = subprocess.run(site.command, cwd=site.folder, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]

    return made_once(tmp_path_factory, "site-of-2000", make) / "hub/output"
