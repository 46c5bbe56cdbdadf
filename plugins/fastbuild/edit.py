"""An edit: some texts have changed since the last build, and nothing else has, as far as stamps tell.

Only light imports here: this runs before Pelican is imported, and meanwhile: a copy of this process looks at the
outputs, and later once more at their folders.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .seen import Changes, Seen
from .stamps import Stamp, differing

if TYPE_CHECKING:
    from .roll import Roll

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
    registers: dict[str, Any] = field(default_factory=dict)
    """Those of `reading.register` by their kind, once they are read."""
    _ask: int = -1
    _told: int = -1
    """Pipes to and from the copy of this process."""
    _asked: bool = False
    _roll: Roll | None = None

    @property
    def code(self) -> str:
        """What stands for all code, as the last build found it out; nothing where any of it may be among the inputs
        that changed."""
        return "" if any(path.endswith(".py") for path in self.inputs) else self.note.code

    def inputs_below(self, roots: Collection[str]) -> dict[str, Stamp]:
        """Stamps of all inputs in these folders, as they are now."""
        side, starts = self.note.inputs, tuple(f"{root}/" for root in roots)
        numbers = iter(side.stamps)
        rows = zip(side.paths, zip(numbers, numbers, numbers, strict=True), strict=True)
        known = {path: stamp for path, stamp in rows if path.startswith(starts) or path in roots}
        return {**known, **{path: stamp for path, stamp in self.inputs.items() if path in known}}

    def look(self) -> None:
        """Begins to look at the outputs."""
        if sys.platform != "linux":
            return
        (asked, self._ask), (self._told, tell) = os.pipe(), os.pipe()
        process = os.fork()
        if process:
            os.close(asked)
            os.close(tell)
            return
        try:
            os.close(self._ask)  # so that the end of the one process ends the other's wait
            os.write(tell, bytes([self._outputs()]))
            if os.read(asked, 1):
                os.write(tell, bytes([self._folders_hold()]))
        finally:
            os._exit(0)

    @cached_property
    def found(self) -> int:
        """Waits for what the look at the outputs says."""
        return self._answer(OTHERS) if self._told >= 0 else self._outputs()

    def look_again(self) -> None:
        """Begins to look whether somebody came to the outputs meanwhile."""
        if self._ask >= 0 and not self._asked:
            self._asked = True
            with suppress(BrokenPipeError):
                os.write(self._ask, b"?")

    @cached_property
    def nobody_came(self) -> bool:
        """Waits for what the second look says: that nobody put, took or replaced anything."""
        self.look_again()
        return bool(self._answer(False)) if self._asked else self._folders_hold()

    def _answer(self, otherwise: int) -> int:
        said = os.read(self._told, 1)
        return said[0] if said else otherwise

    def _outputs(self) -> int:
        outputs = self.note.outputs
        if differing(outputs.paths, outputs.stamps, follow=False):
            return OTHERS
        from pathlib import Path

        from . import roll

        known = self._roll = roll.read(Path(self.folder))
        if known is None or len(known.files) + len(known.folders) != len(outputs.paths):
            return OTHERS
        return ALL if known.spare_holds(Path(self.folder, "spare")) else NO_SPARE

    def _folders_hold(self) -> bool:
        from pathlib import Path

        return self._roll is not None and self._roll.lists_hold(Path(self.note.live))


def of(note: Seen, folder: str, changes: Changes) -> Edit | None:
    """The edit that these other stamps of inputs are, where it may be one: of files that were there, and still are."""
    side = note.inputs
    if any(now[0] < 0 or side.stamp(number)[0] < 0 for number, now in changes):
        return None
    return Edit(note, folder, {side.paths[number]: now for number, now in changes})
