"""What everything in a site depends on: code, settings, the machine's language. If it changes, all is made anew."""

from __future__ import annotations

import locale
import os
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from . import canon
from .digests import digest, digest_of
from .doubts import LIBRARIES, extensions
from .reading.sources import data
from .stamps import FOLDER, walk
from .trust import is_known, strangers

NEUTRAL = {
    "OUTPUT_PATH",
    "CACHE_PATH",
    "CACHE_CONTENT",
    "LOAD_CONTENT_CACHE",
    "GZIP_CACHE",
    "CONTENT_CACHING_LAYER",
    "CHECK_MODIFIED_METHOD",
    "DELETE_OUTPUT_DIRECTORY",
    "OUTPUT_RETENTION",
    "PELICAN_CLASS",
    "FASTBUILD",
    "DEBUG",
    "PORT",
    "BIND",
    "LOG_FILTER",
    "AUTORELOAD_IGNORE_CACHE",
}
"""Settings that no byte of a site depends on."""
DOCUTILS = ("/etc/docutils.conf", "docutils.conf", os.path.expanduser("~/.docutils"))  # noqa: PTH111 - no home, no fault
CALLED = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS", "JINJA_ENVIRONMENT")
PURE = ("urllib.parse", "html", "markupsafe", "operator", "math", "json", "textwrap", "builtins", "jinja2")
"""Modules whose functions look at nothing but what they are given."""


def doubts(settings: Mapping[str, Any], trust: Collection[str]) -> list[str]:
    """Why this build cannot tell what its output depends on; nothing where it can."""
    found = [f"{name} is not among FASTBUILD['trust']" for name in strangers(settings, trust)]
    for name, value in settings.items():
        if name in NEUTRAL:
            continue
        try:
            canon.said(value)
        except canon.Opaque as reason:
            found.append(f"the setting {name}: {reason}")
    for name in sorted(extensions(settings)):
        if not is_known(name, (*LIBRARIES, *PURE, *trust)) and not find_spec(
            f"markdown.extensions.{name.split('.')[0]}"
        ):
            found.append(f"the extension {name} is not among FASTBUILD['trust']")
    return [*found, *_unknown_functions(settings, trust)]


def _unknown_functions(settings: Mapping[str, Any], trust: Collection[str]) -> Iterator[str]:
    for name in CALLED:
        for called in canon.functions(settings.get(name)):
            module = getattr(called, "__module__", None) or type(called).__module__
            if not is_known(module, (*PURE, *trust)):
                yield f"{name}: who knows what {module} looks at? If at nothing else, name it in FASTBUILD['trust']"


def epoch(settings: Mapping[str, Any], inputs: Collection[str], code: str) -> str:
    """One word for all of it. Ask for `doubts` first: it raises Opaque where there are some."""
    values = {name: canon.said(value) for name, value in sorted(settings.items()) if name not in NEUTRAL}
    here = [sys.version, sys.platform, locale.setlocale(locale.LC_ALL), *time.tzname, os.environ.get("TZ", "")]
    files = [f"{path}:{digest(path.read_bytes())}" for name in (*inputs, *DOCUTILS) for path in _files(Path(name))]
    return digest_of([*here, *sorted(installed()), code, *files, canon.said(values)])


def code(trust: Collection[str]) -> str:
    """One word for all code that counts."""
    return digest_of(sorted(_code(trust)))


def installed() -> set[str]:
    """Names and versions of all packages, as their folders say them."""
    found: set[str] = set()
    for folder in {path for path in sys.path if path.endswith(("site-packages", "dist-packages"))}:
        if Path(folder).is_dir():
            found.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208
    return found


def _code(trust: Collection[str]) -> Iterator[str]:
    """This package, and trusted modules that run: their files, by their bytes. Of a package all count, since one
    process has loaded more of it than another."""
    for name, root in {"fastbuild": Path(__file__).parent, **dict(_trusted(trust))}.items():
        above = len(str(root.parent))
        for path, (size, _, _) in walk(str(root), follow=True):
            if path.endswith(".py") and size > FOLDER:
                yield f"{name} {path[above:].replace(os.sep, '/')}:{digest(data(path))}"


def _trusted(trust: Collection[str]) -> Iterator[tuple[str, Path]]:
    """Each module, or the package that is trusted as a whole, with its file or folder."""
    files = {name: file for name, each in [*sys.modules.items()] if (file := getattr(each, "__file__", None))}
    for name in files if trust else ():
        if not name.startswith("pelican.") and is_known(name, trust) and not is_known(name, ()):
            whole = next((each for each in trust if name.startswith(f"{each}.") and each in files), name)
            path = Path(files[whole])
            yield whole, path.parent if path.name == "__init__.py" else path


def _files(path: Path) -> list[Path]:
    """The file itself, or all below the folder."""
    return sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path] * path.is_file()
