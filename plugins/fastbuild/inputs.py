"""Where the inputs of a site lie: folders that its settings name, and the modules that were imported for it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .asked import volatile
from .doubts import installed, local_modules
from .options import Options
from .places import Places
from .seen import importable
from .stamps import FOLDER, Stamp, children, look, walk
from .trust import is_known

SYSTEM = (
    *("/dev/fd/", "/dev/null", "/dev/pts/", "/dev/random", "/dev/std", "/dev/tty", "/dev/urandom", "/dev/zero"),
    *("/proc/", "/sys/", "/run/systemd/", "/etc/", "/usr/share/zoneinfo/"),
)
"""Not all of /dev and /run: a site may lie in /dev/shm, or on a disk at /run/media."""
WORD = re.compile(rb"[A-Z_][A-Z0-9_]+")


def roots(settings: Mapping[str, Any], options: Options) -> list[str]:
    """Folders and files whose every entry counts; what is installed counts by its version."""
    named = [settings["PATH"], settings["THEME"], *settings.get("THEME_TEMPLATES_OVERRIDES", ()), *options.inputs]
    return [path for path in map(os.path.abspath, named) if not path.startswith(installed())]


def own(places: Places) -> tuple[str, ...]:
    """What a build writes itself, which may lie among the content."""
    return str(places.live), str(places.next), str(places.notes)


def elsewhere(paths: Iterable[str], own: str) -> list[str]:
    """Files that were read beside a text: not the text itself, nor what is installed, nor code.
    What was looked for in vain, such as docutils.conf, is none."""
    passed = (*installed(), *SYSTEM)
    found = (str(Path(path).absolute()) for path in paths if path != own and not path.endswith((".py", ".pyc")))
    return [path for path in found if path != own and not path.startswith(passed) and Path(path).exists()]


def of_modules() -> Iterator[dict[str, Stamp]]:
    for file in code():
        yield dict(walk(file, follow=True))


def code() -> set[str]:
    """Each module that is not installed; of a package the outermost folder that is one."""
    files = {file: file.rpartition(os.sep)[0] for file in map(os.path.abspath, _files())}
    outermost = {folder: _outermost(Path(folder)) for folder in {*files.values()}}
    return {outermost[folder] or file for file, folder in files.items()}


def _files() -> list[str]:
    return [str(module.__file__) for module in local_modules().values()]


def _outermost(folder: Path) -> str:
    packages = [each for each in (folder, *folder.parents) if (each / "__init__.py").exists()]
    return str(packages[-1]) if packages else ""


def shelves() -> list[str]:
    """Folders that imports look into: a module that appears there may come before another."""
    return [path for path in map(os.path.abspath, sys.path) if not (path + os.sep).startswith(installed())]


def names_on_shelves(whole: Container[str], without: Collection[str]) -> dict[str, list[str]]:
    """Names that count in those shelves that are not `whole`: folders of which every entry counts anyway."""
    found = [path for path in shelves() if path not in whole and look(path, follow=True)[0] == FOLDER]
    names = {path: (each.rpartition(os.sep)[2] for each in children(path, without)) for path in found}
    return {path: sorted(importable(each)) for path, each in names.items()}


def variables(trust: Collection[str]) -> tuple[str, ...]:
    """Volatile variables of the environment that the settings name."""
    files = [str(module.__file__) for name, module in local_modules().items() if not is_known(name, trust)]
    return tuple(sorted(_said(files)))


def _said(files: Iterable[str]) -> set[str]:
    words = {word.decode() for file in files for word in WORD.findall(Path(file).read_bytes())}
    return {word for word in words if len(word) > 1 and volatile(word)}
