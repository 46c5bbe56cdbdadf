"""What must not be published: reasons found in the output folder, and in what it would replace."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import CONFIG, Fault

MIB = 2**20
REFUSED, WARNED = 950 * MIB, 700 * MIB
"""GitHub Pages takes 1 GB a site."""


@dataclass(frozen=True, slots=True)
class Live:
    """What the branch serves now: its commit ('' where there is none yet), its files with git's name of each one's
    bytes, its CNAME."""

    commit: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    cname: str = ""

    @property
    def pages(self) -> int:
        return sum(name.endswith(".html") for name in self.files)


def faults(output: Path, live: Live, *, shrink: bool) -> Iterator[Fault]:
    """Every reason not to replace `live` by what lies in `output`."""
    files = list(_files(output))
    pages = sum(file.suffix == ".html" for file in files)
    if not pages:
        yield _fault(output, "there is no page to publish", "`invoke build --publish` makes the site")
    for file in files:
        name = file.relative_to(output).as_posix()
        if file.is_symlink():
            yield _fault(file, f"a symbolic link, to {file.readlink()}", "publish the file itself")
        if any(ord(character) < 32 or ord(character) == 127 for character in name) or '"' in name or "\\" in name:
            yield _fault(output, f"a control character in the name {name!r}", "rename the file it comes from")
    if live.commit and "index.html" not in live.files:
        hint = "name another one with --branch; to use this one all the same, delete it on the remote first"
        yield _fault(output, "the branch holds something that is no site, and would lose it", hint)
    if live.cname and not (output / "CNAME").is_file():
        hint = f"write {live.cname} into content/CNAME, or delete CNAME from the branch by hand"
        yield _fault(output, f"the site would lose its domain {live.cname}", hint)
    if not shrink and pages and pages * 2 <= live.pages:
        yield _fault(output, f"only {pages} pages of {live.pages} are left", "`--shrink` says that this is meant")
    if size(output) > REFUSED:
        yield _fault(output, f"{size(output) // MIB} MB, more than {REFUSED // MIB}", "smaller pictures, fewer cards")


def warnings(output: Path) -> Iterator[str]:
    if WARNED < size(output) <= REFUSED:
        yield f"{size(output) // MIB} MB; from {REFUSED // MIB} on nothing is published"


def size(output: Path) -> int:
    """Bytes of all files, links not followed."""
    return sum(file.lstat().st_size for file in _files(output))


def _files(output: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(output):
        for name in names:
            yield Path(folder, name)
        yield from (Path(folder, name) for name in folders if Path(folder, name).is_symlink())


def _fault(where: Path, what: str, hint: str) -> Fault:
    return Fault(str(where), 0, what, hint, CONFIG)
