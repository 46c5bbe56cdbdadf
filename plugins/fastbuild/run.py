"""What one build knows, for all of its rooms."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import ahead, epoch, forks, opened, watching
from .doubts import installed, local_modules
from .edit import Edit
from .following import Stale
from .options import Options
from .reading.names import Names
from .store import Store
from .trust import is_known, strangers
from .wishes import WISHES

SAID = "fastbuild: everything is made anew: %s"
logger = logging.getLogger(__name__)


@dataclass
class Run:
    """Made before the generators; `begin` once these, and with them the readers, are there."""

    settings: Mapping[str, Any]
    options: Options
    store: Store
    given: frozenset[str] | None = None
    """Names of settings that were there before plugins were. What plugins add is theirs: they are trusted, or doubted
    as a whole. None are all."""
    edit: Edit | None = None
    """What changed since the last build, where all else is as it left it; None from when on that is not enough."""
    names: Names = field(init=False)
    doubts: list[str] = field(default_factory=list)
    """Why nothing that was made before may be taken over; nothing where it may."""
    epoch: str = ""
    code: str = ""
    now: float = field(default_factory=time.time)
    until: float = float("inf")
    """When an unchanged site comes out different: seconds, as `now`."""
    written: int = 0
    """Files of the next site, those that stay included."""
    followers: set[str] = field(default_factory=set)
    """Packages of plugins that say themselves what follows from their texts."""
    told: dict[str, str] = field(default_factory=dict)
    """What stands for the words of a text of theirs."""
    followed: bool = False
    """Whether one of them has gone the short way, after an edit."""
    asked: set[str] = field(default_factory=set)
    """Names of all pages and feeds of the site, where only a part of them is made."""
    last: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """By table, rows for the store that count once the site that they are of is live: after a build that failed, what
    changed is told from the one before it."""
    next: list[Callable[[], None]] = field(default_factory=list)
    """What comes next anyway, and this process may do while copies of it read."""
    later: list[Callable[[], None]] = field(default_factory=list)
    """What is to be done in the end, or while copies of this process are at work."""
    _begun: bool = False

    def __post_init__(self) -> None:
        self.names = Names(self.settings)

    @property
    def jobs(self) -> int:
        return WISHES.jobs or self.options.jobs or forks.processors()

    def meanwhile(self) -> None:
        while self.next:
            self.next.pop()()
        self.settle()

    def settle(self) -> None:
        while self.later:
            self.later.pop()()

    def makes(self, name: str, path: str = "") -> bool:
        """Whether a page is made in this run. `path` is that of the text that it is the page of."""
        if not WISHES.part:
            return True
        self.asked.add(name)
        return WISHES.sample.has(name) if WISHES.sample else WISHES.part.has(path or name)

    def makes_html_of(self, path: str) -> bool:
        """Whether the text at a path is among those of this run, where it has only a share."""
        return WISHES.share is None or WISHES.share.has(path)

    def begin(self) -> None:
        """Finds out what the site depends on. Settings are complete only now: readers add to them."""
        if self._begun:
            return
        self._begun = True
        opened.listen()
        given = self.settings.keys() if self.given is None else self.given
        told = {name: value for name, value in self.settings.items() if name in given}
        self.doubts = epoch.doubts(told, self.options.trust)
        if WISHES.part:
            self.doubts.append("it is only a part of the site")
        if watching.ahead and (self.doubts or self.jobs < 2 or self._unusual()):
            self.alone()
        if not self.doubts:
            self.code = (self.edit and self.edit.code) or epoch.code(self.options.trust)
            self.epoch = epoch.epoch(told, self.options.inputs, self.code)
        for reason in self.doubts:
            logger.info(SAID, reason)

    def alone(self) -> None:
        """From now on nobody makes HTML meanwhile."""
        if watching.ahead:
            watching.ahead.close()
        watching.ahead = None

    def _unusual(self) -> bool:
        """Whether Markdown may be another than Pelican's own, whatever the settings say of it."""
        own = f"{Path(__file__).parent}{os.sep}"
        files = {str(module.__file__) for name, module in local_modules().items() if not is_known(name, ())}
        files |= {path for path in opened.read((own, *installed())) if path.endswith(".py")}  # run, not imported
        return bool(strangers(self.settings, ())) or any(map(ahead.unusual, files))

    def doubt(self, reason: str) -> None:
        logger.info(SAID, reason)
        self.doubts.append(reason)
        self.edit = None
        self.hold()

    def hold(self) -> None:
        """Raises Stale where a plugin has gone the short way, and the build has to go the long one."""
        if self.followed and not self.edit:
            raise Stale

    def holds_until(self, moment: float) -> None:
        if moment > self.now:
            self.until = min(self.until, moment)
            if watching.sight:
                watching.sight.until(moment)
