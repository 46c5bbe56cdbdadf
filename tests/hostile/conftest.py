"""The hostile sites, each made once for all workers, and a browser that tells of everything it was made to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile import fields, project, pulled
from tests.together import made_once

MAKERS: dict[str, Callable[[Path], project.Project]] = {"fields": fields.create, "pulled": pulled.create}
FEEDS = ("xml", "atom", "json", "opml")
SKIPPED = ("output", "plugins", "theme", ".output.fastbuild", "output.fastbuild", "__pycache__")


@dataclass(frozen=True, slots=True)
class Site:
    """A built project; `changed` are the files around output/ that the build touched, `opened` all that it opened."""

    project: project.Project
    changed: list[str]
    opened: list[str]

    @property
    def output(self) -> Path:
        return self.project.output

    def pages(self) -> list[Path]:
        return sorted(self.output.rglob("*.html"))

    def feeds(self) -> list[Path]:
        """Feeds of all formats, with the lists of them."""
        rooms = (self.output / "flux", self.output / "en/feeds")
        return sorted(file for room in rooms for end in FEEDS for file in room.rglob(f"*.{end}"))

    def path(self, file: Path) -> str:
        return file.relative_to(self.output).as_posix()


@pytest.fixture(scope="session", params=MAKERS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One of the hostile sites; the worker that asks first makes it, the others find it."""

    def make(folder: Path) -> None:
        made = MAKERS[request.param](folder / "Ma marque")
        before = made.tree(*SKIPPED)
        made.build()
        after = made.tree(*SKIPPED)
        changed = [name for name in before | after if before.get(name) != after.get(name)]
        (folder.parent / f"{folder.name}.json").write_text(json.dumps({"changed": changed, "opened": made.opened()}))

    folder = made_once(tmp_path_factory, f"hostile-{request.param}", make)
    record = folder.parent / f"{folder.name}.json"
    return Site(project.Project(folder / "Ma marque"), **json.loads(record.read_text()))
