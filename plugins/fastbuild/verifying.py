"""The site is made anew beside the live one, with nothing that was kept, and each file is compared byte for byte."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from filecmp import cmp
from pathlib import Path

from . import census, watching
from .places import Places
from .refusal import CONTENT, MACHINE, refuse
from .trees import entries, same_link, wipe


def verify(arguments: Sequence[str], most: int) -> int:
    """0 where the site that was built last is as a clean build makes it; else names what is not. `most` files are made
    and compared, chosen by chance; 0 for all."""
    places = watching.published
    if places is None:
        refuse("there is no site to verify", "PELICAN_CLASS has to be fastbuild's", code=CONTENT)
    aside = places.notes / "verify"
    wipe(aside)
    aside.mkdir()
    ours = census.read(places.notes) or frozenset()
    chosen = ours if not most else frozenset(random.sample(sorted(ours), min(most, len(ours))))
    try:
        _make(arguments, places, chosen if most else None)
        wrong = _differing(places, chosen, whole=not most)
    finally:
        wipe(aside)
    for path in wrong:
        print(f"{path}: a clean build makes another")
    print(f"fastbuild: {len(chosen)} files compared, {len(wrong)} are others")
    return CONTENT if wrong else 0


def _make(arguments: Sequence[str], places: Places, chosen: frozenset[str] | None) -> None:
    command = [sys.executable, "-m", "fastbuild", *arguments, "-o", str(places.notes / "verify" / "site"), "--full"]
    if chosen is not None:
        names = places.notes / "verify" / "names.json"
        names.write_text(json.dumps(sorted(chosen)), encoding="ascii")
        command += ["--only", str(names)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        refuse(
            f"the clean build failed:\n{done.stdout}{done.stderr}", "mend that first", code=done.returncode or MACHINE
        )


def _differing(places: Places, chosen: frozenset[str], *, whole: bool) -> list[str]:
    clean = places.notes / "verify" / "site"
    made = entries(clean)
    files = (path for path in chosen & made if not path.endswith("/"))
    wrong = {path for path in files if not _same(places.live / path, clean / path)}
    return sorted(wrong | (chosen - made) | (made - chosen if whole else set()))


def _same(live: Path, clean: Path) -> bool:
    if live.is_symlink() or clean.is_symlink():
        return same_link(live, clean)
    return cmp(live, clean, shallow=False)
