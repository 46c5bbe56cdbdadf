"""One build of the preview, in a process of its own: it always runs the code as it now is, and leaks nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
FOLDER = ".cache/preview"
"""Never output/: what is not approved must not lie where `invoke publish` takes from."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: `said` is all that it printed, `well` whether the site is there."""

    well: bool
    said: str


def build(project: Path) -> Built:
    """Builds the preview of `project` in place, so that what did not change stays as it is."""
    extra = {
        "PARVIS_PREVIEW": True,
        "FASTBUILD": {"in_place": True, "trust": ["parvis"]},
        "OUTPUT_PATH": str(project / FOLDER),
    }
    settings = [f"{name}={json.dumps(value)}" for name, value in extra.items()]
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "errors", "-e", *settings]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return Built(done.returncode == 0, COLOUR.sub("", done.stderr + done.stdout).strip())
