"""The gate of front matter: a file becomes a typed document, a document becomes a file."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from . import fields, html, nodes
from .errors import Fault, Refused, refuse
from .kinds import FOLDERS, Head
from .nodes import Node, Pairs
from .schema import Place, record
from .slugs import slug

READERS = {folder: record(kind) for folder, kind in FOLDERS.items()}
PULLED = re.compile(r"^pulled:.*\n", re.MULTILINE)
LINE_END = re.compile(r"\r\n?")
LIKE_MARKDOWN = {".md", ".markdown", ".mkd", ".mdown", ".mdwn"}
HEAD = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of content/: `path` is below the project, `body` its Markdown, `line` where the body begins."""

    path: str
    head: Head
    body: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """The line of each field, counted from 1."""
    digest: str = field(default="", compare=False, repr=False)
    """Stands for every byte of the file, where its bytes were at hand."""

    @property
    def text_hash(self) -> str:
        return text_hash(self.body)

    @property
    def delicate(self) -> bool:
        return "delicate" in PurePosixPath(self.path).parts[2:-1]

    @property
    def slug(self) -> str:
        return self.head.slug or slug(PurePosixPath(self.path).stem) or slug(self.head.id)


def write(head: Mapping[str, Any], body: str) -> str:
    """A file's whole text. Values are text, numbers, dates, lists and mappings; no value can become a second line."""
    return f"---\n{dump(head)}---\n\n{html.prose(body).strip()}\n"


def dump(values: Mapping[str, Any], *, flow: bool = False) -> str:
    """YAML as the files of content/ have it: in the order given, accents kept, one line a value where it can be.

    Texts lose what no file may hold (control characters, lone surrogates, bidi marks: `html.prose`). `flow` writes
    lists as `[a, b]`.
    """
    return fields.written(values, flow=flow)


def split(text: str, where: str) -> tuple[str, str, int]:
    """Front matter, body, and the line of the file that the body begins on. Raises Refused without front matter."""
    found = HEAD.match(text)
    if not found:
        hint = "`invoke new KIND` writes a file that has one"
        raise refuse(where, "no front matter: want a line `---`, the fields, another line `---`", hint, line=1)
    return found[1], text[found.end() :], text.count("\n", 0, found.end()) + 1


def edit(text: str, where: str, changes: Mapping[str, Any]) -> str:
    """The file's text with these fields set, or taken out where None; all else stays as a person wrote it.

    Raises Refused where that cannot be done, such as front matter within braces.
    """
    head, _, _ = split(text, where)
    start = text.index("\n") + 1
    return text[:start] + change(head, where, changes, first_line=2) + text[start + len(head) :]


def change(head: str, where: str, changes: Mapping[str, Any], *, first_line: int = 1) -> str:
    """As `edit`, for the fields alone: the text of a YAML file."""
    head += "" if head.endswith("\n") or not head else "\n"
    root = nodes.parse(head, where, first_line=first_line)
    pairs = root.pairs if isinstance(root, Pairs) else ()
    spans = {key.value: (key.start, value.end) for key, value in pairs}
    edited = head
    for name in sorted(changes.keys() & spans.keys(), key=lambda name: spans[name], reverse=True):
        first, end = spans[name]
        end = first + len(head[first:end].rstrip())
        written = dump({name: changes[name]}, flow=head[end - 1] in "]}").rstrip("\n")
        if changes[name] is None:
            written, end = "", head.index("\n", end) + 1
        edited = edited[:first] + written + edited[end:]
    added = {name: value for name, value in changes.items() if name not in spans and value is not None}
    edited += dump(added) if added else ""
    after = nodes.parse(edited, where, first_line=first_line)
    if len(spans) < len(pairs) or _others(root, changes) != _others(after, changes):
        raise refuse(where, "this front matter only a person can edit", "write one `name: value` a line", line=1)
    return edited


def _others(root: Node, changes: Mapping[str, Any]) -> object:
    """What the fields say that were not to change."""
    pairs = root.pairs if isinstance(root, Pairs) else ()
    return [(key.value, nodes.bare(value)) for key, value in pairs if key.value not in changes]


def text_hash(body: str) -> str:
    """What approval is bound to: 16 hex digits of SHA-256 over the body, UTF-8, LF, stripped at both ends."""
    return hashlib.sha256(LINE_END.sub("\n", body).strip().encode(errors="replace")).hexdigest()[:16]


def pulled_hash(text: str) -> str:
    """What `pulled:` holds: 16 hex digits of SHA-256 over the file's text, LF, without its own `pulled:` line.

    A file of which this is true is as the pull left it.
    """
    head, end, rest = LINE_END.sub("\n", text).partition("\n---\n")
    kept = PULLED.sub("", head + "\n", count=1) + end + rest
    return hashlib.sha256(kept.encode(errors="replace")).hexdigest()[:16]


def parse(text: str, path: str, kind: str = "", digest: str = "") -> Document:
    """The document in `text`; `path` is below the project. Raises Refused with every fault.

    `kind` is the folder of content/ whose schema it follows, the path's own where it is not told.
    """
    head, body, line = split(text, path)
    faults: list[Fault] = []
    node = nodes.parse(head, path, first_line=2)
    typed = READERS[kind or PurePosixPath(path).parts[1]](node, Place(path, faults))
    if typed is None:
        raise Refused(faults)
    lines = {key.value: key.line for key, _ in node.pairs} if isinstance(node, Pairs) else {}
    return Document(path, typed, body, line, MappingProxyType(lines), digest)


def load(file: Path, path: str, kind: str = "") -> Document:
    """The document in `file`. Raises Refused, with the path, for what cannot be read."""
    return parse(nodes.read(file, path), path, kind)


def walk(folder: Path, faults: list[Fault], kinds: Iterable[str] = FOLDERS) -> Iterator[Document]:
    """Every document of the project in `folder`, in the order of paths; what is at fault goes to `faults`."""
    for path, _ in found(folder, faults, kinds):
        try:
            yield load(folder / path, path)
        except Refused as refused:
            faults.extend(refused.faults)


def found(folder: Path, faults: list[Fault], kinds: Iterable[str] = FOLDERS) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Where they are, below `folder`. What only looks like a document is a fault."""
    for kind in kinds:
        below = _below(f"{folder}/content/{kind}", f"content/{kind}")
        for path, entry in sorted(below, key=lambda pair: pair[0].split("/")):
            try:
                if _is_document(entry, path):
                    yield path, entry
            except Refused as refused:
                faults.extend(refused.faults)


def _below(folder: str, path: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder, but not what a link to a folder holds."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry


def _is_document(entry: os.DirEntry[str], path: str) -> bool:
    """Whether a file is Markdown of ours. Raises Refused for what looks as if it was meant to be."""
    ending = entry.name[entry.name.rfind(".") :] if "." in entry.name else ""
    if ending.lower() not in LIKE_MARKDOWN or entry.name.startswith(".") or entry.is_dir():
        return False
    if entry.is_symlink():
        raise refuse(path, "a link to another file", "put the file itself here")
    if ending != ".md":
        raise refuse(path, f"its name ends in {ending}, so nothing reads it", "let it end in .md")
    return True
