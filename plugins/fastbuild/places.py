"""Where a site lies, where the next one is made, and where an output must never lie."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .refusal import CONFIG, MACHINE, refuse

SUFFIX = ".fastbuild"
EXCLUDES = ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES")


class Places(NamedTuple):
    """Three siblings on one filesystem. `output` itself may be a symbolic link: `live` is what it leads to."""

    live: Path

    @classmethod
    def of(cls, output: str) -> Places:
        return cls(Path(os.path.realpath(output)))

    @property
    def next(self) -> Path:
        """The site in the making. Not hidden: tools that walk a site pass over paths with a leading dot."""
        return self.live.parent / (self.live.name + SUFFIX)

    @property
    def notes(self) -> Path:
        """What outlives a build: the lock, and the list of what was written."""
        return self.live.parent / f".{self.live.name}{SUFFIX}"

    @property
    def old(self) -> Path:
        """The whole old site, between the two renames of a platform that cannot exchange folders."""
        return self.notes / "old"

    @property
    def spare(self) -> Path:
        """The site before the live one, which the next one takes over."""
        return self.notes / "spare"

    def made_by_a_build(self) -> bool:
        """Whether the output is, or lies in, the next site of a build: a site of a site, which is safe already."""
        above = (self.live, *self.live.parents)
        return any(path.name.endswith(SUFFIX) and path.with_name("." + path.name).is_dir() for path in above)

    def ready(self) -> None:
        """Makes the folder of notes, which tells git to pass over it."""
        try:
            self.notes.mkdir(parents=True, exist_ok=True)
            if not (self.notes / ".gitignore").exists():
                (self.notes / ".gitignore").write_text("*\n")
        except OSError as error:
            refuse(f"{self.notes} cannot be made: {error.strerror}", "fastbuild writes beside the output", code=MACHINE)


def guard(places: Places, settings: Mapping[str, Any], *, in_place: bool) -> None:
    """Refuses an output that a build must not replace, before anything is written."""
    live = places.live
    for what, path in _precious(settings, in_place=in_place):
        if live == path or live in path.parents:
            refuse(
                f"OUTPUT_PATH: {live} is or holds {what}, {path}", "give the output a folder of its own", code=CONFIG
            )
    if live.exists() and not live.is_dir():
        refuse(f"OUTPUT_PATH: {live} is not a folder", "move it away", code=CONFIG)
    if os.path.ismount(live) and not in_place:
        hint = 'make the output a folder inside it, or set FASTBUILD = {"in_place": True}'
        refuse(f"OUTPUT_PATH: {live} is a mount point, which cannot be exchanged", hint, code=CONFIG)


def _precious(settings: Mapping[str, Any], *, in_place: bool) -> Iterator[tuple[str, Path]]:
    named = [
        ("the content", settings["PATH"]),
        ("the theme", settings["THEME"]),
        ("your home", os.path.expanduser("~")),  # noqa: PTH111 - pathlib raises where there is no home
    ]
    named += [("plugins", path) for path in settings.get("PLUGIN_PATHS") or ()]
    if not in_place:
        named.append(("the folder you are in", os.curdir))
    return ((what, Path(os.path.realpath(path))) for what, path in named)


def pass_over(settings: dict[str, Any], places: Places) -> None:
    """A site whose content folder holds its output does not read its own pages as content."""
    content = Path(os.path.realpath(settings["PATH"]))
    if content in places.live.parents:
        own = [os.path.relpath(path, content) for path in (places.live, places.next, places.notes)]
        for name in EXCLUDES:
            settings[name] = [*settings[name], *own]
