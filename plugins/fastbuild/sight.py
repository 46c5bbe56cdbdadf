"""Notes what a build has read and left, so that the next one can see that nothing changed (`seen.others`).

Only `python -m fastbuild` has a sight: it is there before the settings are read. Inputs are noted as they were before
the build read them; what turns up only later, such as a file that an article includes, as long as it is older.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zlib import crc32

from pelican.plugins import signals

from . import forks, inputs, opened, seen
from .asked import Surroundings, settings_file
from .doubts import doubts, installed
from .edit import Edit
from .options import Options
from .places import Places
from .roll import Roll
from .stamps import Stamp, look, walk

if TYPE_CHECKING:
    from .run import Run

FUTURE = ("drafts", "drafts_translations", "draft_pages", "draft_translations")


class Sight(logging.Handler):
    """What one run of the command sees; as a handler of logs it sees errors, which nobody may miss the next time."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(logging.ERROR)
        self._arguments, self._here, self._began = arguments, Surroundings(), time.time_ns()
        self._before: dict[str, Stamp] = {}
        self._moments: list[float] = []
        self._errors = 0
        self._roots: list[str] = []
        self._edit: Edit | None = None
        self._is_written: Callable[[], bool] = lambda: True
        self.noted = 0
        """Stands for all of the note; 0 where there is none."""
        opened.listen()
        signals.all_generators_finalized.connect(self._look_ahead)

    def emit(self, record: logging.LogRecord) -> None:
        self._errors += 1

    def until(self, moment: float) -> None:
        """Seconds since 1970; from then on the site comes out another."""
        self._moments.append(moment)

    def look(self, settings: Mapping[str, Any], options: Options, places: Places, edit: Edit | None) -> None:
        """Before anything is read, and after Pelican has set its log up, which it does only where nobody did before."""
        logging.getLogger().addHandler(self)
        self._roots = inputs.roots(settings, options)
        if edit and edit.folder == str(places.notes):
            self._edit = edit
            return
        for root in self._roots:
            self._before.update(walk(root, follow=True, without=inputs.own(places)))

    def note(self, run: Run, places: Places, live: Roll) -> None:
        """After all is live. Says why, where the next run will have to look at everything again."""
        if run.edit and not self._errors and self._note_edit(run.edit, places, live):
            return
        before = self._edit.note if self._edit else seen.read(str(places.notes))
        if self._edit:
            self._before.update(self._edit.inputs_below(self._roots))
        known = before.inputs.known() | before.outputs.known() if before else {}
        (places.notes / seen.NAME).unlink(missing_ok=True)
        own = inputs.own(places)
        trust = run.options.trust
        reasons = list(doubts(run.settings, trust))
        if self._errors:
            reasons.append("it had errors")
        whole = self._whole()
        read = {**whole, **self._single(whole, own)}
        young = [
            path
            for path, stamp in read.items()
            if path not in self._before and stamp[0] >= 0 and stamp[1] >= self._began
        ]
        reasons += [f"{path} changed meanwhile" for path in young]
        if reasons:
            print(f"fastbuild: the next run will not be passed over, even if nothing changes: {reasons[0]}")
            return
        names = inputs.variables(trust)
        self.noted = seen.Seen(
            self._here.asked(self._arguments, names),
            str(places.live),
            seen.Side.of(read, known, follow=True),
            seen.Side.of(live.rows(places.live), known, follow=False),
            until=self._until,
            names=names,
            without=own,
            shelves=inputs.names_on_shelves(whole, own),
            code=run.code,
        ).write(str(places.notes))

    def _note_edit(self, edit: Edit, places: Places, live: Roll) -> bool:
        """Has the note of the last build written with what is another now, meanwhile; not where more was read."""
        before, passed = edit.note, (*installed(), *inputs.SYSTEM, *inputs.own(places))
        if not opened.read(passed).issubset(before.inputs.paths):
            return False
        self.noted = crc32(f"{before.build} {sorted(edit.inputs.items())}".encode(errors="surrogateescape"))

        def write() -> bool:
            outputs = seen.Side.of(live.rows(places.live), before.outputs.known(), follow=False)
            side, until = before.inputs.after(edit.inputs), self._until
            note = before._replace(inputs=side, outputs=outputs, until=until, build=self.noted)
            return bool(note.write(str(places.notes)))

        self._is_written = forks.aside(write)
        return True

    def settle(self) -> None:
        """Waits until the note is written."""
        self._is_written()

    @property
    def _until(self) -> float | None:
        return min((moment for moment in self._moments if moment > self._began / 1e9), default=None)

    def _look_ahead(self, generators: Sequence[Any]) -> None:
        """Pelican holds back what is dated in the future, until that day comes."""
        drafts = (draft for made in generators for name in FUTURE for draft in getattr(made, name, ()))
        for date in (getattr(draft, "date", None) for draft in drafts):
            if isinstance(date, datetime):
                self.until(date.timestamp())

    def _whole(self) -> dict[str, Stamp]:
        """Folders of which every entry counts, and modules, as they were before."""
        found = dict(self._before)
        for rows in inputs.of_modules():
            found.update({path: stamp for path, stamp in rows.items() if path not in found})
        return found

    def _single(self, whole: Mapping[str, Stamp], own: tuple[str, ...]) -> dict[str, Stamp]:
        """What counts beside them: files that were read, folders that imports look into."""
        passed = (*installed(), *inputs.SYSTEM, *own)
        known = (path for path in (settings_file(self._arguments), *inputs.shelves()) if not path.startswith(passed))
        paths = {*known, *opened.read(passed, whole)} - whole.keys()
        return {path: look(path, follow=True) for path in sorted(paths)}
