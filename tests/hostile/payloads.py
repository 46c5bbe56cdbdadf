"""What strangers may send: the shared hostile collections, and forms of our own in tests/corpus/hostile/."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.cases import SHARED, cases, shared

SCRIPTS = ("xss-dompurify", "xss-h5sc", "xss-bleach")
HERE = (SHARED / "hostile").is_dir()
NOT_HERE = "needs ../shared/data/hostile: only the forms of our own are tried"


def own() -> Iterator[str]:
    """The forms that this project found by itself."""
    for case in cases("hostile"):
        yield case.values[0]["given"].rstrip("\n")


def markup() -> list[str]:
    """Texts that try to run, load or read something."""
    found = list(own())
    for name in SCRIPTS:
        found += [case["payload"] for case in shared(f"hostile/{name}.json") or ()]
    texts = shared("hostile/text-payloads.json") or {}
    for kind in ("markdown", "pelican", "unicode", "urls", "csv"):
        found += texts.get(kind, ())
    for fields in texts.get("frontmatter", ()):
        found += [value for value in fields.values() if value != fields.get("note")]
    return found


def naughty() -> list[str]:
    """Strings that break programs which meet them for the first time."""
    return list(shared("hostile/naughty-strings.json") or ())


def json_of(values: object) -> str:
    """JSON that any reader takes, lone surrogates as escapes."""
    return json.dumps(values, ensure_ascii=True)
