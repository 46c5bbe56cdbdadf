"""What was refused, withdrawn or erased: one small file per decision in content/ledger/, a hash, never the text.

The hash is HMAC-SHA256 keyed by PARVIS_KEY from the environment, else by a committed salt: who holds the salt can
test a guess (an address, a name), so a hub that erases people sets the key. Both keys are tried on reading, so that
decisions of before the key still hold.

Of what had been published, the decision names the feed entry that went (`entry`): the item's id, a hash itself and in
the feeds until then, so that feeds can tell their readers to drop it (RFC 6721). It is never written of what waited.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from . import files, matter, nodes
from .errors import Fault, Refused
from .schema import Place, choice, line, matching, moment, option, record

Of = Literal["item", "author", "address"]
SCHEME = re.compile(r"^https?://", re.IGNORECASE)
OUT = ("refused", "withdrawn", "erased")
DIGEST = matching(r"[0-9a-f]{32}", "32 hexadecimal digits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One file of the ledger. Of several on the same hash the latest wins; `restored` lifts the others."""

    hash: str = option(DIGEST, doc="Keyed hash of what was decided on.")
    of: str = option(choice("item", "author", "address"), doc="What the hash is of.")
    decision: str = option(choice(*OUT, "restored"), doc="What was decided.")
    at: datetime = option(moment, doc="When.")
    by: str = option(line, doc="Who decided.")
    reason: str = option(line, "", doc="Why, as a code.")
    entry: str = option(
        line, "", doc="Id of the feed entry that went, of what had been published; never of other things."
    )


class Ledger:
    """The decisions of the hub in `folder`, looked up by what they are of."""

    def __init__(self, folder: Path, environ: Mapping[str, str], faults: list[Fault]) -> None:
        self._folder = folder / "content/ledger"
        salt = self._folder / "salt"
        self._salt = salt.read_text(encoding="ascii", errors="replace").strip() if salt.is_file() else ""
        self._key = environ.get("PARVIS_KEY", "")
        found = sorted(_read(folder, faults), key=lambda decision: decision.at)
        self._latest = {(decision.of, decision.hash): decision for decision in found}

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What holds now, one for each thing decided on."""
        return tuple(self._latest.values())

    @property
    def empty(self) -> bool:
        """Whether nothing was ever decided here."""
        return not self._latest

    def out(self, **said: str) -> Decision | None:
        """The decision that keeps something out, if there is one: `item=`, `author=`, `address=` say what it is."""
        for of, value in said.items() if self._latest else ():
            latest = self.latest(of, value)
            if latest and latest.decision in OUT:
                return latest
        return None

    def latest(self, of: str, value: str) -> Decision | None:
        """What was last decided on this, under either key."""
        keys = filter(None, (self._key, self._salt) if value else ())
        found = (self._latest.get((of, _digest(key, of, value))) for key in keys)
        return max(filter(None, found), key=lambda decision: decision.at, default=None)

    def file(
        self, of: Of, value: str, *, decision: str, by: str, at: datetime, reason: str = "", entry: str = ""
    ) -> tuple[Path, str]:
        """Where a new decision goes and its text; writing it is the caller's. The first one brings the salt."""
        key = self._key or self._salt or self._new_salt()
        digest = _digest(key, of, value)
        head = {"hash": digest, "of": of, "decision": decision, "at": at, "by": by}
        text = matter.dump(head | {name: said for name, said in (("reason", reason), ("entry", entry)) if said})
        return self._folder / f"{at:%Y%m%dT%H%M%S}-{digest[:12]}-{of}.yml", text

    def _new_salt(self) -> str:
        self._salt = secrets.token_hex(16)
        files.put(self._folder / "salt", self._salt + "\n")
        return self._salt


def author_key(source: str, name: str, url: str, id: str) -> str:
    """Who an author is to the ledger: the source's own id where it gives one, else the address, else the name.

    '' for an author without any of them: nobody is kept out for having no name.
    """
    known = id or url or name.casefold()
    return f"{source}:{known}" if known else ""


def _digest(key: str, of: str, value: str) -> str:
    """Of an address without its scheme, its fragment and a last slash: they do not make it another post."""
    if of == "address":
        value = SCHEME.sub("", value).partition("#")[0].rstrip("/")
    return hmac.new(key.encode(), value.encode(errors="replace"), "sha256").hexdigest()[:32]


def _read(folder: Path, faults: list[Fault]) -> list[Decision]:
    read, found = record(Decision), []
    for file in sorted((folder / "content/ledger").glob("*.yml")):
        where = file.relative_to(folder).as_posix()
        try:
            node = nodes.load(file, where)
        except Refused as refused:
            faults.extend(refused.faults)
            continue
        decision = read(node, Place(where, faults))
        if decision:
            found.append(decision)
    return found
