"""The front matter `share:`: what the brand gives to be passed on, on which networks, in which languages, and when.

share:
  wordings:
    mastodon: [A text in the item's own language., Another one.]
    any: [For all networks.]
    en: {any: [The same for those who speak English.]}
  embargo: 2026-12-01T08:00:00+01:00
  until: 2026-12-24T23:59:59+01:00
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from .nodes import Many, Node, Pairs, Text
from .schema import Place, choice, mapping, moment, option, text, unique
from .words import LANGUAGE

NETWORKS = ("any", "mastodon", "bluesky", "x", "threads", "linkedin", "facebook", "whatsapp", "telegram", "email")


@dataclass(frozen=True, slots=True)
class Ready:
    """A text that the brand gives to share, and the line it stands on."""

    text: str
    line: int = field(default=0, compare=False, repr=False)


Wordings = Mapping[str, Mapping[str, tuple[Ready, ...]]]


def ready(node: Node, place: Place) -> tuple[Ready, ...]:
    """One text, or several; an empty one is none."""
    items = node.items if isinstance(node, Many) else (node,)
    read = ((text(item, place), item.line) for item in items)
    return tuple(Ready(words.strip(), line) for words, line in read if words and words.strip())


by_network = mapping(ready, choice(*NETWORKS))


def wordings(node: Node, place: Place) -> Wordings:
    """Texts by network, by language and network, or both; '' is the item's own language."""
    own, found = node, dict[str, Mapping[str, tuple[Ready, ...]]]()
    if isinstance(node, Pairs):
        own = Pairs(tuple(pair for pair in node.pairs if not _is_language(pair)), node.line)
        unique(node, place)
        for key, value in filter(_is_language, node.pairs):
            found[LANGUAGE(key, place)] = by_network(value, place.inner(key.value)) or {}
    found[""] = by_network(own, place) or {}
    return MappingProxyType({lang: texts for lang, texts in found.items() if any(texts.values())})


def _is_language(pair: tuple[Text, Node]) -> bool:
    """A language holds names of networks, a network holds texts."""
    return isinstance(pair[1], Pairs) and pair[0].value not in NETWORKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    wordings: Wordings = option(
        wordings,
        MappingProxyType({}),
        doc="Ready wordings by network, `any` for all; or by language, then by network.",
    )
    embargo: datetime | None = option(moment, None, doc="Not to be shared before.")
    until: datetime | None = option(moment, None, doc="Not to be shared after.")

    def given(self, lang: str, *, own: bool) -> Mapping[str, tuple[Ready, ...]]:
        """The texts of one language by network; `own` tells whether it is that of the item itself."""
        named, unnamed = self.wordings.get(lang, {}), self.wordings.get("", {}) if own else {}
        return {name: (*unnamed.get(name, ()), *named.get(name, ())) for name in {**unnamed, **named}}


NOTHING = Share(wordings=MappingProxyType({}), embargo=None, until=None)
