"""The roll of thanks of one language: ambassadors who agreed to stand on it, and how many others spoke where.

Nothing stands here that the site does not show elsewhere: who wrote is counted, not named once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from ..kinds import Said
from . import people
from .pieces import SAID, Piece
from .tongue import Tongue
from .views import ROOT, Crowd, Link, Thanked, Thanks


def write(tongue: Tongue) -> None:
    if not tongue.show.wants(tongue.addresses.beside(tongue.lang, "thanks")) or not _there(tongue, tongue.lang):
        return
    heads, here, address = tongue.heads, tongue.heads.beside("thanks"), tongue.addresses.beside
    paths = {lang: address(lang, "thanks") for lang in tongue.brand.languages if _there(tongue, lang)}
    about = heads.words.gettext("Those who carry our news further, and all who spoke up here.")
    page = heads.page(
        "thanks", here.label, about, paths[tongue.lang],
        there=paths, nearest=lambda lang: tongue.addresses.section(lang, "ambassadors"),
        trail=(heads.section("ambassadors"), here),
    )  # fmt: skip
    named = people.everybody(tongue, "thanks")
    tongue.show.page(paths[tongue.lang], page, named, thanks=roll(tongue))


def link(tongue: Tongue) -> Link | None:
    """The way to the page, where there is one."""
    return tongue.heads.beside("thanks") if _there(tongue, tongue.lang) else None


def _there(tongue: Tongue, lang: str) -> bool:
    """Whether there is anybody to thank."""
    listed = tongue.stock.listed
    agreed = any(people.may(piece, "thanks") for piece in listed("ambassadors", lang))
    return agreed or bool(tongue.brand.thanks.in_(lang)) or any(not p.state for s in SAID for p in listed(s, lang))


def roll(tongue: Tongue) -> Thanks:
    return Thanks(
        people=tuple(_thanked(tongue, piece) for piece in people.everybody(tongue, "thanks")),
        words=tongue.brand.thanks.paragraphs(tongue.lang),
        crowds=tuple(_crowds(tongue)),
    )


def _thanked(tongue: Tongue, piece: Piece) -> Thanked:
    face, head = tongue.cards.face(piece), people.person(piece)
    labels = (topic.label.in_(tongue.lang) for topic in tongue.brand.topics if topic.id in head.topics)
    shown = face if people.may(piece, "profile") else replace(face, url="")
    return Thanked(shown, people.since(piece), tuple(labels))


def _crowds(tongue: Tongue) -> Iterator[Crowd]:
    """Sources by the number of people, then by label."""
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for section in SAID:
        for piece in tongue.stock.listed(section, tongue.lang):
            if isinstance(piece.head, Said) and not piece.state:
                label = tongue.settings.source_label(piece.head.source, tongue.lang)
                found[section, label or tongue.heads.titles[section]].append(piece.head)
    made = (
        Crowd(label, ROOT + tongue.addresses.section(tongue.lang, section), len(heads), len(set(map(_who, heads))))
        for (section, label), heads in found.items()
    )
    return iter(sorted(made, key=lambda crowd: (-crowd.people, -crowd.items, crowd.label)))


def _who(head: Said) -> str:
    return head.author.id or head.author.url or head.author.name.casefold()
