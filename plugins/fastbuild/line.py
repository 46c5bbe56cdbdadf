"""The command line: a few options of our own, all others are Pelican's.

Only light imports here: this runs before Pelican is imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FLAGS = ("--full", "--serve")
VALUES = ("--jobs", "--shard", "--cluster", "--only", "--relay")
HELP = """\
fastbuild: python -m fastbuild [options of Pelican] and

  --jobs N          processes that read and write at once
  --full            make everything anew, as if no build had been before
  --verify [N]      make the site anew aside, or N files of it, and compare each byte with the live one
  --serve           build, serve at http://127.0.0.1:8000/, build again on every change
  --shard K/N       make only the K-th of N parts, in a folder beside the output
  --merge DIR ...   join such folders into the output
  --cluster ADDRESS have the workers of a Dask scheduler make a part each, then join these
"""


class Unclear(Exception):
    """What is wrong with the command line."""


class Line(NamedTuple):
    """`verify` is how many files to compare: None where not asked for, 0 for all."""

    pelican: list[str]
    full: bool = False
    serve: bool = False
    jobs: int = 0
    verify: int | None = None
    shard: str = ""
    cluster: str = ""
    only: str = ""
    """A file with the names of pages, as JSON: no others are made. For `--verify`."""
    relay: str = ""
    """A folder where shards that are made at the same time meet. For `--cluster`."""
    merge: tuple[str, ...] = ()

    @property
    def builds(self) -> bool:
        """Whether it is one usual build, which may be passed over."""
        others = (self.full, self.serve, self.shard, self.cluster, self.only, self.merge)
        return not any(others) and self.verify is None


def parsed(arguments: Sequence[str]) -> Line:
    """Raises Unclear."""
    given: dict[str, str] = {}
    rest, folders, words = [], [], list(arguments)
    verify: int | None = None
    while words:
        word, _, value = (words[0], "", "") if not words[0].startswith("--") else words[0].partition("=")
        words.pop(0)
        if word in FLAGS:
            given[word] = word
        elif word in VALUES:
            given[word] = value or _next(words, word)
        elif word == "--verify":
            verify = int(value or (words.pop(0) if words and words[0].isdecimal() else 0))
        elif word == "--merge":
            folders = [value] if value else []
            while words and not words[0].startswith("-"):
                folders.append(words.pop(0))
            if not folders:
                raise Unclear("--merge wants the folders to join")
        else:
            rest.append(word + (f"={value}" if value else ""))
    jobs = given.get("--jobs", "0")
    if not jobs.isdecimal():
        raise Unclear(f"--jobs wants a number, got {jobs!r}")
    named = {name.removeprefix("--"): given.get(name, "") for name in VALUES if name != "--jobs"}
    return Line(rest, "--full" in given, "--serve" in given, int(jobs), verify, merge=tuple(folders), **named)


def _next(words: list[str], option: str) -> str:
    if not words:
        raise Unclear(f"{option} wants a value")
    return words.pop(0)
