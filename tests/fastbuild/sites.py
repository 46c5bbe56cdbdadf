"""Small real Pelican sites, built by fastbuild and, to compare, by Pelican itself."""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pelican
from pelican.settings import read_settings

import fastbuild

PLUGINS = str(Path(fastbuild.__file__).parents[1])
QUIET: dict[str, Any] = {"THEME": "simple", "TIMEZONE": "UTC", "SITEURL": "https://site.example", "PLUGINS": []}


def tree(folder: Path) -> dict[str, bytes]:
    """Each file below a folder with its bytes; a link with what it says; an empty folder as such."""
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name + "/"] = b""
    return found


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Each file below a folder with its inode and time."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


@dataclass(frozen=True)
class Ended:
    code: int
    """As a shell gives it; negative for a signal."""
    said: str


@dataclass(frozen=True)
class Running:
    pid: int
    log: Path

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def end(self) -> Ended:
        _, status = os.waitpid(self.pid, 0)
        return Ended(os.waitstatus_to_exitcode(status), self.log.read_text() if self.log.exists() else "")


@dataclass(frozen=True)
class Site:
    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def beside(self) -> Path:
        return self.folder / "output.fastbuild"

    @property
    def notes(self) -> Path:
        return self.folder / ".output.fastbuild"

    def write(self, path: str, text: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def article(self, name: str, body: str = "Words.", day: int = 1, head: str = "") -> Path:
        title = name.rsplit("/", 1)[-1]
        text = f"Title: {title}\nDate: 2026-03-{day:02} 10:00\n{head}\n{body}\n"
        return self.write(f"content/{name}.md", text)

    def settings(self, **more: Any) -> dict[str, Any]:
        here = {"PATH": str(self.folder / "content"), "OUTPUT_PATH": str(self.output)}
        settings: dict[str, Any] = read_settings(override={**QUIET, **here, **more})
        return settings

    def build(self, **more: Any) -> fastbuild.Pelican:
        made = fastbuild.Pelican(self.settings(**more))
        made.run()
        return made

    def stock(self, name: str = "stock", **more: Any) -> dict[str, bytes]:
        """What Pelican itself makes of the same content in an empty folder."""
        output = self.folder / name
        pelican.Pelican(self.settings(**more, OUTPUT_PATH=str(output), DELETE_OUTPUT_DIRECTORY=True)).run()
        return tree(output)

    def conf(self, text: str = "", **more: Any) -> Path:
        values = {**QUIET, "PATH": "content", **more}
        lines = [f"{name} = {value!r}" for name, value in values.items()]
        start = f"import sys\nsys.path.append({PLUGINS!r})\nfrom fastbuild import Pelican as PELICAN_CLASS\n"
        return self.write("conf.py", start + "\n".join(lines) + "\n" + text)

    def start(self, *flags: str, env: Mapping[str, str] | None = None, largest: int = -1) -> Running:
        """The command `pelican` in a forked child: a process of its own without the time that Python takes to start.

        `largest` bounds the bytes of a file, as a full disk would."""
        said = self.folder.parent / f"stderr-{time.monotonic_ns()}.txt"
        child = os.fork()
        if child == 0:
            os.chdir(self.folder)
            os.environ.update(env or {})
            sys.stdout = sys.stderr = said.open("w")
            logging.getLogger().handlers.clear()  # pytest's
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
            code: object = 1
            try:
                pelican.main(["-s", "conf.py", "--log-handler", "plain", *flags])
                code = 0
            except SystemExit as end:
                code = end.code
            finally:
                sys.stderr.flush()
                os._exit(code if isinstance(code, int) else 1)
        return Running(child, said)

    def pelican(self, *flags: str, env: Mapping[str, str] | None = None, largest: int = -1) -> Ended:
        return self.start(*flags, env=env, largest=largest).end()
