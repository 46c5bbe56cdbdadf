"""python -m tests.fastbuild.edits --items 500 --edits 300 --seed 3

--hub                   a hub of Parvis, instead of a stock site
--others                other people's themes and plugins, as far as they are installed, one after the other
--sample SAMPLES        Pelican's own sample site: the folder `samples` of its source distribution
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from . import kinds, others
from .trial import Kind, Trial


def main() -> int:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m tests.fastbuild.edits", description=__doc__, formatter_class=form)
    for name, value in {"items": 500, "edits": 300, "seed": 3}.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--hub", action="store_true")
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--within", type=Path, help="a folder to work in, such as one in memory")
    given = parser.parse_args()
    states = faults = 0
    for name, kind in _kinds(given):
        with TemporaryDirectory(prefix="edits-", dir=given.within) as folder:
            trial = Trial(kind, Path(folder), given.items, given.seed, tell=partial(print, f"{name}:", flush=True))
            found = trial.run(given.edits)
        states, faults = states + found.states, faults + len(found.faults)
        print(f"{name}: {found.states} builds compared with clean ones, {len(found.faults)} differ")
    print(f"{states} builds compared, {faults} differ")
    return bool(faults)


def _kinds(given: argparse.Namespace) -> Iterator[tuple[str, Kind]]:
    if given.sample:
        yield "sample", others.sample(given.sample)
    elif given.others:
        yield from ((other.name, others.kind(other)) for other in others.OTHERS if other.there)
    elif given.hub:
        yield "hub", import_module(".hub", __package__).KIND
    else:
        yield "stock", kinds.STOCK


if __name__ == "__main__":
    sys.exit(main())
