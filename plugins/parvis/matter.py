"""The gate of front matter: a file becomes a typed document, a document becomes a file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from unidecode import unidecode

from . import nodes
from .errors import Fault, Refused, refuse
from .kinds import FOLDERS, Head
from .nodes import Pairs
from .schema import Place, record

DUMPER: type[yaml.CSafeDumper | yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
TIMESTAMP = "tag:yaml.org,2002:timestamp"
READERS = {folder: record(kind) for folder, kind in FOLDERS.items()}
HEAD = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of content/: `path` is below the project, `body` its Markdown, `line` where the body begins."""

    path: str
    head: Head
    body: str
    line: int

    @property
    def delicate(self) -> bool:
        return "delicate" in PurePosixPath(self.path).parts[2:-1]

    @property
    def slug(self) -> str:
        return self.head.slug or slug(PurePosixPath(self.path).stem) or slug(self.head.id)


class _Dumper(DUMPER):  # type: ignore[misc, valid-type]
    """Writes dates as people do, T and zone included."""


_Dumper.add_representer(datetime, lambda dumper, value: dumper.represent_scalar(TIMESTAMP, value.isoformat()))
_Dumper.add_representer(date, lambda dumper, value: dumper.represent_scalar(TIMESTAMP, value.isoformat()))


def write(head: Mapping[str, Any], body: str) -> str:
    """A file's whole text. Values are text, numbers, dates, lists and mappings; no value can become a second line."""
    return f"---\n{dump(head)}---\n\n{body.strip()}\n"


def dump(values: Mapping[str, Any] | list[Any]) -> str:
    """YAML as the files of content/ have it: in the order given, accents kept, one line a value where it can be."""
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def split(text: str, where: str) -> tuple[str, str, int]:
    """Front matter, body, and the line of the file that the body begins on. Raises Refused without front matter."""
    found = HEAD.match(text)
    if not found:
        raise refuse(where, "no front matter: want a line `---`, the fields, another line `---`", line=1)
    return found[1], text[found.end() :], text.count("\n", 0, found.end()) + 1


def edit(text: str, where: str, changes: Mapping[str, Any]) -> str:
    """The file's text with these fields set, or taken out where None; all other lines stay as a person wrote them."""
    head, _, _ = split(text, where)
    lines = head.splitlines(keepends=True)
    spans = _spans(head, where, len(lines))
    for name, value in changes.items():
        written = dump({name: value}) if value is not None else ""
        first, last = spans.get(name, (len(lines), len(lines)))
        comments = [line for line in lines[first:last] if line.startswith("#")]
        padding = [""] * (last - first - 1 - len(comments))  # keeps the line numbers of the other spans
        lines[first:last] = [written, *comments, *padding]
    start = text.index("\n") + 1
    return text[:start] + "".join(lines) + text[start + len(head) :]


def _spans(head: str, where: str, end: int) -> dict[str, tuple[int, int]]:
    """First line of each field, and the first line after it."""
    root = nodes.parse(head, where, first_line=0)
    keys = [key for key, _ in root.pairs] if isinstance(root, Pairs) else []
    following = [*(key.line for key in keys[1:]), end]
    return {key.value: (key.line, after) for key, after in zip(keys, following, strict=True)}


def text_hash(body: str) -> str:
    """What approval is bound to: 16 hex digits of SHA-256 over the body, UTF-8, LF, stripped at both ends."""
    return hashlib.sha256(body.replace("\r\n", "\n").strip().encode()).hexdigest()[:16]


def slug(words: str) -> str:
    """Small ASCII letters, digits and single hyphens, at most 60 characters; '' where nothing is left."""
    ascii_words = unidecode(unicodedata.normalize("NFKC", words)).lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_words).strip("-")[:60].strip("-")


def parse(text: str, path: str) -> Document:
    """The document in `text`; `path` is below the project and tells the kind. Raises Refused with every fault."""
    head, body, line = split(text, path)
    faults: list[Fault] = []
    node = nodes.parse(head, path, first_line=2)
    typed = READERS[PurePosixPath(path).parts[1]](node, Place(path, faults))
    if typed is None:
        raise Refused(faults)
    return Document(path, typed, body, line)


def load(file: Path, path: str) -> Document:
    """The document in `file`. Raises Refused, with the path, for what cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(path, f"not UTF-8 at byte {error.start}", "save the file as UTF-8") from error
    return parse(text, path)


def walk(folder: Path, faults: list[Fault]) -> Iterator[Document]:
    """Every document of the project in `folder`, in the order of paths; what is at fault goes to `faults`."""
    for kind in FOLDERS:
        for file in sorted((folder / "content" / kind).rglob("*.md")):
            path = file.relative_to(folder).as_posix()
            try:
                yield load(file, path)
            except Refused as refused:
                faults.extend(refused.faults)
