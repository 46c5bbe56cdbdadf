"""Which files are the demo brand's, and so may go: those that are as they were shipped, and what was pulled from them.

demo/manifest.txt lists what was shipped, as `sha256sum` writes it. After a change of the demo, `python -m
parvis.begin.demo`, run in plugins/, writes it anew.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .. import files, matter, nodes
from ..errors import CONFIG, Refused
from ..nodes import Pairs, Text

MANIFEST = "demo/manifest.txt"
BRAND = "Cardan"
"""What no page may hold once the demo is out."""
PULLED = ("community", "testimonials", "proposals")


def shipped(folder: Path) -> dict[str, str]:
    """Paths and hashes of the demo's files, none where the demo is gone."""
    file = folder / MANIFEST
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines) if path}


def fingerprint(file: Path) -> str:
    """SHA-256 of a file, whatever line ends git gave it on this machine."""
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def as_shipped(folder: Path) -> list[str]:
    """Files of the demo that nobody has changed."""
    known = shipped(folder)
    return [path for path, digest in known.items() if _is_file(folder / path) and fingerprint(folder / path) == digest]


def changed(folder: Path) -> list[str]:
    """Files of the demo that somebody has made his own."""
    known = shipped(folder)
    return [path for path, digest in known.items() if _is_file(folder / path) and fingerprint(folder / path) != digest]


def pulled(folder: Path) -> Iterator[str]:
    """Items of the demo's sources, decided on or not. A file that cannot be read is nobody's but its owner's."""
    sources = demo_sources(folder)
    for kind in PULLED:
        for file in sorted((folder / "content" / kind).rglob("*.md")):
            path = file.relative_to(folder).as_posix()
            try:
                head, _, _ = matter.split(nodes.read(file, path), path)
                root = nodes.parse(head, path)
            except Refused:
                continue
            source = root.get("source") if isinstance(root, Pairs) else None
            if isinstance(source, Text) and source.value in sources:
                yield path


def demo_sources(folder: Path) -> set[str]:
    """Names of the entries of sources.yml that read the demo's files. Raises Refused where it is not YAML."""
    if not (folder / MANIFEST).is_file():
        return set()
    file = folder / "content/sources.yml"
    root = nodes.load(file, "content/sources.yml", code=CONFIG) if file.is_file() else Text("")
    pairs = root.pairs if isinstance(root, Pairs) else ()
    paths = {name.value: entry.get("path") for name, entry in pairs if isinstance(entry, Pairs)}
    return {name for name, path in paths.items() if isinstance(path, Text) and path.value.startswith("demo/")}


def listing(folder: Path) -> str:
    """The manifest of what git has in content/ and demo/; `pulled` knows the items by their source."""
    command = ["git", "ls-files", "-z", "content", "demo"]
    told = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()
    known = {"", MANIFEST, *pulled(folder)}
    paths = sorted(path for path in told.split("\0") if path not in known and _is_file(folder / path))
    return "".join(f"{fingerprint(folder / path)}  {path}\n" for path in paths)


def _is_file(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[3]
    files.put(root / MANIFEST, listing(root))
