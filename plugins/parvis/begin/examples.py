"""One example of each kind, as drafts in each language of the site, in words that any brand can begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from .. import matter, nodes
from ..errors import Refused
from ..nodes import Many, Node, Pairs, Text
from . import new
from .answers import Answers

FRESH = Path(__file__).parent / "fresh"
TRANSLATED = ("article", "page")
NAME = "NAME"
ZONE = ZoneInfo("Europe/Paris")
"""Of fresh/brand.yml."""
MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def texts(answers: Answers, now: datetime, fresh: Callable[[int], str]) -> dict[str, str]:
    """Paths and texts: articles and pages in each language, one of each other kind in the first."""
    found: dict[str, str] = {}
    date = now.astimezone(ZONE).replace(microsecond=0)
    for lang in answers.languages:
        for file in sorted((FRESH / lang).glob("*/*.md")):
            kind = file.parent.name
            if kind in TRANSLATED or lang == answers.languages[0]:
                values: dict[str, Any] = {"id": f"{kind}-{fresh(6)}", "title": "", "date": date, "lang": lang}
                values["status"] = "draft"
                if kind == "ambassador":
                    values |= {"code": fresh(3).upper(), "languages": list(answers.languages)}
                found[f"content/{new.FOLDER[kind]}/{file.name}"] = _text(file, kind, values, answers.name)
    return found


def left(folder: Path, languages: Collection[str]) -> Iterator[str]:
    """Paths of examples in other languages that are still drafts in our words: their translations stay."""
    for file in sorted(FRESH.glob("*/*/*.md")):
        path = f"content/{new.FOLDER[file.parent.name]}/{file.name}"
        if file.parts[-3] in languages or file.parent.name not in TRANSLATED or not (folder / path).is_file():
            continue
        with suppress(Refused):
            own, shipped = (matter.split(nodes.read(found, path), path) for found in (folder / path, file))
            root = nodes.parse(own[0], path)
            status = root.get("status") if isinstance(root, Pairs) else None
            if isinstance(status, Text) and status.value == "draft" and _shape(shipped[1]).fullmatch(own[1].strip()):
                yield path


def _shape(body: str) -> re.Pattern[str]:
    """What a body looks like, whatever the brand was called when it was written."""
    return re.compile("[^\n]*".join(re.escape(part) for part in body.strip().split(NAME)))


def _text(file: Path, kind: str, values: Mapping[str, Any], name: str) -> str:
    head, body, _ = matter.split(file.read_text("utf-8"), file.name)
    root = nodes.parse(head, file.name)
    own = dict(_fields(root, name)) if isinstance(root, Pairs) else {}
    return new.text(kind, {**values, **own}, body.replace(NAME, MARKS.sub(r"\\\1", name)))


def _fields(root: Pairs, name: str) -> Iterator[tuple[str, Any]]:
    for key, node in root.pairs:
        yield key.value, _value(node, name)


def _value(node: Node, name: str) -> Any:
    if isinstance(node, Text):
        return int(node.value) if node.value.isdecimal() else node.value.replace(NAME, name)
    if isinstance(node, Many):
        return [_value(item, name) for item in node.items]
    return dict(_fields(node, name))
