"""What stays of the live site, because it would come out as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ..run import Run
from ..tracking.theme import Theme
from .claims import Claiming
from .ledger import Ledger
from .sheets import ARTIFACT


class Staying(Claiming):
    run: Run
    ledger: Ledger
    theme: Theme
    _passes_over = False

    def stands(self, name: str, spec: str) -> bool:
        """Whether the live file stays."""
        if not self._passes_over or not self.ledger.stands(name, spec):
            return False
        file = f"{self.output_path}/{name}"
        if file in self._written_files or file in self._overridden_files:
            self.claim(file, override=False)
        self._written_files.add(file)
        self.artifacts.standing.add(name)
        self.run.written += 1
        return True

    def fallen(self, contents: Iterable[Any]) -> Iterator[Any]:
        """Those whose pages do not stay, in their order. For the others this is all that is done."""
        if (fallen := self.ledger.fallen) is not None:
            paths = {spec.partition(" ")[2] for spec in fallen.values()}
            yield from (each for each in contents if each.__dict__["relative_source_path"] in paths)
            return
        if not self._passes_over or self.settings["RELATIVE_URLS"]:
            yield from contents
            return
        words: dict[str, str] = {}
        for content in contents:
            known = content.__dict__
            if "_hollow" in known:
                content.fill()
            name = known["template"]
            word = words.get(name)
            if word is None:
                word = words[name] = self.theme.named(name, self.settings["TEMPLATE_EXTENSIONS"])
            path = known.get("save_as") if word and "_digests" in known else None
            if not path or not self.stands(path, f"{word} {known['relative_source_path']}"):
                yield content

    @property
    def wanted(self) -> Collection[str] | None:
        """Names of the outputs that may have to be made; None where these may be any."""
        return None if self.ledger.fallen is None else self.ledger.fallen.keys()

    def wants(self, name: str) -> bool:
        """Whether an output may have to be made."""
        return self.ledger.fallen is None or name in self.ledger.fallen

    def wants_only(self, contents: Mapping[str, Any]) -> bool:
        """Whether of Pelican's own outputs none but the pages of some of these contents have to be made."""
        if self.ledger.fallen is None:
            return False
        pairs = (spec.split(" ", 1) for spec in self.ledger.fallen.values())
        return all(word == ARTIFACT or (path and path[0] in contents) for word, *path in pairs)
