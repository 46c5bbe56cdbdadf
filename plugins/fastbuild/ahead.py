"""Markdown made ahead: in a first build a copy of this process makes HTML of texts while Pelican is imported, and on.

Nothing is known of the site by then. So the copy looks for texts where the command or the settings may mean them, and
takes for MARKDOWN what Pelican has by itself. What it made counts for a file of the same path and bytes, where the
settings turn out to say no more of it and no plugin is there (`Run.begin`); all else is made as ever.

Only light imports here: this runs before Pelican is imported.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from struct import Struct
from typing import IO, Any

from .asked import quoted, settings_file
from .digests import digest

FOLDER, ENDINGS = "content", (".md", ".markdown", ".mkd", ".mdown")
USUAL: dict[str, Any] = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
    },
    "output_format": "html5",
    "extensions": ["markdown.extensions.codehilite", "markdown.extensions.extra", "markdown.extensions.meta"],
}
"""MARKDOWN as Pelican's reader completes it where the settings say nothing of it."""
UNUSUAL = re.compile(
    rb"""\bMARKDOWN\b|\bPLUGINS\s*=\s*[\[(]\s*[^\s\])]|\b(import|from)\s+(markdown|pygments)|['"]jobs['"]\s*:\s*1\b"""
)
"""In settings, or what they import: another Markdown, plugins, or one process for all."""
FEWEST = 96
"""Texts for which a copy is worth its cost."""
SIZE, NOTICES = Struct("<I"), 1 << 16
Meta = dict[str, list[str]]


class Ahead:
    """The copy, as the process sees it that it is a copy of."""

    def __init__(self, process: int, results: IO[bytes], notices: int) -> None:
        self._process, self._results, self._notices = process, results, notices
        self._read = 0
        self._made: dict[str, tuple[str, int, int]] = {}
        """By path, the digest of the text, and where what was made of it begins and ends in the results."""

    def runs(self) -> bool:
        """Whether it is still at work; of what it has made, not all may have come."""
        if self._process and os.waitpid(self._process, os.WNOHANG)[0]:
            self._process = 0
        return bool(self._process)

    def came(self) -> list[str]:
        """Absolute paths of texts that were made since somebody asked."""
        file, start, at, found = self._results.fileno(), self._read, 0, []
        data = os.pread(file, os.fstat(file).st_size - start, start)
        while (begin := at + SIZE.size) <= len(data) and (end := begin + SIZE.unpack_from(data, at)[0]) <= len(data):
            cut = data.index(b"\0", begin)
            body = data.index(b"\0", cut + 1) + 1
            found.append(os.fsdecode(data[cut + 1 : body - 1]))
            self._made[found[-1]] = data[begin:cut].decode(), start + body, start + end
            at = end
        self._read = start + at
        return found

    def leave(self, path: str) -> None:
        """Tells it that this text need not be made. It may have been, or miss that: then it is made twice."""
        with suppress(OSError):
            os.write(self._notices, os.fsencode(path) + b"\0")

    def take(self, path: str, known_by: str) -> tuple[str, Meta] | None:
        """HTML and metadata of a text that came, where its bytes have this digest."""
        said, begin, end = self._made.pop(path, ("", 0, 0))
        if not end or said != known_by:
            return None
        meta, _, html = os.pread(self._results.fileno(), end - begin, begin).partition(b"\0")
        return html.decode("utf-8", "surrogatepass"), json.loads(meta)

    def end(self) -> None:
        if self.runs():
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0

    def close(self) -> None:
        """Nobody asks for anything any more."""
        self.end()
        self._results.close()
        os.close(self._notices)


def begun(arguments: Sequence[str]) -> Ahead | None:
    """None where there is no second processor for a copy, the settings are unusual, or nobody knows where texts are."""
    folders = [] if unusual(settings_file(arguments)) else [*_folders(arguments)]
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2 or not folders:
        return None
    results: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - for as long as texts are read
    above, (notices, notice) = os.getpid(), os.pipe()
    os.set_blocking(notices, False)
    os.set_blocking(notice, False)
    process = os.fork()
    if process:
        os.close(notices)
        return Ahead(process, results, notice)
    with suppress(BaseException), open(os.devnull, "w", encoding="utf-8") as nowhere:  # who wants it says what is wrong
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stdout = sys.stderr = nowhere
        found = (sorted(_texts(folder)) for folder in folders)
        texts = next((texts for texts in found if len(texts) >= FEWEST), [])
        _make(_not_left(texts, notices), results, above)
    os._exit(0)


def unusual(settings: str) -> bool:
    """Whether a file of settings may ask for another way, or cannot be read."""
    try:
        with open(settings, "rb") as file:
            return bool(UNUSUAL.search(file.read()))
    except OSError:
        return True


def _folders(arguments: Sequence[str]) -> Iterator[str]:
    """Where texts may be: as the command says, or a variable of the environment that settings name, or these."""
    settings = settings_file(arguments)
    home, words = os.path.dirname(settings), quoted(settings)
    named = [*(os.environ[word] for word in words if word in os.environ), FOLDER, *words]
    given = [os.path.abspath(each) for each in arguments if not each.startswith("-")]
    for each in dict.fromkeys((*given, *(os.path.abspath(os.path.join(home, name)) for name in named))):
        if os.path.isdir(each) and not f"{home}/".startswith(f"{each.rstrip('/')}/"):
            yield each


def _texts(folder: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                yield from _texts(entry.path)
            elif entry.name.endswith(ENDINGS):
                yield entry.path


def _not_left(paths: list[str], notices: int) -> Iterator[str]:
    """Those that nobody has said meanwhile need not be made."""
    left, rest = set[bytes](), b""
    for path in paths:
        with suppress(BlockingIOError):
            *whole, rest = (rest + os.read(notices, NOTICES)).split(b"\0")
            left.update(whole)
        if os.fsencode(path) not in left:
            yield path


def _make(paths: Iterable[str], results: IO[bytes], above: int) -> None:
    from .markdown.instance import lasting
    from .reading import sources

    md: Any = lasting(USUAL)
    for path in paths:
        try:
            data = sources.data(path)
            text = sources.decoded(data)
        except (OSError, UnicodeDecodeError):
            continue
        html = md.reset().convert(text)
        record = _record(path, digest(data), json.dumps(vars(md)["Meta"]), html)
        if results.write(record) != len(record) or os.getppid() != above:  # the disk is full, or nobody waits
            return


def _record(path: str, *texts: str) -> bytes:
    """No path has a NUL, no digest, and no JSON."""
    known_by, meta, html = (text.encode("utf-8", "surrogatepass") for text in texts)
    record = b"\0".join((known_by, os.fsencode(path), meta, html))
    return SIZE.pack(len(record)) + record
