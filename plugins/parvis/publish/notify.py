"""`invoke publish --notify`: after a publication the WebSub hub is told of changed feeds, search engines of pages.

Whoever is told comes to look at once, so it waits until the site serves what was sent. What could not be told stays in
.cache/notify.json and is told the next time. Nothing here ends a run: what was published stays published.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import files
from ..errors import SOURCES, Fault, report
from ..settings import Settings
from . import indexnow, websub
from .delivery import deliver
from .live import Sight, sight
from .notice import Clock, Notice, Web
from .send import Sent

Say = Callable[[str], None]
HUB, ENGINES = "the WebSub hub", "search engines"
WHAT = {HUB: "feeds", ENGINES: "pages"}
NOBODY = "note: nobody to tell: neither PARVIS['feeds']['hub'] nor PARVIS['publish']['indexnow'] is set"
SIGNS = (".xml", ".atom", ".json", ".html")
LATE = "PARVIS['publish']['wait'] sets how long we wait, and 0 suits a host that alters what it serves"


@dataclass(frozen=True, slots=True)
class Telling:
    """One publication, and the way to whoever is told of it. `output` is the folder that `sent` came from."""

    known: Settings
    output: Path
    sent: Sent
    web: Web
    say: Say
    clock: Clock = Clock()

    def run(self) -> None:
        """Tells everybody who is set of all that changed, and of what is still owed; says what came of it."""
        hub, engines = self.known.operator.feeds.hub, self.known.operator.publish
        if not (hub or engines.indexnow):
            self.say(NOBODY)
            return
        owed, sent = _owed(self.file), self.sent
        feeds = (sent.changed | owed[HUB]) & sent.files
        pages = sent.changed | sent.gone | owed[ENGINES]
        site = self.known.brand.address
        notices = {
            HUB: [*websub.notices(hub, self.output, feeds)] if hub else [],
            ENGINES: [*indexnow.notices(site, engines, self.output, pages)] if engines.indexnow else [],
        }
        if any(notices.values()):
            asyncio.run(self._tell(notices))
        else:
            _owe(self.file, {})
            self.say("nobody was told: no feed and no page changed")

    @property
    def file(self) -> Path:
        return self.known.folder / ".cache/notify.json"

    async def _tell(self, notices: Mapping[str, Sequence[Notice]]) -> None:
        left = {name: {path for notice in told for path in notice.paths} for name, told in notices.items()}
        _owe(self.file, left)  # so that nothing is lost where this is cut short
        seen, faults = await self._wait(notices)
        early = self.sent.changed | self.sent.gone if seen is Sight.LATE else frozenset[str]()
        for name, told in notices.items():
            came = await deliver(self.web, told, self.clock)
            left[name] -= came.told - early
            _owe(self.file, left)
            faults += came.faults
            if came.told:
                self.say(f"told {name} of {len(came.told)} {WHAT[name]}")
        report(faults)
        if any(left.values()):
            rest = " and ".join(f"{len(paths)} {WHAT[name]}" for name, paths in left.items() if paths)
            self.say(f"still to be told: {rest}; the next `invoke publish --notify` does it")

    async def _wait(self, notices: Mapping[str, Sequence[Notice]]) -> tuple[Sight, list[Fault]]:
        """Waits for one file to stand for all: what a host serves changes as a whole."""
        told = {path for one in notices.values() for notice in one for path in notice.paths}
        path, seconds = self._sign(told), self.known.operator.publish.wait
        if not (path and seconds):
            return Sight.LIVE, []
        url, wanted = indexnow.address(self.known.brand.address, path), (self.output / path).read_bytes()
        seen, why = await sight(self.web, url, wanted, seconds=seconds, clock=self.clock, say=self.say)
        faults = {
            Sight.LIVE: [],
            Sight.UNSEEN: [Fault(url, 0, f"cannot be seen from here, so nobody waits for it: {why}", "", SOURCES)],
            Sight.LATE: [Fault(url, 0, f"{why} after {seconds} s; told all the same", LATE, SOURCES)],
        }
        return seen, faults[seen]

    def _sign(self, told: Iterable[str]) -> str:
        """The file to look for: one that changed, and no page where it can be helped, since hosts add to pages."""
        new = [path for path in self.sent.changed if path.endswith(SIGNS)]
        return min(
            new or self.sent.files.intersection(told), key=lambda path: (path.endswith(".html"), path), default=""
        )


def _owed(file: Path) -> Mapping[str, frozenset[str]]:
    """Paths that an earlier run could not tell, by receiver; none where the file is spoilt, which costs a notice."""
    try:
        kept = json.loads(file.read_bytes())
        return {name: frozenset(map(str, kept.get(name, ()))) for name in WHAT}
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return dict.fromkeys(WHAT, frozenset())


def _owe(file: Path, left: Mapping[str, Iterable[str]]) -> None:
    kept = {name: sorted(paths) for name, paths in left.items() if paths}
    if kept:
        files.put(file, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    else:
        file.unlink(missing_ok=True)
