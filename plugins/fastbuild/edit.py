"""An edit: some texts have changed since the last build, and nothing else has, as far as stamps tell.

Only light imports here: this runs before Pelican is imported, and meanwhile: a copy of this process looks at the
outputs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .seen import Changes, Seen
from .stamps import Stamp, differing

ALL, NO_SPARE, OTHERS = 0, 1, 2
"""What was found: the live site and its spare are as noted, only the live site is, or not even that."""


@dataclass
class Edit:
    note: Seen
    folder: str
    """Of notes."""
    inputs: Mapping[str, Stamp]
    """Those that have another stamp than noted, with the one that they have."""
    sources: set[str] = field(default_factory=set)
    """Texts that were read anew, by the paths that contents have of their source."""
    copy: int = 0

    def inputs_below(self, roots: Collection[str]) -> dict[str, Stamp]:
        """Stamps of all inputs in these folders, as they are now."""
        side, starts = self.note.inputs, tuple(f"{root}/" for root in roots)
        numbers = iter(side.stamps)
        rows = zip(side.paths, zip(numbers, numbers, numbers, strict=True), strict=True)
        known = {path: stamp for path, stamp in rows if path.startswith(starts) or path in roots}
        return {**known, **{path: stamp for path, stamp in self.inputs.items() if path in known}}

    def look(self) -> None:
        """Begins to look at the outputs."""
        if sys.platform == "linux":
            self.copy = os.fork()
            if not self.copy:
                found = OTHERS
                try:
                    found = self._outputs()
                finally:
                    os._exit(found)

    @cached_property
    def found(self) -> int:
        """Waits for what the look at the outputs says."""
        return os.waitstatus_to_exitcode(os.waitpid(self.copy, 0)[1]) if self.copy else self._outputs()

    def _outputs(self) -> int:
        outputs = self.note.outputs
        if differing(outputs.paths, outputs.stamps, follow=False):
            return OTHERS
        from pathlib import Path

        from . import roll

        known = roll.read(Path(self.folder))
        if known is None or len(known.files) + len(known.folders) != len(outputs.paths):
            return OTHERS
        return ALL if known.spare_holds(Path(self.folder, "spare")) else NO_SPARE


def of(note: Seen, folder: str, changes: Changes) -> Edit | None:
    """The edit that these other stamps of inputs are, where it may be one: of files that were there, and still are."""
    side = note.inputs
    if any(now[0] < 0 or side.stamp(number)[0] < 0 for number, now in changes):
        return None
    return Edit(note, folder, {side.paths[number]: now for number, now in changes})
