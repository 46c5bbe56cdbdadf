"""Builds of the preview, in a process of its own that stays warm: it runs the code as it now is, and leaks nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
FOLDER = ".cache/preview"
"""Never output/: what is not approved must not lie where `invoke publish` takes from."""
WARM = sys.platform == "linux"
"""Whether a process can be copied cheaply and safely. Elsewhere each build has a fresh one."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: `said` is all that it printed, `well` whether the site is there."""

    well: bool
    said: str


def arguments(project: Path) -> list[str]:
    """Pelican's, for a preview of `project` built in place, so that what did not change stays as it is."""
    extra = {
        "PARVIS_PREVIEW": True,
        "FASTBUILD": {"in_place": True, "trust": ["parvis"]},
        "OUTPUT_PATH": str(project / FOLDER),
    }
    settings = [f"{name}={json.dumps(value)}" for name, value in extra.items()]
    return ["-s", "pelicanconf.py", "--fatal", "errors", "-e", *settings]


def build(project: Path) -> Built:
    """One build in a fresh process."""
    command = [sys.executable, "-m", "pelican", *arguments(project)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return _built(done.returncode, done.stderr + done.stdout)


class Builder:
    """Builds the preview of `project` again and again. One whose process dies is told as failed, and the next build
    has a new process."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._process: subprocess.Popen[str] | None = None

    def build(self, changed: Collection[Path], early: Callable[[Sequence[str]], None]) -> Built:
        """Where code is among what changed, the process that has loaded it goes. Where only texts are, `early` is told
        of pages that are new before all others."""
        own = self._project / "plugins", self._project / "pelicanconf.py"
        if any(path.is_relative_to(each) for path in changed for each in own):
            self.end()
        if not WARM:
            return build(self._project)
        texts = [path.relative_to(self._project).as_posix() for path in changed if path.suffix == ".md"]
        try:
            answer = self._asked(texts if len(texts) == len(changed) else [])
            while "pages" in answer:
                early(answer["pages"])
                answer = self._answer()
        except (OSError, ValueError):
            return Built(False, f"the build ended with {self.end()}")
        return _built(answer["code"], answer["said"])

    def _asked(self, texts: Sequence[str]) -> Any:
        process = self._process or self._begun()
        assert process.stdin
        process.stdin.write(json.dumps(texts) + "\n")
        process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process and self._process.stdout
        return json.loads(self._process.stdout.readline())

    def end(self) -> int:
        """Ends the process, once it has done what it was asked for; gives what it ended with."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.communicate()
        return process.returncode

    def _begun(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "parvis.preview.warm", *arguments(self._project)]
        path = os.pathsep.join(filter(None, (str(self._project / "plugins"), os.environ.get("PYTHONPATH"))))
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, cwd=self._project, stdin=pipe, stdout=pipe, text=True, env={**os.environ, "PYTHONPATH": path}
        )
        return self._process


def _built(code: int, said: str) -> Built:
    words = COLOUR.sub("", said).strip()
    return Built(not code, words or (f"the build ended with {code}" if code else ""))
