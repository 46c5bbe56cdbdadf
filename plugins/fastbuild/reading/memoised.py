"""What a content is asked for again and again: its body with links, and its summary, kept as Pelican keeps them."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from pelican.contents import Content

from ..tracking.reads import READS, Keys


class Kept(NamedTuple):
    """`early`: it was made before pages were; `watched`: so `keys` are all that it read."""

    value: str
    keys: Keys
    watched: bool
    early: bool


class Memoised:
    """As Pelican's `memoized`, and open to plugins as that is: some empty its cache once they set a summary. What it
    keeps, for each address of the site, dies with the content. Who gets the value later has read the same; where nobody
    watched when it was made, it is made again to find out what it reads, and the first value stays."""

    def __init__(self, name: str) -> None:
        self._make = Content.__dict__[name].func
        self.cache: WeakKeyDictionary[Content, dict[str, Kept]] = WeakKeyDictionary()

    def __get__(self, content: Content | None, owner: type) -> Any:
        if content is None:
            return self
        bound = partial(self.__call__, content)
        bound.cache = self.cache  # type: ignore[attr-defined]  # as Pelican hands it out
        return bound

    def __call__(self, content: Content, siteurl: str) -> str:
        known = self.cache.setdefault(content, {})
        kept = known.get(siteurl)
        if kept is None or (READS.watching and not kept.watched):
            with READS.noted() as keys:
                made = str(self._make(content, siteurl))
            first = kept or Kept(made, keys, READS.watching, early=not READS.watching)
            kept = known[siteurl] = first._replace(keys=keys, watched=READS.watching)
        READS.replay(kept.keys)
        return kept.value

    def forget(self, content: Content) -> None:
        """What was made for pages, and can be made again; what somebody asked for before stays as it was then."""
        known = self.cache.get(content, {})
        for siteurl in [siteurl for siteurl, kept in known.items() if not kept.early]:
            del known[siteurl]
