"""Readers of strangers' bytes, led into every corner: atheris makes the bytes, and looks which lines they reach.

    python -m tests.fuzz feed table --minutes 10      these kinds of sources, one after the other
    python -m tests.fuzz --minutes 1                  every kind there is

What is read has to become items, or one fault in an adapter's own words; within 30 seconds and 2 GiB. What does not is
named, and its bytes are kept in the folder of `--finds`. Needs atheris: pip install -r requirements-fuzz.txt
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

LIMITS = ("-timeout=30", "-rss_limit_mb=2048", "-max_len=20000", "-verbosity=0", "-print_final_stats=1")
RAN = re.compile(r"stat::number_of_executed_units: (\d+)")
SIGNS = ("Error", "ERROR", "Test unit written to", "SUMMARY")
MISSING = "atheris is not installed: pip install -r requirements-fuzz.txt (Linux, Python 3.11 to 3.13)"
NO_TOOL = 4


def fuzz(kind: str, minutes: float, finds: Path) -> None:
    """Ends the process, as libFuzzer does: with 0 where nothing was found."""
    import atheris

    with atheris.instrument_imports(include=["parvis", "feedparser", "mf2py"]):
        from parvis import sources

        sources.load(kind)
    from tests.sources import broken

    def one(data: bytes) -> None:
        urls = broken.ADDRESSES[kind]
        broken.read(kind, data[1:], urls[data[0] % len(urls)] if data else "")

    with TemporaryDirectory(prefix="fuzz-") as folder:
        for number, body in enumerate(broken.DOCUMENTS[kind]):
            (Path(folder) / f"{number}").write_bytes(bytes([number]) + body[:20_000])
        words = Path(folder) / "words.txt"
        words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in broken.PIECES if len(piece) < 64), "ascii")
        own = (f"-max_total_time={round(minutes * 60)}", f"-dict={words}", f"-artifact_prefix={finds}/{kind}-")
        atheris.Setup([sys.argv[0], *LIMITS, *own, folder], one)
        atheris.Fuzz()


def _escaped(piece: bytes) -> str:
    """As libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02X}" for byte in piece)


def told(kind: str, said: str, code: int) -> str:
    """What a person has to know of what libFuzzer said."""
    ran = RAN.search(said)
    lines = [line.strip() for line in said.splitlines() if any(sign in line for sign in SIGNS)]
    found = "\n  ".join(["FOUND", *lines[:9]]) if code else "nothing found"
    return f"{kind}: {ran[1] if ran else '?'} documents, {found}"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="all where none is named")
    parser.add_argument("--minutes", type=float, default=10.0, help="for each kind")
    parser.add_argument("--finds", type=Path, default=Path(".fuzz"), help="where documents go that break something")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    if find_spec("atheris") is None:
        print(MISSING, file=sys.stderr)
        return NO_TOOL
    if given.inside:
        fuzz(given.kinds[0], given.minutes, given.finds)
    from parvis import sources  # not before: what is imported then reports no lines

    if unknown := {*given.kinds} - sources.kinds():
        parser.error(f"no kind of source is named {', '.join(sorted(unknown))}")
    given.finds.mkdir(exist_ok=True)
    found = 0
    for kind in given.kinds or sorted(sources.kinds()):
        command = [sys.executable, "-m", "tests.fuzz", kind, f"--minutes={given.minutes}", f"--finds={given.finds}"]
        done = subprocess.run([*command, "--inside"], stderr=subprocess.PIPE, text=True, errors="replace", check=False)
        found += bool(done.returncode)
        print(told(kind, done.stderr, done.returncode), flush=True)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
