"""A project to publish from, and the remote that it is published to."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.publish.projects import git, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a commit, and a bare remote named origin."""
    remote, project = tmp_path / "remote.git", tmp_path / "project"
    for folder, options in ((remote, ["--bare"]), (project, [])):
        folder.mkdir()
        subprocess.run(["git", "init", "--quiet", *options, folder], check=True)
    git(project, "config", "user.name", "Zoé")
    git(project, "config", "user.email", "zoe@example.org")
    git(project, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    git(project, "remote", "add", "origin", str(remote))
    write(project, {"index.html": "bonjour", "en/index.html": "hello", "style.css": ""})
    return project
