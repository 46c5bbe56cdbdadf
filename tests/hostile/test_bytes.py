"""The same content gives the same bytes: in another folder, zone, locale, hash seed, by whichever command."""

from __future__ import annotations

import os
import random
from datetime import datetime
from pathlib import Path

import pytest

from parvis import matter
from tests.hostile import fields, payloads, project

EPOCH = str(int(datetime.fromisoformat(project.NOW).timestamp()))
ELSEWHERE = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "de", "PYTHONHASHSEED": "4242"}


def files() -> dict[str, str]:
    texts = [*payloads.own(), "Le vélo", "L'atelier à Nantes & « ailleurs »", "日本語のタイトル", "مرحبا", "İıŞş"]
    kinds = fields.community, fields.testimonial, fields.article, fields.ambassador
    return fields.written(texts, *kinds) | {"content/sources.yml": matter.dump(fields.SOURCES)}


def output(made: project.Project, *command: str) -> dict[str, bytes]:
    done = made.run(*command)
    assert done.returncode == 0, done.stderr[-3000:]
    found = {file.relative_to(made.output).as_posix(): file for file in made.output.rglob("*") if file.is_file()}
    return {name: file.read_bytes() for name, file in found.items()}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    made = project.create(tmp_path_factory.mktemp("a") / "a", files())
    return output(made, "pelican", "-s", "pelicanconf.py")


def test_another_machine_makes_the_same_bytes(here: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "Un très long nom de dossier, été" / ("x" * 100) / "b"
    made = project.create(folder, dict(reversed(files().items())), conf='PARVIS |= {"feeds": {"items": 1000}}\n')
    chance = random.Random(7)
    for file in sorted(folder.rglob("*"), key=lambda _: chance.random()):
        os.utime(file, (chance.randrange(10**9),) * 2)
    elsewhere = project.Project(made.folder, ELSEWHERE | {"SOURCE_DATE_EPOCH": EPOCH}, umask=0o077)

    there = output(elsewhere, "pelican", "-s", "pelicanconf.py")

    assert differing(here, there) == []


def test_our_own_command_makes_the_same_bytes(here: dict[str, bytes], tmp_path: Path) -> None:
    made = project.create(tmp_path / "b", files())
    assert differing(here, output(made, "invoke", "build")) == []

    assert differing(here, output(made, "invoke", "build")) == [], "a second time"


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    assert len(one) > 50
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
