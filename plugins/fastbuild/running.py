"""A build by the command, in this process: Pelican's own `main`, watched so that the next run may be passed over."""

from __future__ import annotations

from collections.abc import Sequence

import pelican

from . import watching
from .sight import Sight


def run(arguments: Sequence[str], *, watched: bool) -> int:
    """Pelican's exit code."""
    watching.sight = Sight(arguments) if watched else None
    try:
        pelican.main(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
