"""What one build knows, for all of its rooms."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import epoch, forks
from .options import Options
from .reading.names import Names
from .store import Store

SAID = "fastbuild: everything is made anew: %s"
logger = logging.getLogger(__name__)


@dataclass
class Run:
    """Made before the generators; `begin` once these, and with them the readers, are there."""

    settings: Mapping[str, Any]
    options: Options
    store: Store
    names: Names = field(init=False)
    doubts: list[str] = field(default_factory=list)
    """Why nothing that was made before may be taken over; nothing where it may."""
    epoch: str = ""
    now: float = field(default_factory=time.time)
    until: float = float("inf")
    """When an unchanged site comes out different: seconds, as `now`."""
    written: int = 0
    """Files of the next site, those that stay included."""
    _begun: bool = False

    def __post_init__(self) -> None:
        self.names = Names(self.settings)

    @property
    def jobs(self) -> int:
        return self.options.jobs or forks.processors()

    def begin(self) -> None:
        """Finds out what the site depends on. Settings are complete only now: readers add to them."""
        if self._begun:
            return
        self._begun = True
        self.doubts = epoch.doubts(self.settings, self.options.trust)
        if not self.doubts:
            self.epoch = epoch.epoch(self.settings, self.options.trust, self.options.inputs)
        for reason in self.doubts:
            logger.info(SAID, reason)

    def doubt(self, reason: str) -> None:
        logger.info(SAID, reason)
        self.doubts.append(reason)

    def holds_until(self, moment: float) -> None:
        if moment > self.now:
            self.until = min(self.until, moment)
