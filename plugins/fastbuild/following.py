"""A plugin that makes outputs from texts of its own, and goes the short way with a build after an edit.

Where only some words changed, a build looks at what shows them, and at nothing else (`reading.edited`). What a plugin
makes of these words only the plugin knows. One that is trusted may say so, in every build, on `get_generators`:

    following = pelican.following(__package__)   # its modules have no hand in contents and lists of Pelican
    following.changed                            # the files that changed, where that is an edit; else nothing
    following.recall("pieces")                   # what it had remembered in the build before, of the very same site
    following.take()                             # these files are the plugin's, and it goes the short way
    following.words({"content/a.md": "a word"})  # what stands for the words of its texts; after an edit, of those alone
    following.remember("pieces", data)           # for the next build
    following.give_up()                          # it is more than an edit: all starts again, the long way

and then ask only for what `writer.wants`, with the texts that each output shows: `writer.artifact(…, shows=[…])`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from .run import Run

TABLE = "following"
ANY = "a *"
"""The key of an output of which nobody said what texts it shows."""


class Stale(Exception):
    """It is not the edit that it seemed to be: everything has to be looked at."""


def key(name: str) -> str:
    """Of the words of a plugin's text, among those of `tracking.reads`."""
    return f"a {name}"


@dataclass(frozen=True)
class Following:
    run: Run
    package: str

    @property
    def changed(self) -> frozenset[str]:
        """Whole paths of the files that changed since the last build, where nothing else did; else none."""
        return frozenset(self.run.edit.inputs) if self.run.edit else frozenset()

    def recall(self, name: str) -> bytes | None:
        return self.run.store.row(TABLE, f"{self.package} {name}")

    def remember(self, name: str, data: bytes) -> None:
        """It is there only for a build that finds the site as this one leaves it. After an edit, all else that was
        remembered stays."""
        self.run.last.setdefault(TABLE, {})[f"{self.package} {name}"] = data

    def take(self) -> None:
        """Says that all of `changed` are texts of the plugin's, that only their words are others, and that it asks for
        what the writer wants alone."""
        self.run.followed = True
        if self.run.edit and self.run.edit.note.until is not None:
            self.run.holds_until(self.run.edit.note.until)

    def words(self, words: Mapping[str, str]) -> None:
        """Says before the first output what stands for the words of each text, by names of the plugin's own; after an
        edit, of those that changed."""
        self.run.told.update(words)
        if self.run.edit:
            self.run.edit.sources.update(words)

    def give_up(self) -> NoReturn:
        """The build begins again, and has nothing `changed` then."""
        raise Stale(self.package)
