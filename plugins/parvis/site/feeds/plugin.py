"""The plugin that writes the feeds: main streams, topics, categories and sources of each language, ambassadors'."""

from __future__ import annotations

from functools import partial

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from .. import show
from ..tongue import Tongue
from . import directory, sharing, streams
from .channel import TYPES
from .documents import Desk
from .holding import Made, Scales


class Feeds(Generator):
    """Has them written together with the pages."""

    def generate_output(self, writer: Writer) -> None:
        self.context["parvis_sheets"].keep(partial(self.write, writer))

    def write(self, writer: Writer) -> None:
        scales = Scales(self.settings["PARVIS_STORE"], self.settings["PARVIS_RECALLED"])
        self.context["parvis_scales"] = scales
        for tongue in self.context["parvis_tongues"].values():
            with show.by_one(writer):  # feeds of one language have their entries in common
                self._of(tongue, writer, Made(tongue, scales))
        scales.forget()

    def _of(self, tongue: Tongue, writer: Writer, made: Made) -> None:
        desk = Desk(writer, tongue.addresses, tongue.settings.operator.feeds)
        gone = streams.gone(tongue, self.settings["PARVIS_LIBRARY"].gone)
        for stream in streams.main(tongue, gone):
            if not desk.all(stream, made):
                self.settings["PARVIS_FOLLOWING"].give_up()
        for stream in streams.shelves(tongue):
            if desk.wants(stream.path, stream.ends):
                desk.one(stream.channel, stream.path, [made.held(piece) for piece in stream.pieces], stream.ends)
        _lists(writer, tongue)
        for shared in sharing.feeds(tongue, made, desk.wants):
            desk.one(shared.channel, shared.path, shared.held, TYPES)
        desk.done()


def _lists(writer: Writer, tongue: Tongue) -> None:
    """Our feeds as OPML, and the blogroll where there is one."""
    for name, data in (("feeds", directory.ours(tongue)), ("blogroll", directory.blogroll(tongue))):
        if data:
            show.artifact(writer, tongue.addresses.opml(tongue.lang, name), [data.decode()], partial(bytes, data), ())


def generators(pelican: Pelican) -> type[Feeds]:
    return Feeds


def register() -> None:
    signals.get_generators.connect(generators)
