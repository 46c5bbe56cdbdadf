"""python -m tests.fastbuild.edits --items 500 --edits 300 --seed 3"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from . import kinds
from .trial import Trial


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fastbuild.edits", description=__doc__)
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--hub", action="store_true", help="a hub of Parvis, instead of a stock site")
    parser.add_argument("--within", type=Path, help="a folder to work in, such as one in memory")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="edits-", dir=given.within) as folder:
        trial = Trial(
            kinds.HUB if given.hub else kinds.STOCK, Path(folder), given.items, given.seed, partial(print, flush=True)
        )
        found = trial.run(given.edits)
    print(f"{found.states} builds compared with clean ones, {len(found.faults)} differ")
    return bool(found.faults)


if __name__ == "__main__":
    sys.exit(main())
