"""Builds in forks of a process that has Pelican imported: each is a process of its own, without the time to start.

warm = Warm(hash_seed=1)
warm.ask(folder, ["-s", "conf.py"])      # begins a build, and does not wait
code, said = warm.answer()
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[3]
HARMLESS = "rich", "blinker", "markdown", "jinja2", "feedgenerator", "docutils.core", "pygments.lexers.python"


class Ended(NamedTuple):
    code: int
    said: str


class Warm:
    """One build at a time."""

    def __init__(self, hash_seed: int = 0, python: str = sys.executable) -> None:
        path = os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])
        env = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": path, "NO_COLOR": "1"}
        command = [python, "-m", "tests.fastbuild.edits.warm"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd=ROOT)

    def ask(self, folder: Path, flags: Sequence[str], env: Mapping[str, str] | None = None, **how: Any) -> None:
        """`by_path=True` reads files in the order of their paths, which is what decides between equal dates;
        `processors=1` lends the build one processor; `command="fastbuild"` builds by `python -m fastbuild`,
        `killed_after=0.1` kills it after so many seconds."""
        assert self._process.stdin
        asked = {"folder": str(folder), "flags": list(flags), "env": dict(env or {}), **how}
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()

    def answer(self) -> Ended:
        assert self._process.stdout
        return Ended(*json.loads(self._process.stdout.readline()))

    def build(self, folder: Path, flags: Sequence[str], env: Mapping[str, str] | None = None, **how: Any) -> Ended:
        self.ask(folder, flags, env, **how)
        return self.answer()

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        if error:
            self._process.kill()
        self._process.wait()
        self._process.stdout.close()


def serve() -> None:
    """Reads what is asked from the standard input, a line each, and answers each with a line."""
    import pelican

    for name in HARMLESS:
        __import__(name)
    said, kept = os.memfd_create("said"), os.dup(1)
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)
        os.ftruncate(said, 0)
        child = os.fork()
        if child == 0:
            _build(pelican, asked, said)
        if "killed_after" in asked:
            time.sleep(asked["killed_after"])
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        words = os.pread(said, 2**20, 0).decode(errors="replace")
        os.write(kept, json.dumps([code, words]).encode() + b"\n")


def _build(pelican: Any, asked: Mapping[str, Any], said: int) -> None:
    """In the child: ends it."""
    code: object = 1
    try:
        os.lseek(said, 0, os.SEEK_SET)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.chdir(asked["folder"])
        os.environ.update(asked["env"])
        if asked.get("processors") == 1:
            os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:1])
        if asked.get("by_path"):
            _read_by_path()
        if asked.get("command") == "fastbuild":
            from fastbuild.command import main
        else:
            main = pelican.main
        main([*asked["flags"], "--log-handler", "plain"])
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(bool(code)))


def _read_by_path() -> None:
    """Pelican walks a set of paths, whose order is chance; files are equal before it in all other things."""
    from pelican.generators import Generator

    as_it_is = Generator.get_files
    Generator.get_files = lambda self, *args, **more: ByPath(as_it_is(self, *args, **more))


class ByPath(set[str]):
    def __iter__(self) -> Iterator[str]:
        return iter(sorted(super().__iter__()))


if __name__ == "__main__":
    serve()
