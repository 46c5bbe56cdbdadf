"""The plugin that writes the feeds: main streams, topics, categories and sources of each language, ambassadors'."""

from __future__ import annotations

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from . import sharing, streams
from .channel import TYPES
from .documents import Desk
from .holding import Made


class Feeds(Generator):
    """Runs after the pages, with the tongues they were written in."""

    def generate_output(self, writer: Writer) -> None:
        for tongue in self.context["parvis_tongues"].values():
            made = Made(tongue)
            desk = Desk(writer, tongue.addresses, tongue.settings.operator.feeds)
            gone = streams.gone(tongue, self.settings["PARVIS_LIBRARY"].gone)
            for stream in (*streams.main(tongue, gone), *streams.shelves(tongue)):
                write = desk.all if stream.complete else desk.one
                write(stream.channel, stream.path, [made.held(piece) for piece in stream.pieces], stream.ends)
            for shared in sharing.feeds(tongue, made):
                desk.one(shared.channel, shared.path, shared.held, TYPES)


def generators(pelican: Pelican) -> type[Feeds]:
    return Feeds


def register() -> None:
    signals.get_generators.connect(generators)
