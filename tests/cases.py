"""Reads the corpus: one case a file, its reason on the first line, then parts that begin with `-- name --`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT / "../shared/data"
PART = re.compile(r"^-- ([a-z ]+) --\n", re.MULTILINE)


def cases(room: str) -> list[Any]:
    """Every case of tests/corpus/`room`, as parameters `(name, {"reason": …, part: text})`."""
    found = [read(file) for file in sorted((ROOT / "tests/corpus" / room).glob("*.txt"))]
    return [pytest.param(case, id=name) for name, case in found]


def read(file: Path) -> tuple[str, dict[str, str]]:
    reason, *parts = PART.split(file.read_text("utf-8"))
    return file.stem, {"reason": reason.strip()} | dict(zip(parts[::2], parts[1::2], strict=True))


def shared(name: str) -> Any:
    """A JSON file of the shared data, or None where this clone stands alone."""
    file = SHARED / name
    return json.loads(file.read_text("utf-8")) if file.is_file() else None


def hostile_html() -> Iterator[Any]:
    """Every markup payload of the shared collections, as parameters."""
    for name in ("xss-bleach", "xss-dompurify", "xss-h5sc"):
        for case in shared(f"hostile/{name}.json") or ():
            yield pytest.param(case["payload"], id=f"{name}-{case['n']}")
    for kind in ("markdown", "pelican"):
        for number, payload in enumerate((shared("hostile/text-payloads.json") or {}).get(kind, ())):
            yield pytest.param(payload, id=f"{kind}-{number}")
