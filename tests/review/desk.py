"""A hub with things that wait, and a hand that asks `invoke review` for something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from parvis import matter
from parvis.kinds import Said
from parvis.review import erasure, verbs
from parvis.review.verbs import Asked
from tests import hub

POST = "content/community/2026/{}.md"


def pending(id: str = "forum-1", path: str = "", **fields: object) -> str:
    return hub.item(id, path, **{"status": "pending", "approved": None, **fields})


def proposal(id: str = "forum-1", body: str = "Bonsoir.", **fields: object) -> str:
    """Upstream's later words, as a pull writes them."""
    head = {
        "id": id,
        "title": "Un titre",
        "author": {"name": "Zoé", "id": "42"},
        "source": "forum",
        "status": "pending",
    }
    text = matter.write(head | fields, body)
    text = matter.write(head | fields | {"pulled": matter.pulled_hash(text)}, body)
    return f"-- content/proposals/{id}.md --\n{text}"


def review(folder: Path, *, git_name: str = "lea", now: datetime = hub.NOW, **asked: Any) -> list[str]:
    """What it says, line by line; its exit code must be 0. Raises Refused."""
    said: list[str] = []
    code = verbs.review(
        hub.load(folder), Asked(**asked), environ={}, now=now, git_name=git_name, width=100, say=said.append
    )
    assert code == 0
    return "\n".join(said).splitlines()


def erase(folder: Path, who: str, *, environ: Mapping[str, str] | None = None, dry: bool = False) -> list[str]:
    said: list[str] = []
    known = hub.load(folder)
    environ = {} if environ is None else environ
    assert erasure.erase(known, who, environ=environ, now=hub.NOW, by="lea", dry=dry, say=said.append) == 0
    return "\n".join(said).splitlines()


def head(folder: Path, id: str = "forum-1", path: str = "") -> Said:
    path = path or POST.format(id)
    found = matter.load(folder / path, path).head
    assert isinstance(found, Said)
    return found


def tree(folder: Path) -> dict[str, str]:
    """Every file of content/, with its text."""
    files = (file for file in sorted((folder / "content").rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}
