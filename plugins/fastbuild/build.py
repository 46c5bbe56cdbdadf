"""One build, from settings to a new live site or none: the class that Pelican runs by `PELICAN_CLASS`."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pelican
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals

from . import artifacts, copies, forks, lock, options, places, roll, staging, store, watching
from .following import TABLE as REMEMBERED
from .following import Following, Stale
from .publication import Published, Standing, publish
from .refusal import CONFIG, CONTENT, MACHINE, refuse
from .roll import Roll
from .run import Run
from .shares import join
from .swap import recover
from .trees import entries, wipe
from .wishes import WISHES
from .writing.desk import Desk
from .writing.generators import Articles, Pages
from .writing.ledger import Ledger


class Pelican(pelican.Pelican):
    """Pelican, whose plugins and generators see the next site as OUTPUT_PATH from `initialized` to `finalized`."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._options = options.load(settings.get("FASTBUILD", {}))
        if WISHES.in_place:
            self._options = replace(self._options, in_place=True)
        self._output = settings["OUTPUT_PATH"]
        self._places = places.Places.of(self._output)
        if WISHES.share and not self._places.made_by_a_build():
            settings["OUTPUT_PATH"] = WISHES.share.folder(self._output)
            self._places = places.Places.of(settings["OUTPUT_PATH"])
        self._pages = 0
        self._run: Run | None = None
        self.settings, self._given = settings, frozenset(settings)
        places.pass_over(settings, self._places)
        with self._aside():
            super().__init__(settings)

    def run(self) -> None:
        if self._places.made_by_a_build():
            super().run()
            return
        places.guard(self._places, self.settings, in_place=self._options.in_place)
        self._places.ready()
        with lock.held(self._places.notes / "lock", self._places.live):
            recover(self._places)
            if watching.sight:
                watching.sight.look(self.settings, self._options, self._places, watching.edit)
            if WISHES.full or WISHES.part:
                forget(self._places.notes)
            try:
                try:
                    self._from_empty_to_live()
                except Stale:  # what was known of the last build is another one's
                    self._from_empty_to_live()
            finally:
                forks.bury()
                with contextlib.suppress(OSError):  # the next build meets what could not go, and says so
                    wipe(self._places.next)

    def _from_empty_to_live(self) -> None:
        staging.begin(self._places, set(self.output_retention))
        kept = artifacts.Artifacts(self._places, self.settings)
        with _seldom_collected():
            self._from_reading_to_live(kept)

    def _from_reading_to_live(self, kept: artifacts.Artifacts) -> None:
        self._run = Run(self.settings, self._options, store.Store(self._places.notes), self._given)
        live = self._live()
        if shards := WISHES.shards(self._output):
            join(shards, self._places)
            published = self._publish(kept, live, lambda: kept.standing, again=False)
            published.note()
            print(f"fastbuild: joined {len(published.roll.files)} files")
            return
        ledger = Ledger(self._run, self._places, live)
        self._make(kept, ledger)
        if WISHES.share:
            WISHES.share.note(self._places.next, self._run.asked)
        published = self._publish(kept, ledger.live, lambda: kept.standing | ledger.standing(), again=not WISHES.part)
        ledger.save(published.roll.files, watching.sight.noted if watching.sight else 0)
        if not self._run.edit:
            self._run.store.clear(REMEMBERED)
        for table, rows in self._run.last.items():
            self._run.store.put(table, rows)
        self._run.store.commit()
        published.note()
        if watching.sight:
            watching.sight.settle()

    def following(self, package: str) -> Following | None:
        """For a plugin, on `get_generators`: how it goes the short way with this build, where there may be one."""
        if self._run is None:
            return None
        self._run.followers.add(package)
        return Following(self._run, package)

    def _live(self) -> Roll | None:
        """The roll of the live site, where nobody has touched it since; and, for this run, whether only texts have
        changed: then the look at the outputs still goes on."""
        edit, folder = watching.edit, self._places.notes
        watching.edit = None
        if self._run and edit and edit.folder == str(folder) and not WISHES.part:
            self._run.edit = edit
            return roll.read(folder)
        return roll.holding(folder, self._places.live)

    def _make(self, kept: artifacts.Artifacts, ledger: Ledger) -> None:
        self._pages = 0
        writer = kept.offered(self, Desk, run=self._run, ledger=ledger)
        signals.content_written.connect(self._count)
        try:
            with self._aside(), writer, copies.listened_to() as faults:
                super().run()
        finally:
            signals.content_written.disconnect(self._count)
            ledger.run.settle()
        if self._run:
            ledger.heed_touched()
            self._run.hold()
            if ledger.vanished:
                self._run.edit = None  # it is published the careful way
        if faults:
            refuse("\n  ".join(faults), f"{self._places.live} is as it was; see to the disk", code=MACHINE)
        if not self._pages and not ledger.run.written and entries(self._places.live):
            hint = f"{self._places.live} is as it was; see to PATH, or remove the folder yourself"
            refuse("this build wrote no page", hint, code=CONTENT)

    def _publish(self, kept: artifacts.Artifacts, before: Roll | None, standing: Standing, *, again: bool) -> Published:
        kept.seal()
        retention = set(self.output_retention)
        by_file, delete = self._options.in_place, self.delete_outputdir
        edit = self._run.edit if self._run else None
        how = {"delete": delete, "retention": retention, "by_file": by_file, "again": again}
        published = publish(self._places, before, standing, edit=edit, **how)
        kept.note()
        watching.published = self._places
        if watching.sight and self._run:
            watching.sight.note(self._run, self._places, published.roll)
        return published

    def _get_generator_classes(self) -> list[type]:
        found: list[type] = super()._get_generator_classes()
        ours = {ArticlesGenerator: Articles, PagesGenerator: Pages}
        if self._run is None:
            return found
        return [type(each.__name__, (ours[each],), {"run": self._run}) if each in ours else each for each in found]

    def _count(self, _path: str, **_: object) -> None:
        self._pages += 1

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """Who asks for the output meanwhile is told of the next site; a server that asks later, of the live one."""
        output = self.settings["OUTPUT_PATH"]
        if not self._places.made_by_a_build():
            self.settings["OUTPUT_PATH"] = self.output_path = str(self._places.next)
        try:
            yield
        finally:
            self.settings["OUTPUT_PATH"] = self.output_path = output


def forget(notes: Path) -> None:
    """What earlier builds kept. What they wrote is known as before."""
    for name in (store.NAME, artifacts.NOTES):
        (notes / name).unlink(missing_ok=True)


def register() -> None:
    """For a site that names fastbuild in PLUGINS too: the class is what counts."""
    signals.initialized.connect(_in_force)


def _in_force(made: object) -> None:
    if not isinstance(made, Pelican):
        hint = "from fastbuild import Pelican as PELICAN_CLASS"
        refuse("PLUGINS names fastbuild, but PELICAN_CLASS is not its class", hint, code=CONFIG)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A build makes many objects that stay until its end; to look for garbage among them costs a tenth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(2_000_000, 50, 100)
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # all counts as old now, and nothing is looked through at once
        gc.set_threshold(*before)
