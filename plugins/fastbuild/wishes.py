"""What the command line asks of the builds of this process, beside what the settings say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .reading.relay import Relay
from .shares import Sample, Share


@dataclass
class Wishes:
    jobs: int = 0
    """Processes; 0 is as the settings have it."""
    full: bool = False
    """Whether all is made anew, as if no build had been before."""
    in_place: bool = False
    """Whether each changed file is replaced by itself, whatever the settings say."""
    share: Share | None = None
    """Which part of the site is made, where not all."""
    relay: Relay | None = None
    """Who makes the other parts at the same time, where these can be met."""
    sample: Sample | None = None
    """Which pages are made, where not all: to compare them."""
    merge: tuple[str, ...] = ()
    """Folders of shards to join, instead of building."""
    of: int = 0
    """Into how many shards a cluster has made the site; they lie where `Share.folder` says."""

    @property
    def part(self) -> Share | Sample | None:
        return self.share or self.sample

    def shards(self, output: str) -> list[Path]:
        return [Path(folder) for folder in self.merge] or [
            Path(Share(number, self.of).folder(output)) for number in range(1, self.of + 1)
        ]


WISHES = Wishes()
