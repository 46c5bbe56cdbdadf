"""The plugin that writes the feeds: main streams, topics, categories and sources of each language, ambassadors'."""

from __future__ import annotations

from functools import partial

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from .. import show
from ..tongue import Tongue
from ..wanted import Wanted
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
        wanted = Wanted.by(writer)
        for tongue in self.context["parvis_tongues"].values():
            if wanted.below(tongue.addresses.section(tongue.lang, "feeds")):
                with show.by_one(writer):  # feeds of one language have their entries in common
                    self._of(tongue, Desk(writer, tongue.addresses, tongue.settings.operator.feeds, wanted), scales)
        scales.forget()

    def _of(self, tongue: Tongue, desk: Desk, scales: Scales) -> None:
        made = Made(tongue, scales)
        gone = streams.gone(tongue, self.settings["PARVIS_LIBRARY"].gone)
        for stream in streams.main(tongue, gone):
            if not desk.all(stream, made):
                self.settings["PARVIS_FOLLOWING"].give_up()
        for stream in streams.shelves(tongue):
            if desk.wants(stream.path, stream.ends):
                desk.one(stream.channel, stream.path, [made.held(piece) for piece in stream.pieces], stream.ends)
        _lists(desk, tongue)
        for shared in sharing.feeds(tongue, made, desk.wants):
            desk.one(shared.channel, shared.path, shared.held, TYPES)
        desk.done()


def _lists(desk: Desk, tongue: Tongue) -> None:
    """Our feeds as OPML, and the blogroll where there is one."""
    for name, make in (("feeds", directory.ours), ("blogroll", directory.blogroll)):
        path = tongue.addresses.opml(tongue.lang, name)
        if desk.wanted.has(path) and (data := make(tongue)):
            show.artifact(desk.writer, path, [data.decode()], partial(bytes, data), ())


def generators(pelican: Pelican) -> type[Feeds]:
    return Feeds


def register() -> None:
    signals.get_generators.connect(generators)
