"""With `parvis.intake.plugin` in PLUGINS, any run of Pelican pulls first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from parvis.errors import CONFIG
from tests.intake.projects import Hub, post

ROOT = Path(__file__).parents[2]
CONF = f"""
PATH = "content"
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
PLUGINS = ["parvis.intake.plugin"]
ARTICLE_PATHS = []
PAGE_PATHS = []
TIMEZONE = "UTC"
PARVIS = {{}}
import sys
sys.path.insert(0, PLUGIN_PATHS[0])
"""


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    hub = Hub(tmp_path)
    hub.say(post())
    hub.write("pelicanconf.py", CONF)
    return hub


def pelican(hub: Hub) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "errors"]
    return subprocess.run(command, cwd=hub.folder, capture_output=True, text=True, check=False, timeout=60)


def test_a_plain_run_of_pelican_pulls_first(hub: Hub) -> None:
    run = pelican(hub)

    assert run.returncode == 0, run.stderr
    assert [head.title for head in hub.heads()] == ["Titre 1"]


def test_a_source_that_fails_is_a_warning_and_the_build_goes_on(hub: Hub) -> None:
    (hub.folder / "demo/forum.json").unlink()
    run = pelican(hub)

    assert run.returncode == 0
    assert "demo/forum.json: is not there" in " ".join((run.stdout + run.stderr).split())
    assert (hub.folder / "output").is_dir()


def test_settings_at_fault_end_the_run_with_every_fault(hub: Hub) -> None:
    hub.write("content/sources.yml", "forum: {kind: fed, path: demo/a}\nblog: {kind: feed, path: demo/b, uze: full}\n")
    run = pelican(hub)

    assert run.returncode == CONFIG
    assert "did you mean 'feed'?" in run.stderr
    assert "did you mean 'use'?" in run.stderr
    assert not (hub.folder / "output").exists()
