"""The audit of a whole built site, and the sum it ends with."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from .. import errors, settings
from ..settings import Settings
from . import feeds, pages


def audit(known: Settings, output: Path, say: Callable[[str], None], environ: Mapping[str, str] = os.environ) -> int:
    """Looks at everything in `output`, prints every fault and the sum; gives the exit code."""
    site = known.brand.address
    found = sorted({*pages.audit(output, site), *feeds.audit(output, site, settings.now(known, environ))})
    code = errors.report(found)
    count = sum(1 for _ in output.rglob("*.html"))
    if "PARVIS_KEY" not in environ and any((known.content / "ledger").glob("*.yml")):
        say("note: without PARVIS_KEY the ledger is keyed by content/ledger/salt, which whoever reads this can use")
    say(f"pages looked at: {count}, faults: {len(found)}" if found else f"pages looked at: {count}, nothing to mend")
    return code
