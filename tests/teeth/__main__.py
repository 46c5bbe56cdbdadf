"""Whether the tests bite: small faults are put into the gates of the house, one at a time, and some test must fail.

    .venv/bin/python -m tests.teeth                every gate, 60 faults in each
    .venv/bin/python -m tests.teeth html --most 0  one gate, every fault there is

Ends with 1 where fewer than nine of ten die. Mutmut and cosmic-ray know nothing of tables beside functions or start
Python anew for each fault, which here would take hours.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest

from .faults import ROOT
from .trial import Trial

ENOUGH = 0.9


@dataclass(frozen=True)
class Gate:
    """Modules, with some of their functions where not all belong to it, and the tests that hold them."""

    modules: dict[str, tuple[str, ...]]
    tests: tuple[str, ...]


GATES = {
    "html": Gate({"parvis.html": ()}, ("tests/test_html.py",)),
    "matter": Gate(
        {"parvis.matter": (), "parvis.fields": ()},
        ("tests/test_matter.py", "tests/intake/test_draft.py"),
    ),
    "guard": Gate(
        {f"parvis.intake.{room}": () for room in ("addresses", "hops", "http", "answers", "failures")},
        ("tests/intake/test_addresses.py", "tests/intake/test_http.py", "tests/intake/test_post.py"),
    ),
    "draft": Gate({"parvis.intake.draft": ()}, ("tests/intake/test_draft.py",)),
}


def bite(name: str, most: int) -> tuple[int, int]:
    """How many of the faults of a gate die, and of how many; those that live are told."""
    out = sys.stdout
    trial = Trial(GATES[name].modules, most, lambda line: print(line, file=out, flush=True))
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", *GATES[name].tests], plugins=[trial])
    if not trial.tried:
        raise SystemExit(f"{name}: {said.getvalue()}")
    print(f"{name}: {trial.died} of {trial.tried} die ({trial.died / trial.tried:.0%}), of {trial.there_are} there are")
    return trial.died, trial.tried


def main() -> int:
    parser = argparse.ArgumentParser(description="Whether the tests bite.")
    parser.add_argument("gates", nargs="*", choices=[*GATES, []], help="; ".join(GATES))
    parser.add_argument("--most", type=int, default=60, help="faults of each gate; 0 for all")
    asked = parser.parse_args()
    sys.path[:0] = [str(ROOT / "plugins"), str(ROOT)]
    os.chdir(ROOT)
    results = [bite(name, asked.most) for name in asked.gates or GATES]
    return int(any(died < ENOUGH * tried for died, tried in results))


if __name__ == "__main__":
    sys.exit(main())
