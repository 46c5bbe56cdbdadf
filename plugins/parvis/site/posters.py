"""The plugin that writes the card images that were drawn for items."""

from __future__ import annotations

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from . import show
from .drawn import Drawn


class Posters(Generator):
    """Runs after the pages, which name the cards by the address that their words give them."""

    def generate_output(self, writer: Writer) -> None:
        drawn: Drawn = self.context["parvis_drawn"]
        for drawing in drawn.all():
            show.artifact(writer, drawing.path, [drawing.key], lambda png=drawing.png: png)  # type: ignore[misc]


def generators(pelican: Pelican) -> type[Posters]:
    return Posters


def register() -> None:
    signals.get_generators.connect(generators)
