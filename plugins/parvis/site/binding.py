"""The plugin that comes last: it has the pages written that the others have asked for."""

from __future__ import annotations

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from . import recall


class Binding(Generator):
    """When it is done, all pages of the site are there."""

    def generate_output(self, writer: Writer) -> None:
        if compiling := self.settings["PARVIS_COMPILING"]:
            compiling.settled()
        self.context["parvis_sheets"].done()
        recall.remember(self.settings, self.context)
        self.settings["PARVIS_STORE"].save()


def generators(pelican: Pelican) -> type[Binding]:
    return Binding


def register() -> None:
    signals.get_generators.connect(generators)
