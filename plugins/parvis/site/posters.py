"""The plugin that writes the card images that were drawn for items."""

from __future__ import annotations

from functools import partial

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from . import show
from .drawn import Drawn


class Posters(Generator):
    """Has them drawn together with the pages, which know their addresses by their words."""

    def generate_output(self, writer: Writer) -> None:
        self.context["parvis_sheets"].keep(partial(self.write, writer))

    def write(self, writer: Writer) -> None:
        if self.settings["PARVIS_RECALLED"]:
            return  # those of the edit's pieces are as they were
        drawn: Drawn = self.context["parvis_drawn"]
        for drawing in drawn.all():
            show.artifact(writer, drawing.path, [drawing.key], partial(getattr, drawing, "png"), ())


def generators(pelican: Pelican) -> type[Posters]:
    return Posters


def register() -> None:
    signals.get_generators.connect(generators)
